import type { ChangeOf } from "../diff/index.js";
import type { FieldType } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import { keptSource } from "./proto-source.js";
import type { Judgement, Rule } from "./rule.js";
import { steps } from "./steps.js";

/**
 * Types that read each other's bytes do not all have each other's values: a reader cuts what does not fit, and nothing
 * tells it so. What the bytes themselves do not allow is a matter of FIELD_WIRE_COMPATIBLE_TYPE.
 */
export const fieldNoNarrowing: Rule = {
  id: "FIELD_NO_NARROWING",
  purpose: "Checks that readers are not left with a type that lacks values which are sent.",
  severity: "error",
  categories: ["STRICT"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json"],
  saidBy: ["FIELD_SAME_TYPE"],
  judge: { "field-type-changed": judgeType },
};

function judgeType(change: ChangeOf<"field-type-changed">): readonly Judgement[] {
  const { before, after } = change;
  if (before.type === "string" && after.type === "bytes")
    return [widened(change, "elder readers refuse what is not UTF-8")];
  const [from, to] = [valuesOf(before.type), valuesOf(after.type)];
  if (from === undefined || to === undefined || from.coding !== to.coding) return [];
  if (fits(from, to)) return [widened(change, `elder readers still cut to it what newer writers send`)];
  const isMutual = !fits(to, from);
  return [
    {
      ...narrowed(change, `what does not fit is ${to.bits < from.bits ? "cut" : "misread"}`),
      breaks: ["stored-data", ...(isMutual ? (["elder-readers"] as const) : []), "newer-readers", "json"],
      saidBy: sameInJson(before.type, after.type) ? [] : ["FIELD_WIRE_JSON_COMPATIBLE_TYPE"],
    },
  ];
}

/** Only those are hurt who are behind, and only by what is new. */
function widened(change: ChangeOf<"field-type-changed">, effect: string): Judgement {
  return {
    ...narrowed(change, effect),
    atMost: "info",
    breaks: ["elder-readers"],
    saidBy: ["FIELD_WIRE_JSON_COMPATIBLE_TYPE"],
  };
}

function narrowed({ before, after, from, to }: ChangeOf<"field-type-changed">, effect: string): Judgement {
  const inEntry = before.parent.kind === "message" && before.parent.mapEntry;
  return {
    message: `${describe(after)} reads the bytes of ${from} as ${to}: ${effect}`,
    at: placeOf(after, "type"),
    // The parts of a map are written in the type of the map's field, not by themselves.
    suggestion: inEntry ? [] : steps(["keep it", keptSource(before, after)]),
  };
}

/** The values of a type of numbers, and which types read its bytes. */
interface Values {
  readonly coding: "varint" | "zigzag" | "fixed32" | "fixed64";
  readonly bits: 1 | 32 | 64;
  readonly signed: boolean;
}

function valuesOf(type: FieldType): Values | undefined {
  return numbers[type];
}

function fits(from: Values, to: Values): boolean {
  if (from.signed === to.signed) return from.bits <= to.bits;
  return to.signed && from.bits < to.bits;
}

/** JSON writes 64 bits as text, and a bool as a word. */
function sameInJson(before: FieldType, after: FieldType): boolean {
  return numbers[before]?.bits === numbers[after]?.bits;
}

const numbers: Readonly<Partial<Record<FieldType, Values>>> = {
  bool: { coding: "varint", bits: 1, signed: false },
  int32: { coding: "varint", bits: 32, signed: true },
  uint32: { coding: "varint", bits: 32, signed: false },
  int64: { coding: "varint", bits: 64, signed: true },
  uint64: { coding: "varint", bits: 64, signed: false },
  sint32: { coding: "zigzag", bits: 32, signed: true },
  sint64: { coding: "zigzag", bits: 64, signed: true },
  fixed32: { coding: "fixed32", bits: 32, signed: false },
  sfixed32: { coding: "fixed32", bits: 32, signed: true },
  fixed64: { coding: "fixed64", bits: 64, signed: false },
  sfixed64: { coding: "fixed64", bits: 64, signed: true },
};
