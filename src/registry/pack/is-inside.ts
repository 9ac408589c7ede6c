/** Whether a path of an image stays inside the folder it is written to, on every system. */
export function isInside(path: string): boolean {
  return !leadsOut.test(path);
}

/** A part that is empty, "." or ".."; what other systems take for parts; control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a control character has no place in a path
const leadsOut = /(?:^|\/)\.{0,2}(?:\/|$)|[\\:\u0000-\u001f]/;
