import { placeOf } from "./place.js";
import { aliasSource, lifecycleSource, reservedSource } from "./proto-source.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const enumValueNoDelete: Rule = {
  id: "ENUM_VALUE_NO_DELETE",
  purpose: "Checks that the numbers of an enum are not deleted.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "CSR"],
  judge: {
    "enum-value-removed": ({ before, aliases, parent }) => {
      const names = aliases.map(({ name }) => name);
      return [
        {
          message: `value ${before.number} ${names.join(", ")} left enum ${parent.fullName}`,
          at: placeOf(parent),
          suggestion: steps(
            ["mark it DEPRECATED first", lifecycleSource(before, "DEPRECATED")],
            ["after its sunset", reservedSource(before, names)],
          ),
        },
      ];
    },
  },
};

export const enumValueSameName: Rule = {
  id: "ENUM_VALUE_SAME_NAME",
  purpose: "Checks that the values of an enum keep their names; others may join them as aliases.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "CSR"],
  judge: {
    "enum-value-renamed": ({ before, after, from, to }) => [
      {
        message: `value ${after.number} of ${after.parent.fullName} changed its name from ${from} to ${to}`,
        at: placeOf(after, "number"),
        suggestion: steps(["keep the name as an alias", aliasSource(after.parent, before)]),
      },
    ],
  },
};
