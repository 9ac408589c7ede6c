import { editDistance, Proto4Error } from "../../diagnostics/index.js";
import { type Mapping, type MessageMapping, mapSchema } from "../../mapping/index.js";
import type { Schema } from "../../schema/index.js";
import { findPair, type PackagePair } from "./find-pair.js";

export interface FoundMessage {
  readonly mapping: Mapping;
  readonly message: MessageMapping;
}

/**
 * A message that both generations have.
 * @param name its full name in either, or its name in the packages
 * @throws Proto4Error "usage" where there is none, or more than one; and as mapping does
 */
export function findMessage(schema: Schema, name: string, wanted: Partial<PackagePair>): FoundMessage {
  if (!wanted.v3 && !wanted.v4 && name.includes(".") && schema.declared.get(name)?.kind !== "message")
    checkShort(schema, name);
  const pair = findPair(schema, name, wanted);
  // With the elder named there is always a mapping, or an error.
  const mapping = mapSchema(schema, pair)!;
  const messages = mapping.messages.filter(({ v4 }) => !v4.mapEntry);
  const [message, ...others] = named(name, pair, messages);
  if (message === undefined) throw unpaired(schema, name, pair, messages);
  if (others.length > 0) throw ambiguous(name, [message, ...others]);
  return { mapping, message };
}

/** A full name that is misspelt says no package: without this, whoever has several pairs were asked for one. */
function checkShort(schema: Schema, name: string): void {
  const messages = [...schema.declared.values()].filter(({ kind }) => kind === "message");
  const names = messages.map(({ fullName }) => fullName);
  if (names.some((fullName) => fullName.endsWith(`.${name}`))) return;
  throw new Proto4Error("usage", `the input has no message "${name}"; ${near(name, names)}`);
}

function named(
  name: string,
  { v3, v4 }: PackagePair,
  messages: readonly MessageMapping[],
): readonly MessageMapping[] {
  const isCalled = (elder: string, newer: string) =>
    messages.filter((message) => message.v3.fullName === elder || message.v4.fullName === newer);
  const full = isCalled(name, name);
  return full.length > 0 ? full : isCalled(inPackage(v3, name), inPackage(v4, name));
}

function inPackage(packageName: string, name: string): string {
  return packageName === "" ? name : `${packageName}.${name}`;
}

function unpaired(
  schema: Schema,
  name: string,
  { v3, v4 }: PackagePair,
  messages: readonly MessageMapping[],
): Proto4Error {
  const names = messages.flatMap((message) => [message.v3.fullName, message.v4.fullName]);
  const other = schema.declared.get(name);
  const what =
    other?.kind === "message"
      ? `${name} has no counterpart in the pair of ${v3} and ${v4}: it needs none, or it is in one of them alone`
      : `${v3} and ${v4} have no message "${name}"`;
  return new Proto4Error("usage", `${what}; ${near(name, names)}`);
}

function ambiguous(name: string, found: readonly MessageMapping[]): Proto4Error {
  const pairs = found.map((message) => `${message.v3.fullName} and ${message.v4.fullName}`).join(", or ");
  return new Proto4Error("usage", `"${name}" can be ${pairs}: write the full name`);
}

/** The names that most likely were meant: their own part alone may be what was written. */
function near(word: string, names: readonly string[]): string {
  const distances = new Map(names.map((name) => [name, distance(word, name)]));
  const ranked = [...distances].sort(([a, one], [b, other]) => one - other || (a < b ? -1 : 1));
  if (ranked.length === 0) return "there is none at all";
  return `near to it are ${ranked
    .slice(0, 4)
    .map(([name]) => name)
    .join(", ")}`;
}

function distance(word: string, name: string): number {
  const own = name.slice(name.lastIndexOf(".") + 1);
  return Math.min(editDistance(word, name), editDistance(word, own));
}
