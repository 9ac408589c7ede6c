import { Proto4Error } from "../../diagnostics/index.js";
import type { Finding, Fix } from "../../rules/index.js";
import type { FileEdits } from "../report/index.js";
import { openSource } from "../source/index.js";

/**
 * The edits that would meet findings one by one, for reports that can tell them: nothing of a finding of which one edit
 * cannot be made as a part of a text that is there. Each source is read once, since thousands may be found in one.
 * @param read a source by the path that findings have; `undefined` where it is not at hand
 */
export function findingEdits(
  read: (path: string) => string | undefined,
): (finding: Finding) => readonly FileEdits[] {
  const known = new Map<string, Opened | undefined>();
  const open = (path: string): Opened | undefined => {
    if (!known.has(path)) known.set(path, openOne(path, read(path)));
    return known.get(path);
  };
  return ({ way: { fixes } }) => {
    const paths = [...new Set(fixes.map(({ path }) => path))];
    const files = paths.map((path) => editsOf(path, open(path), fixes));
    return files.every((file) => file !== undefined) ? files : [];
  };
}

interface Opened {
  readonly text: string;
  readonly apply: ReturnType<typeof openSource>;
}

function openOne(path: string, text: string | undefined): Opened | undefined {
  return text === undefined ? undefined : unlessMalformed(() => ({ text, apply: openSource(text, path) }));
}

function editsOf(path: string, source: Opened | undefined, fixes: readonly Fix[]): FileEdits | undefined {
  const own = fixes.filter((fix) => fix.path === path);
  if (source === undefined || own.some(({ kind }) => kind === "create")) return undefined;
  const fixed = unlessMalformed(() => source.apply(own));
  return fixed?.refused.length === 0 ? { path, text: source.text, edits: fixed.edits } : undefined;
}

/** A report that leaves out a fix is better than none; --fix itself tells what is wrong with the text. */
function unlessMalformed<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof Proto4Error) return undefined;
    throw error;
  }
}
