import type { Node } from "yaml";
import type { Waiver } from "../../rules/index.js";
import { targetOf } from "./mark-waived.js";
import {
  checkEdit,
  endOfLine,
  lastSign,
  parseWaivers,
  startOfLine,
  type WaiversText,
} from "./waivers-text.js";

/**
 * Takes out what waives a finding, or what a rule says of a symbol; all else stays as it is, byte for byte. Comments
 * above are somebody's own and stay, too; those on the waiver's own lines go.
 * @returns the text without it, what was taken out, which is nothing where there is none, and what is left
 * @throws Proto4Error "config-invalid" where the text is no file of waivers, or written in a way that is not understood
 */
export function removeWaiver(text: string, path: string, target: string): Removal {
  const file = parseWaivers(text, path);
  const isMeant = (waiver: Waiver): boolean => targetOf(waiver) === target;
  const at = file.waivers.findLastIndex(isMeant);
  if (at < 0) return { text, removed: [], left: file.waivers };
  const [start, end] = file.list?.flow === true ? spanInFlow(file, at) : spanOfLines(file, at);
  const rest = checkEdit(path, text.slice(0, start) + text.slice(end), file.waivers.toSpliced(at, 1));
  const removal = removeWaiver(rest, path, target);
  return { ...removal, removed: [...removal.removed, ...file.waivers.slice(at, at + 1)] };
}

interface Removal {
  readonly text: string;
  readonly removed: readonly Waiver[];
  readonly left: readonly Waiver[];
}

type Span = readonly [start: number, end: number];

/** From the end of the line before its dash to the end of its last line: that is what adding it put there. */
function spanOfLines({ text, list }: WaiversText, at: number): Span {
  const [dash = 0] = list?.range ?? [];
  const column = dash - startOfLine(text, dash);
  const [start, end] = rangeOf(list?.items[at]);
  let line = startOfLine(text, start);
  while (line > dash && text[line + column] !== "-") line = startOfLine(text, line - 1);
  const before = Math.max(0, line - 1);
  return [text[before - 1] === "\r" ? before - 1 : before, endOfLine(text, lastSign(text, end))];
}

/** With the comma before it; of the first, with the one behind it, if any, and the blanks up to the next. */
function spanInFlow({ text, list }: WaiversText, at: number): Span {
  const [start, end] = rangeOf(list?.items[at]);
  if (at > 0) return [rangeOf(list?.items[at - 1])[1], end];
  const next = list?.items[1];
  if (next !== undefined) return [start, rangeOf(next)[0]];
  return [start, end + (/^\s*,/.exec(text.slice(end))?.[0].length ?? 0)];
}

function rangeOf(node: unknown): Span {
  const [start = 0, end = 0] = (node as Node | undefined)?.range ?? [];
  return [start, end];
}
