/** Whether a path of an image stays inside the folder it is written to, on every system. */
export function isInside(path: string): boolean {
  const plain = path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a control character has no place in a path
  return plain && !/[\\:\u0000-\u001f]/.test(path);
}
