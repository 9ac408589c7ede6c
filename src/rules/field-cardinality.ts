import type { ChangeOf } from "../diff/index.js";
import type { Cardinality } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import { keptSource } from "./proto-source.js";
import type { Judgement, Rule } from "./rule.js";
import { steps } from "./steps.js";

type CardinalityChange = ChangeOf<"field-cardinality-changed">;

export const fieldSameCardinality: Rule = {
  id: "FIELD_SAME_CARDINALITY",
  purpose: "Checks that fields keep their label and presence.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source"],
  judge: { "field-cardinality-changed": (change) => [changed(change, "went")] },
};

export const fieldWireCompatibleCardinality: Rule = {
  id: "FIELD_WIRE_COMPATIBLE_CARDINALITY",
  purpose: "Checks that fields change their label only to one that reads the same bytes.",
  severity: "error",
  categories: ["WIRE"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-cardinality-changed": (change) =>
      group(change.before.cardinality) === group(change.after.cardinality)
        ? []
        : [changed(change, "no longer reads its bytes: it went")],
  },
};

export const fieldWireJsonCompatibleCardinality: Rule = {
  id: "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",
  purpose: "Checks that fields change their label only to one that reads the same bytes and the same JSON.",
  severity: "error",
  categories: ["WIRE_JSON", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json"],
  judge: {
    "field-cardinality-changed": (change) =>
      jsonGroup(change.before.cardinality) === jsonGroup(change.after.cardinality)
        ? []
        : [changed(change, "no longer reads its bytes or JSON: it went")],
  },
};

function changed({ before, after, from, to }: CardinalityChange, what: string): Judgement {
  return {
    message: `${describe(after)} ${what} from ${words[from as Cardinality]} to ${words[to as Cardinality]}`,
    at: placeOf(after),
    suggestion: steps(["keep it as it was", keptSource(before, after)]),
  };
}

/** A map is a list of entries on the wire; JSON makes an object of it. */
function group(cardinality: Cardinality): string {
  return cardinality === "map" ? "repeated" : jsonGroup(cardinality);
}

/** Presence is nothing that the wire tells. */
function jsonGroup(cardinality: Cardinality): string {
  return cardinality === "implicit" ? "explicit" : cardinality;
}

const words: Readonly<Record<Cardinality, string>> = {
  implicit: "implicit presence",
  explicit: "explicit presence",
  required: "required",
  repeated: "repeated",
  map: "map",
};
