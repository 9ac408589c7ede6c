/** An SVG of seconds by changed files, both logarithmic, with buf's one figure as a line. */
export function plot(points, bufSeconds) {
  const x = (changed) => 70 + (Math.log10(changed) / 4) * 480;
  const y = (seconds) => 290 - ((Math.log10(seconds) + 1.3) / 3.3) * 260;
  const line = points.map(({ changed, seconds }) => `${x(changed).toFixed(1)},${y(seconds).toFixed(1)}`);
  const marks = points.map(
    ({ changed, seconds }) =>
      `  <circle cx="${x(changed).toFixed(1)}" cy="${y(seconds).toFixed(1)}" r="4"/>
  <text x="${x(changed).toFixed(1)}" y="${(y(seconds) - 10).toFixed(1)}" text-anchor="middle">${seconds.toFixed(2)} s</text>
  <text x="${x(changed).toFixed(1)}" y="312" text-anchor="middle">${changed.toLocaleString("en")}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 340" font-family="sans-serif" font-size="12">
  <title>Seconds of proto4 check by the number of changed files</title>
  <rect width="600" height="340" fill="white"/>
  <path d="M70 290H560" stroke="black"/>
  <path d="M70 ${y(bufSeconds).toFixed(1)}H560" stroke="crimson" stroke-dasharray="6 4"/>
  <text x="76" y="${(y(bufSeconds) - 8).toFixed(1)}" fill="crimson">buf breaking, one file changed: ${bufSeconds.toFixed(1)} s</text>
  <polyline points="${line.join(" ")}" fill="none" stroke="steelblue" stroke-width="2"/>
${marks.join("\n")}
  <text x="315" y="332" text-anchor="middle">changed files of 8,028 (both axes logarithmic)</text>
</svg>
`;
}
