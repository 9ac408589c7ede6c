/**
 * Plain data as TypeScript, on one line where it fits.
 * @param comment a line to put above a value
 * @param indent of the line it begins on
 * @param key what stands before it on that line
 */
export function printLiteral(
  value: unknown,
  comment: (value: unknown) => string | undefined = () => undefined,
  indent = "",
  key = "",
): string {
  const line = oneLine(value);
  if (indent.length + key.length + line.length <= width && !isCommented(value, comment)) return line;
  const inner = `${indent}  `;
  const part = (name: string, child: unknown) => {
    const above = comment(child);
    const told = above === undefined ? "" : `${inner}// ${above}\n`;
    return `${told}${inner}${name}${printLiteral(child, comment, inner, name)},\n`;
  };
  if (Array.isArray(value)) return `[\n${value.map((child) => part("", child)).join("")}${indent}]`;
  if (!isRecord(value)) return line;
  const members = Object.entries(value).map(([key, child]) => part(`${printKey(key)}: `, child));
  return `{\n${members.join("")}${indent}}`;
}

function oneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(oneLine).join(", ")}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, child]) => `${printKey(key)}: ${oneLine(child)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

/** Whether something inside has a comment, for which a line of its own is needed. */
function isCommented(value: unknown, comment: (value: unknown) => string | undefined): boolean {
  if (!isRecord(value) && !Array.isArray(value)) return false;
  return Object.values(value).some((child) => comment(child) !== undefined || isCommented(child, comment));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}

/** Columns, without the comma. */
const width = 100;
