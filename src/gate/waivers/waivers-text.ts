import { isMap, isSeq, type Node, parseDocument, type YAMLSeq } from "yaml";
import { Proto4Error } from "../../diagnostics/index.js";
import type { Waiver } from "../../rules/index.js";
import { parseYaml } from "../config/parse-yaml.js";
import { targetOf, withoutPlace } from "./mark-waived.js";
import { readWaivers } from "./read-waivers.js";

/** The text of a file of waivers, of which its list is known. */
export interface WaiversText {
  readonly text: string;
  readonly path: string;
  readonly waivers: readonly Waiver[];
  /** Where the value of the list's key ends, if nothing is written there. */
  readonly empty: number | undefined;
  /** The list as it is written. */
  readonly list: YAMLSeq | undefined;
}

/**
 * Takes the text of a file of waivers apart. Edits go by offsets, so that all that is not meant stays as it is.
 * @throws Proto4Error "config-invalid" as reading does
 */
export function parseWaivers(text: string, path: string): WaiversText {
  const waivers = readWaivers(parseYaml(text, path)).map(withoutPlace);
  const { contents } = parseDocument(text, { keepSourceTokens: false });
  const node = isMap(contents) ? (contents.get("waivers", true) as Node | undefined) : undefined;
  const [start, end] = node?.range ?? [];
  return {
    text,
    path,
    waivers,
    list: isSeq(node) ? node : undefined,
    empty: start === end ? start : undefined,
  };
}

/**
 * Makes sure that an edit did what it was to do, and nothing else: YAML has more ways of writing than are known here.
 * @throws Proto4Error "config-invalid" where it did not
 */
export function checkEdit(path: string, text: string, expected: readonly Waiver[]): string {
  if (says(text, path, expected)) return text;
  throw new Proto4Error(
    "config-invalid",
    "its list is written in a way that only a person can edit; each waiver on lines of its own, the first with a " +
      "dash, can be edited from here",
    { location: { path } },
  );
}

function says(text: string, path: string, expected: readonly Waiver[]): boolean {
  try {
    const found = readWaivers(parseYaml(text, path));
    return JSON.stringify(found.map(plain)) === JSON.stringify(expected.map(plain));
  } catch {
    return false;
  }
}

function plain(waiver: Waiver): readonly unknown[] {
  return [targetOf(waiver), waiver.reason, waiver.owner, waiver.expires];
}

/** The end of the line that an offset is in, before what breaks it. */
export function endOfLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

export function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** Where the last sign stands before an offset that is no blank: parsers count blank lines to what is above them. */
export function lastSign(text: string, offset: number): number {
  return text.slice(0, offset).trimEnd().length;
}
