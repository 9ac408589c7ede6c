import type { DescMessage } from "@bufbuild/protobuf";
import { MessageError } from "./message-error.js";

/**
 * JavaScript reads every number of JSON as a double, which cannot hold every int64: 9007199254740993 would
 * come in as one less, and nobody would know. In protobuf JSON any number may stand in quotes, where it keeps
 * its digits, so there they are put; not in what may hold a `google.protobuf.Value`, whose strings are strings.
 * @returns what makes a line's text safe to read. @throws MessageError where it cannot be made so
 */
export function keepIntegers(desc: DescMessage): (text: string) => string {
  const isTyped = !reachesValue(desc);
  const keep = (number: string): string => {
    if (isExact(number)) return number;
    if (isTyped) return `"${number}"`;
    throw new MessageError(`${number} has more digits than JSON's numbers keep here: put it in quotes`);
  };
  return (text) => (longNumber.test(text) ? replaceNumbers(text, keep) : text);
}

/** A fraction is a double in every language; an integer need not be. */
function isExact(number: string): boolean {
  if (!/^-?[1-9]\d*$/.test(number)) return true;
  const value = Number(number);
  return Number.isFinite(value) && BigInt(number) === BigInt(value);
}

/** Leaves strings alone; by a search for their ends, as an expression runs out of stack in long ones. */
function replaceNumbers(text: string, keep: (number: string) => string): string {
  const pieces: string[] = [];
  for (let pos = 0; pos < text.length; ) {
    const quote = text.indexOf('"', pos);
    const begin = quote < 0 ? text.length : quote;
    const end = endOfString(text, begin);
    pieces.push(text.slice(pos, begin).replace(/-?\d[\d.eE+-]*/g, keep), text.slice(begin, end));
    pos = end;
  }
  return pieces.join("");
}

/** The offset after the quote that closes the one at `begin`. */
function endOfString(text: string, begin: number): number {
  for (let pos = begin + 1; pos < text.length; pos++) {
    const char = text[pos];
    if (char === '"') return pos + 1;
    if (char === "\\") pos++;
  }
  return text.length;
}

function reachesValue(desc: DescMessage): boolean {
  const reached = new Set([desc]);
  // A set's iterator also visits what is added under way.
  for (const { fields } of reached)
    for (const { message } of fields) if (message !== undefined) reached.add(message);
  return [...reached].some(({ typeName }) => /^google\.protobuf\.(Value|Any)$/.test(typeName));
}

const longNumber = /\d{16}/;
