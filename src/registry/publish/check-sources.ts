import { Proto4Error } from "../../diagnostics/index.js";
import type { DraftList } from "../pack/index.js";

/**
 * Checks that source texts are of the files that they stand beside, as far as that can be seen at a glance: nobody
 * compiles them again, and people read the text where services speak by the descriptor.
 * @param changed paths of those that the last version has not so
 * @throws Proto4Error "usage"
 */
export function checkSources({ files }: DraftList, changed: ReadonlySet<string>): void {
  for (const { path, slice, source } of files) {
    if (source === undefined || !changed.has(path)) continue;
    const declared = packageIn(typeof source === "string" ? source : Buffer.from(source).toString());
    if (declared !== undefined && declared !== slice.package) throw foreign(path, declared, slice.package);
  }
}

/** @returns `undefined` for a text that declares none */
function packageIn(text: string): string | undefined {
  return text.includes("package")
    ? statement.exec(withoutComments(text))?.[1]?.replace(/\s+/g, "")
    : undefined;
}

/** Nor strings, in which something may look like a statement. No pattern does this in time for every text. */
function withoutComments(text: string): string {
  const plain: string[] = [];
  let start = 0;
  for (let at = 0; at < text.length; ) {
    const end = inertEnd(text, at);
    if (end === at) at++;
    else {
      plain.push(text.slice(start, at), " ");
      start = at = end;
    }
  }
  return plain.join("") + text.slice(start);
}

/** @returns `at` where neither a comment nor a string begins; what does not end takes all of the rest */
function inertEnd(text: string, at: number): number {
  const [first, second] = [text[at], text[at + 1]];
  if (first === "/" && second === "/") return endOf(text, "\n", at);
  if (first === "/" && second === "*") return endOf(text, "*/", at + 2);
  if (first !== '"' && first !== "'") return at;
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === first || text[end] === "\n") return end + 1;
    if (text[end] === "\\") end++;
  }
  return text.length;
}

function endOf(text: string, mark: string, from: number): number {
  const end = text.indexOf(mark, from);
  return end < 0 ? text.length : end + mark.length;
}

function foreign(path: string, declared: string, compiled: string): Proto4Error {
  return new Proto4Error(
    "usage",
    `this source text declares package ${declared}, and its descriptor is of package ${compiled === "" ? '""' : compiled}: they are of different files, or of different times; compile and push the same ones`,
    { location: { path } },
  );
}

/** Where a statement begins. */
const statement = /(?:^|[;}])\s*package\s([\w.\s]+);/;
