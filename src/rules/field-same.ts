import { describe } from "./describe.js";
import { wayOutOfReuse } from "./field-number-reused.js";
import { giveNumberBack } from "./fixes/keep-number.js";
import { placeOf, placeOfPart } from "./place.js";
import { fieldSource, keptSource, oneofSource } from "./proto-source.js";
import { renamedOrReused } from "./renamed-or-reused.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const fieldSameName: Rule = {
  id: "FIELD_SAME_NAME",
  purpose: "Checks that fields keep their names.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "CSR"],
  breaks: ["json", "source"],
  judge: {
    "field-renamed": ({ before, after, to }, context) => {
      const likeness = before.extendee === undefined ? renamedOrReused(before, after) : undefined;
      const isReuse = likeness?.isReuse === true;
      const reuse = isReuse ? `: its number looks taken by another field, for ${likeness.because}` : "";
      return [
        {
          message: `${describe(before)} is now named "${to}"${reuse}`,
          at: placeOf(after, "name"),
          suggestion: isReuse
            ? wayOutOfReuse(before, after)
            : steps(["keep it as it was", keptSource(before, after)]),
          ...(isReuse ? giveNumberBack(before, after, context) : {}),
        },
      ];
    },
  },
};

export const fieldSameOneof: Rule = {
  id: "FIELD_SAME_ONEOF",
  purpose: "Checks that fields stay in, or out of, their oneof.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "source"],
  judge: {
    "field-oneof-changed": ({ before, after, from, to }) => [
      {
        message: `${describe(after)} moved ${[out(from), into(to)].filter(Boolean).join(" ")}`,
        at: placeOf(after),
        suggestion: steps(
          from === ""
            ? ["keep it outside", keptSource(before, after)]
            : ["keep it there", oneofSource(from, [before], after)],
        ),
      },
    ],
  },
};

export const fieldSameJsonName: Rule = {
  id: "FIELD_SAME_JSON_NAME",
  purpose: "Checks that fields keep their name in JSON.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "CSR"],
  breaks: ["json"],
  judge: {
    "field-json-name-changed": ({ before, after, from, to }) => [
      {
        message: `${describe(after)} changed its JSON name from "${from}" to "${to}"`,
        at: placeOfPart(after, "json-name"),
        suggestion: steps(["keep it", fieldSource({ ...after, jsonName: before.jsonName })]),
      },
    ],
  },
};

function out(oneof: string): string {
  return oneof === "" ? "" : `out of oneof "${oneof}"`;
}

function into(oneof: string): string {
  return oneof === "" ? "" : `into oneof "${oneof}"`;
}
