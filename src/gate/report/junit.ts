import { type Annotation, annotationText, NO_PATH } from "./annotation.js";

/** A JUnit report: a suite a file, a test case a finding, failed where it is an error. */
export function printJunit(annotations: readonly Annotation[]): string {
  const byPath = new Map<string, Annotation[]>();
  for (const annotation of annotations) {
    const path = annotation.path ?? NO_PATH;
    const known = byPath.get(path);
    if (known === undefined) byPath.set(path, [annotation]);
    else known.push(annotation);
  }
  const suites = [...byPath].flatMap(([path, found]) => suite(path, found));
  return `${["<testsuites>", ...suites, "</testsuites>"].join("\n")}\n`;
}

function suite(path: string, found: readonly Annotation[]): readonly string[] {
  const failures = found.filter(({ severity }) => severity === "error").length;
  const name = escapeXml(path.replace(/\.proto$/, ""));
  return [
    `  <testsuite name="${name}" tests="${found.length}" failures="${failures}" errors="0">`,
    ...found.flatMap(testCase),
    "  </testsuite>",
  ];
}

function testCase(annotation: Annotation): readonly string[] {
  const { type, startLine, startColumn, severity } = annotation;
  const name = startLine === 0 ? type : `${type}_${startLine}_${startColumn}`;
  const message = escapeXml(annotationText(annotation));
  const body =
    severity === "error"
      ? `<failure message="${message}" type="${escapeXml(type)}"></failure>`
      : `<system-out>${severity}: ${message}</system-out>`;
  return [`    <testcase name="${escapeXml(name)}">`, `      ${body}`, "    </testcase>"];
}

/** As Go's XML encoder writes it, which is how buf does. */
function escapeXml(text: string): string {
  return text.replace(/["'&<>\t\n\r]/g, (char) => entities[char] ?? char).replace(noXml, "\ufffd");
}

/** What XML has no way to write. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
const noXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const entities: Readonly<Record<string, string>> = {
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\t": "&#x9;",
  "\n": "&#xA;",
  "\r": "&#xD;",
};
