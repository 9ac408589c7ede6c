import type { Node, YAMLSeq } from "yaml";
import { oneLine } from "../../diagnostics/index.js";
import type { Waiver } from "../../rules/index.js";
import {
  checkEdit,
  endOfLine,
  lastSign,
  parseWaivers,
  startOfLine,
  type WaiversText,
} from "./waivers-text.js";

/**
 * Writes a waiver behind the others; all else stays as it is, byte for byte.
 * @param about what a finding's id stands for, which the file says beside it
 * @throws Proto4Error "config-invalid" where the text is no file of waivers, or written in a way that is not understood
 */
export function addWaiver(text: string, path: string, waiver: Waiver, about: string | undefined): string {
  const file = parseWaivers(text, path);
  const [at, added] = insertion(file, waiver, about);
  return checkEdit(path, text.slice(0, at) + added + text.slice(at), [...file.waivers, waiver]);
}

function insertion(file: WaiversText, waiver: Waiver, about: string | undefined): readonly [number, string] {
  const { text, list, empty } = file;
  const lines = linesOf(waiver, about);
  if (list === undefined) return [endOfLine(text, empty ?? text.length), asLines(text, "  ", lines)];
  if (list.flow === true) return insertionInFlow(text, list, waiver);
  const [start = 0, end = 0] = list.range ?? [];
  const indent = " ".repeat(start - startOfLine(text, start));
  return [endOfLine(text, lastSign(text, end)), asLines(text, indent, lines)];
}

/** A list between brackets, as JSON has it: all on one line, without a comment, behind the last one. */
function insertionInFlow(text: string, list: YAMLSeq, waiver: Waiver): readonly [number, string] {
  const last = list.items.at(-1) as Node | undefined;
  const at = last?.range?.[1] ?? lastSign(text, (list.range?.[1] ?? 0) - 1);
  const pairs = Object.entries(valuesOf(waiver))
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return [at, `${last === undefined ? "" : ", "}{ ${pairs.join(", ")} }`];
}

function asLines(text: string, indent: string, lines: readonly string[]): string {
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  return lines.map((line) => eol + indent + line).join("");
}

function linesOf(waiver: Waiver, about: string | undefined): readonly string[] {
  const { finding, rule, symbol, reason, owner, expires } = valuesOf(waiver);
  const comment = about === undefined ? "" : ` # ${oneLine(about)}`;
  return [
    ...(finding === undefined
      ? [`- rule: ${rule}`, `  symbol: ${JSON.stringify(symbol)}`]
      : [`- finding: ${JSON.stringify(finding)}${comment}`]),
    `  reason: ${JSON.stringify(reason)}`,
    ...(owner === undefined ? [] : [`  owner: ${JSON.stringify(owner)}`]),
    `  expires: ${expires}`,
  ];
}

/** In the order of the file. */
function valuesOf({ finding, rule, symbol, reason, owner, expires }: Waiver): Waiver {
  return { finding, rule, symbol, reason, owner, expires };
}
