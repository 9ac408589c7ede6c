import type { ChangeOf } from "../diff/index.js";
import { type Enum, type EnumValue, locate } from "../schema/index.js";
import { reserveLeft } from "./fixes/keep-reserved.js";
import { unfixable, type WayBack } from "./fixes/way-back.js";
import { lifecycleSteps } from "./lifecycle-steps.js";
import { valueNamed } from "./member-index.js";
import { placeOf } from "./place.js";
import { aliasSource, reservedSource, valueSource } from "./proto-source.js";
import type { Judgement, Rule } from "./rule.js";
import { type Step, steps } from "./steps.js";

type Removal = ChangeOf<"enum-value-removed">;

export const enumValueNoDelete: Rule = {
  id: "ENUM_VALUE_NO_DELETE",
  purpose: "Checks that the numbers of an enum are not deleted.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  breaks: ["stored-data", "newer-readers", "json", "source"],
  judge: { "enum-value-removed": (change) => [left(change, "")] },
};

export const enumValueNoDeleteUnlessNumberReserved: Rule = {
  id: "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",
  purpose: "Checks that the numbers of an enum are not deleted unless they are reserved.",
  severity: "error",
  categories: ["WIRE_JSON", "WIRE", "CSR", "WIRE_PRECISE"],
  breaks: ["stored-data", "newer-readers"],
  judge: {
    "enum-value-removed": (change) =>
      numberReserved(change)
        ? []
        : [{ ...left(change, " without reserving its number"), ...reserve(change) }],
  },
};

export const enumValueNoDeleteUnlessNameReserved: Rule = {
  id: "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
  purpose: "Checks that the numbers of an enum are not deleted unless all their names are reserved.",
  severity: "error",
  categories: ["WIRE_JSON", "CSR"],
  breaks: ["json"],
  judge: {
    "enum-value-removed": (change) =>
      change.aliases.every(({ name }) => change.parent.reservedNames.includes(name))
        ? []
        : [
            {
              ...left(change, ` without reserving its name${change.aliases.length > 1 ? "s" : ""}`),
              ...reserveNames(change),
            },
          ],
  },
};

export const enumValueSameName: Rule = {
  id: "ENUM_VALUE_SAME_NAME",
  purpose: "Checks that the values of an enum keep their names; others may join them as aliases.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "CSR"],
  breaks: ["json", "source"],
  judge: {
    "enum-value-renamed": ({ after, from, to, lost }) => [
      {
        message: `value ${after.number} of ${after.parent.fullName} changed its name from ${from} to ${to}`,
        at: placeOf(after, "number"),
        suggestion: wayOutOfRename(lost, after.parent),
      },
    ],
  },
};

/** A name that has another number now is no alias: that number is the fault. */
function wayOutOfRename(lost: readonly EnumValue[], after: Enum): readonly string[] {
  const moved = lost.filter(({ name }) => valueNamed(after, name) !== undefined);
  const gone = lost.filter((value) => !moved.includes(value));
  const what = gone.length === 1 ? "keep the name as an alias" : "keep the names as aliases";
  const keep: readonly Step[] = gone.length === 0 ? [] : [[what, aliasSource(after, gone)]];
  return steps(...keep, ...moved.map((value): Step => ["give it its number back", valueSource(value)]));
}

function numberReserved({ before: { number }, parent }: Removal): boolean {
  return parent.reservedRanges.some(({ start, end }) => start <= number && number <= end);
}

function reserve({ before, aliases, parent }: Removal): WayBack {
  const names = aliases.map(({ name }) => name);
  return reserveLeft(before, names, parent);
}

/** A name that another number has cannot be reserved. */
function reserveNames(change: Removal): WayBack {
  const taken = change.aliases.find(({ name }) => valueNamed(change.parent, name) !== undefined);
  return taken === undefined ? reserve(change) : unfixable(`its name ${taken.name} has another number now`);
}

function left({ before, aliases, parent }: Removal, unreserved: string): Judgement {
  const names = aliases.map(({ name }) => name);
  const reserve = reservedSource(before, names);
  return {
    message: `value ${before.number} ${names.join(", ")} left enum ${parent.fullName}${unreserved}`,
    // In an image without places, buf names the file where the value was: elsewhere, if the enum has moved.
    at: locate(parent) ?? { path: before.file.fullName },
    suggestion:
      unreserved === ""
        ? steps(...lifecycleSteps("mark it DEPRECATED first", before, "DEPRECATED"), [
            "after its sunset",
            reserve,
          ])
        : steps(["reserve what it leaves", reserve]),
  };
}
