import { type Element, type Features, type Field, fileOf } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import type { RuleContext } from "../rule.js";
import { keepOptions } from "./keep-field.js";
import { unfixable, type WayBack } from "./way-back.js";

/** Features as they were, set where the element is, or no longer set there. */
export function keepFeatures(before: Element, after: Element, context: RuleContext): WayBack {
  if (before.kind === "field" && after.kind === "field")
    return keepOptions(before, after, context, isFeature(before, after));
  if (fileOf(after).syntax !== "editions")
    return unfixable("its file's syntax is what made it so, and only editions say it by an option");
  const around = after.kind === "file" ? undefined : after.parent.features;
  const fixes = own.flatMap(([key, name]): readonly Fix[] => {
    const was = before.features[key];
    if (was === after.features[key]) return [];
    const value = around?.[key] === was ? undefined : was;
    return [
      {
        kind: "option",
        path: fileOf(after).fullName,
        symbol: after.fullName,
        name: `features.${name}`,
        value,
      },
    ];
  });
  return fixes.length === 0 ? unfixable("it changed in a feature that is set elsewhere") : { fixes };
}

function isFeature(before: Field, after: Field): (option: string) => boolean {
  const isPacked = before.packed !== after.packed;
  return (option) => option.startsWith("features.") || (isPacked && option === "packed");
}

/** What a message, an enum or a file may set for itself, and rules ask about. */
const own = [
  ["enumType", "enum_type"],
  ["jsonFormat", "json_format"],
] as const satisfies readonly (readonly [keyof Features, string])[];
