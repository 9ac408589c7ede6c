import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { Hook, HookSide, Translator } from "../../runtime/index.js";
import { fieldsOf } from "../fields-of.js";
import type { Contract, Entry, MessageMapping } from "../mapping.js";
import type { Defaults } from "./defaults.js";

/** One pair of messages with all that the laws ask of it. */
export interface Subject {
  readonly v3: DescMessage;
  readonly v4: DescMessage;
  readonly contract: Contract;
  readonly entries: readonly Entry[];
  readonly translator: Translator;
  readonly counterparts: readonly Counterparts[];
  /** Empty where the contract does not allow for any. */
  readonly defaults: Defaults;
  readonly registry: Registry;
  readonly hooks: readonly HookSubject[];
}

/** User code that converts fields of the message, with those fields on each side. */
export interface HookSubject {
  readonly name: string;
  readonly code: Hook;
  /** Names of the fields. */
  readonly fields: { readonly v3: readonly string[]; readonly v4: readonly string[] };
  readonly v3: HookSide;
  readonly v4: HookSide;
}

/** Numbers of fields that answer for each other: what is edited in the one, the other is to have. */
export interface Counterparts {
  readonly v3: ReadonlySet<number>;
  readonly v4: ReadonlySet<number>;
  /** Whether it is a map whose entries are converted, and stashed, one by one. */
  readonly byEntry: boolean;
  /** Whether values are read and converted, so that what a reader does not see of them is no edit. */
  readonly converted: boolean;
}

/** What one message is tried with. */
export interface Trial {
  readonly bytes: Uint8Array;
  /** A message of the other side, whose fields are taken for edits. */
  readonly edits: Uint8Array;
  /** Which counterparts are edited. */
  readonly edited: readonly Counterparts[];
}

/** One way there and back. */
export interface Journey {
  readonly from: "v3" | "v4";
  readonly over: "v3" | "v4";
  readonly there: "up" | "down";
  readonly back: "up" | "down";
}

export const journeys: readonly Journey[] = [
  { from: "v3", over: "v4", there: "up", back: "down" },
  { from: "v4", over: "v3", there: "down", back: "up" },
];

/** Entries, those of one oneof together: to set one member unsets the others. */
export function counterpartsOf({ entries }: Pick<MessageMapping, "entries">): readonly Counterparts[] {
  const groups: Entry[][] = [];
  for (const entry of entries) {
    const oneofs = new Set(oneofsOf(entry));
    const touching = groups.filter((group) => group.flatMap(oneofsOf).some((oneof) => oneofs.has(oneof)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), entry]);
  }
  return groups.map((group) => ({
    v3: numbersOf(group, "v3"),
    v4: numbersOf(group, "v4"),
    converted: group.some(isConverted),
    byEntry: group.every((entry) => entry.kind === "paired" && entry.conversion.kind === "entry"),
  }));
}

function isConverted(entry: Entry): boolean {
  if (entry.kind === "only") return false;
  return entry.kind !== "paired" || entry.counted || !["copy", "nested"].includes(entry.conversion.kind);
}

function numbersOf(entries: readonly Entry[], side: "v3" | "v4"): ReadonlySet<number> {
  return new Set(entries.flatMap((entry) => fieldsOf(entry)[side].map(({ number }) => number)));
}

function oneofsOf(entry: Entry): readonly unknown[] {
  const { v3, v4 } = fieldsOf(entry);
  return [...v3, ...v4].flatMap(({ oneof }) => oneof ?? []);
}
