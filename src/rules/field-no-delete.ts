import type { ChangeOf } from "../diff/index.js";
import { describe } from "./describe.js";
import { reserveLeft } from "./fixes/keep-reserved.js";
import { unfixable, type WayBack } from "./fixes/way-back.js";
import { lifecycleSteps } from "./lifecycle-steps.js";
import { fieldNamed } from "./member-index.js";
import { placeOf } from "./place.js";
import { reservedSource } from "./proto-source.js";
import type { Judgement, Rule } from "./rule.js";
import { steps } from "./steps.js";

type Removal = ChangeOf<"field-removed">;

export const fieldNoDelete: Rule = {
  id: "FIELD_NO_DELETE",
  purpose: "Checks that fields are not deleted from a message.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source"],
  judge: { "field-removed": (change) => [left(change, "")] },
};

export const fieldNoDeleteUnlessNumberReserved: Rule = {
  id: "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
  purpose: "Checks that fields are not deleted from a message unless their number is reserved.",
  severity: "error",
  categories: ["WIRE_JSON", "WIRE", "CSR", "WIRE_PRECISE"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: {
    "field-removed": (change) =>
      numberReserved(change)
        ? []
        : [{ ...left(change, " without reserving its number"), ...reserve(change) }],
  },
};

export const fieldNoDeleteUnlessNameReserved: Rule = {
  id: "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
  purpose: "Checks that fields are not deleted from a message unless their name is reserved.",
  severity: "error",
  categories: ["WIRE_JSON", "CSR"],
  breaks: ["json"],
  judge: {
    "field-removed": (change) =>
      change.parent.reservedNames.includes(change.before.name)
        ? []
        : [{ ...left(change, " without reserving its name"), ...reserveName(change) }],
  },
};

function numberReserved({ before: { number }, parent }: Removal): boolean {
  return parent.reservedRanges.some(({ start, end }) => start <= number && number <= end);
}

function reserve({ before, parent }: Removal): WayBack {
  return reserveLeft(before, [before.name], parent);
}

/** A name that another field has cannot be reserved. */
function reserveName(change: Removal): WayBack {
  const taker = fieldNamed(change.parent, change.before.name);
  return taker === undefined ? reserve(change) : unfixable(`its name is taken by ${describe(taker)} now`);
}

function left({ before, parent }: Removal, unreserved: string): Judgement {
  return {
    message: `field ${before.number} "${before.name}" left message ${parent.fullName}${unreserved}`,
    at: placeOf(parent),
    suggestion:
      unreserved === ""
        ? wayOut(before)
        : steps(["reserve what it leaves", reservedSource(before, [before.name])]),
  };
}

function wayOut(field: Removal["before"]): readonly string[] {
  const reserve = reservedSource(field, [field.name]);
  const { state, source } = field.lifecycle;
  if (source !== "inferred" && state === "EXPERIMENTAL") return steps(["reserve what it leaves", reserve]);
  return steps(
    ...lifecycleSteps(
      source !== "inferred" && state === "DEPRECATED" ? "keep it" : "mark it DEPRECATED first",
      field,
      "DEPRECATED",
      field.lifecycle.terms.sunset,
    ),
    ["after its sunset", reserve],
  );
}
