import { Proto4Error } from "../../diagnostics/index.js";
import type { Finding } from "../../rules/index.js";
import type { FileEdits } from "../report/index.js";
import { applyFixes } from "../source/index.js";

/**
 * The edits that would meet findings one by one, for reports that can tell them: nothing of a finding of which one edit
 * cannot be made as a part of a text that is there.
 * @param read a source by the path that findings have; `undefined` where it is not at hand
 */
export function findingEdits(
  read: (path: string) => string | undefined,
): (finding: Finding) => readonly FileEdits[] {
  return ({ fixes }) => {
    const paths = [...new Set(fixes.map(({ path }) => path))];
    const files = paths.map((path) => editsOf(path, read(path), fixes));
    return files.every((file) => file !== undefined) ? files : [];
  };
}

function editsOf(path: string, text: string | undefined, fixes: Finding["fixes"]): FileEdits | undefined {
  const own = fixes.filter((fix) => fix.path === path);
  if (text === undefined || own.some(({ kind }) => kind === "create")) return undefined;
  try {
    const { edits, refused } = applyFixes(text, own);
    return refused.length === 0 ? { path, text, edits } : undefined;
  } catch (error) {
    // A report that leaves out a fix is better than none; --fix itself tells what is wrong with the text.
    if (error instanceof Proto4Error) return undefined;
    throw error;
  }
}
