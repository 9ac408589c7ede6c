import type { Field, Schema } from "../../schema/index.js";
import type {
  Entry,
  Member,
  OneofEntry,
  OnlyEntry,
  PairedEntry,
  RegroupEntry,
  ReplacedEntry,
} from "../mapping.js";
import { conversionLoss, joined } from "./conversion-loss.js";
import type { Losses } from "./enum-loss.js";
import { presenceLoss } from "./presence-loss.js";

interface EntryLoss extends Losses {
  readonly note?: string | undefined;
}

/** What an entry loses in each direction, and of which values. */
export function entryLoss(entry: Entry, schema: Schema): EntryLoss {
  switch (entry.kind) {
    case "paired":
      return pairedLoss(entry, schema);
    case "replaced":
      return replacedLoss(entry, schema);
    case "oneof":
      return oneofLoss(entry, schema);
    case "regroup":
      return regroupLoss(entry);
    case "hook": {
      const what = `what the hook "${entry.name}" does not give back`;
      return { up: what, down: what };
    }
    case "only":
      return onlyLoss(entry);
  }
}

function pairedLoss(entry: PairedEntry, schema: Schema): EntryLoss {
  const { v3, v4, conversion, counted, absent } = entry;
  const values = conversionLoss(conversion, entry, schema);
  // A wrapper has its own word on presence.
  const labels = counted && conversion.kind !== "wrap" && conversion.kind !== "time";
  return {
    up: joined(
      values.up,
      vanishedLoss(entry),
      maskLoss(entry),
      labels ? presenceLoss(v3.cardinality, v4.cardinality) : undefined,
    ),
    down: joined(
      values.down,
      maskLoss(entry),
      labels ? presenceLoss(v4.cardinality, v3.cardinality) : undefined,
    ),
    note: joined(
      guessNote(entry.pairedBy === "number" ? [v4] : []),
      absent === undefined
        ? undefined
        : "an absent field is written out on the way up, and left out again on the way down",
      entry.note,
    ),
  };
}

/** An open enum carries them all the same. */
function vanishedLoss({ vanished = [] }: PairedEntry): string | undefined {
  if (vanished.length === 0) return undefined;
  const told = vanished.map(({ name, number }) => `${name} = ${number}`).join(", ");
  return `${told}, which v4 reads as ${vanished.length === 1 ? "a number" : "numbers"} without a name`;
}

function maskLoss({ conversion, loss }: PairedEntry): string | undefined {
  if (conversion.kind !== "mask" || loss === "ISO") return undefined;
  return "which of several names of one field a path had";
}

/** Nobody declared that they are one. */
function guessNote(guessed: readonly Field[]): string | undefined {
  if (guessed.length === 0) return undefined;
  const names = guessed.map(({ name }) => name).join(", ");
  return `${names} paired by number, which is a guess that was would confirm`;
}

/** What does not fit stays in the bridge, so that nothing is lost but which of the two was set. */
function replacedLoss({ v3, v4, bridge, conversion }: ReplacedEntry, schema: Schema): EntryLoss {
  const { up } = conversionLoss(conversion, { v3, v4 }, schema);
  const rest = up === undefined ? "" : `; ${up} stay there`;
  return {
    down: `${bridge.name} where ${v4.name} is set as well, unknown fields and order within ${v4.name}`,
    note: `v4 finds it in ${v4.name}, and keeps ${bridge.name} for those who read it${rest}`,
  };
}

function oneofLoss({ members }: OneofEntry, schema: Schema): EntryLoss {
  const inner = members.flatMap((member) =>
    isPaired(member) ? conversionLoss(member.conversion, member, schema) : [],
  );
  const [here, there] = [sideOf(members, "v3"), sideOf(members, "v4")];
  return {
    up: joined(losers(here, there), strangers(members, "v3", "v4"), ...inner.map(({ up }) => up)),
    down: joined(losers(there, here), strangers(members, "v4", "v3"), ...inner.map(({ down }) => down)),
    note: guessNote(members.flatMap(({ v4, pairedBy }) => (v4 && pairedBy === "number" ? [v4] : []))),
  };
}

function isPaired(member: Member): member is Required<Member> {
  return member.v3 !== undefined && member.v4 !== undefined;
}

function sideOf(members: readonly Member[], side: "v3" | "v4"): readonly Field[] {
  return members.flatMap((member) => (isPaired(member) ? member[side] : []));
}

/** Fields that may be set together here and exclude each other there. */
function losers(here: readonly Field[], there: readonly Field[]): string | undefined {
  const excluding = there.some(
    ({ oneof }, one) =>
      oneof !== undefined &&
      there.some(
        (other, two) =>
          one < two &&
          other.oneof === oneof &&
          (here[one]!.oneof === undefined || here[one]!.oneof !== here[two]!.oneof),
      ),
  );
  return excluding ? "all but the last that is set of those that exclude each other there" : undefined;
}

function strangers(members: readonly Member[], side: "v3" | "v4", other: "v3" | "v4"): string | undefined {
  const names = members.flatMap((member) => (member[other] === undefined ? (member[side]?.name ?? []) : []));
  return names.length === 0 ? undefined : `${names.join(", ")}, which ${other} does not have`;
}

function regroupLoss({ side, holder }: RegroupEntry): EntryLoss {
  const loss = `an empty ${holder.name} against none, and unknown fields in it`;
  return side === "v3" ? { up: loss } : { down: loss };
}

function onlyLoss({ side, field, travels }: OnlyEntry): EntryLoss {
  const other = side === "v3" ? "v4" : "v3";
  if (travels) return { note: `${other} carries it as an unknown field` };
  const all = `all of ${field.name}, which ${other} does not have`;
  return side === "v3" ? { up: all } : { down: all };
}
