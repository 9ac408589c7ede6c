import { type Enum, locateFeature } from "../schema/index.js";
import { placeOf } from "./place.js";
import type { Judgement, Rule } from "./rule.js";
import { steps } from "./steps.js";

/** Features that an enum keeps, by whichever syntax or option it comes to them. */
export const enumSameType: Rule = {
  id: "ENUM_SAME_TYPE",
  purpose: "Checks that enums stay open, or closed.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "source"],
  judge: {
    "features-changed": ({ before, after }) => {
      if (before.kind !== "enum" || after.kind !== "enum" || before.closed === after.closed) return [];
      return [changed(before, after, "enumType", "enum_type", 2)];
    },
  },
};

export const enumSameJsonFormat: Rule = {
  id: "ENUM_SAME_JSON_FORMAT",
  purpose: "Checks that enums whose JSON is checked stay so.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "CSR"],
  breaks: ["json"],
  judge: {
    "features-changed": ({ before, after }) => {
      if (before.kind !== "enum" || after.kind !== "enum" || before.features.jsonFormat !== "ALLOW")
        return [];
      if (after.features.jsonFormat === "ALLOW") return [];
      return [changed(before, after, "jsonFormat", "json_format", 6)];
    },
  },
};

/** @param number of the feature in FeatureSet */
function changed(
  before: Enum,
  after: Enum,
  feature: "enumType" | "jsonFormat",
  option: string,
  number: number,
): Judgement {
  const [from, to] = [before.features[feature], after.features[feature]];
  return {
    message: `enum ${after.fullName} changed its ${option} from ${from} to ${to}`,
    at: locateFeature(after, number) ?? placeOf(after),
    suggestion:
      after.file.syntax === "editions"
        ? steps(["keep it", `option features.${option} = ${from};`])
        : [`keep the syntax of its file: ${before.file.syntax} is what made it ${from}`],
  };
}
