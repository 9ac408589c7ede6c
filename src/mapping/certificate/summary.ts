import type { Certificate, Counts, MessageCertificate, Row } from "./certificate.js";

/** `19 messages: 5 BYTES, 14 CANON; 40 fields: 36 ISO, 4 LENS`, with what is there alone. */
export function summarize({ counts }: Certificate): string {
  return `${tally("message", counts.contracts)}; ${tally("field", counts.losses)}`;
}

/** What nothing in the sources declares, with what to do about it; `undefined` where there is none. */
export function tellUndeclared({ undeclared }: Counts): string | undefined {
  if (undeclared === 0) return undefined;
  return undeclared === 1 ? "1 loss is not declared" : `${undeclared} losses are not declared`;
}

/** What each side cannot say, a line each. */
export function lossLines({
  up,
  down,
  note,
  hook,
  declared,
  declare,
}: Row): readonly (readonly [string, string])[] {
  const lines: readonly (readonly [string, string | undefined])[] = [
    ["up", up],
    ["down", down],
    ["note", note],
    ["code", promiseOf(hook)],
    ["by", declared],
    ["declare", declare],
  ];
  return lines.flatMap(([name, text]) => (text === undefined ? [] : [[name, text] as const]));
}

/** What user code says of itself, where it is at hand. */
export function promiseOf(hook: Row["hook"]): string | undefined {
  return hook?.class && `"${hook.name}" says that it is ${hook.class}`;
}

/** Whether there is nothing to tell: not a byte changes, nor what a value means. */
export function isUneventful({ identical, rows }: MessageCertificate): boolean {
  return identical && rows.every(({ loss }) => loss === "ISO");
}

/** A pair's names in one: the elder's only where it is another but for the package. */
export function pairName({ v3, v4 }: MessageCertificate, certificate: Certificate): string {
  const [elder, newer] = [shortName(v3, certificate.v3), shortName(v4, certificate.v4)];
  return elder === newer ? newer : `${elder} → ${newer}`;
}

/** A full name as it is called in its package. */
export function shortName(name: string, packageName: string): string {
  return packageName !== "" && name.startsWith(`${packageName}.`) ? name.slice(packageName.length + 1) : name;
}

function tally(what: string, counts: Readonly<Record<string, number>>): string {
  const there = Object.entries(counts).filter(([, count]) => count > 0);
  const total = there.reduce((sum, [, count]) => sum + count, 0);
  const parts = there.map(([name, count]) => `${count} ${name}`).join(", ");
  return `${total} ${what}${total === 1 ? "" : "s"}${parts === "" ? "" : `: ${parts}`}`;
}
