/** An element with children, or text that is escaped already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[] = [],
): string {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeText(String(value))}"`);
  const open = `<${name}${told.join("")}`;
  return children.length === 0 ? `${open}/>` : `${open}>\n${children.join("\n")}\n</${name}>`;
}

/** @param x where the text begins, or ends under the class `end` */
export function text(x: number, y: number, content: string, className: string): string {
  return `<text x="${x}" y="${y}" class="${className}">${escapeText(content)}</text>`;
}

/** What XML would take for markup, and what it does not allow at all. */
export function escapeText(content: string): string {
  return content
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
