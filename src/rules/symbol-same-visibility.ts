import type { Enum, Message } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

/** From edition 2024 on, a file may keep its types to itself, by a keyword or by what stands without one. */
export const symbolSameVisibility: Rule = {
  id: "SYMBOL_SAME_VISIBILITY",
  purpose: "Checks that messages and enums that other files may name stay so.",
  severity: "error",
  categories: ["STRICT"],
  breaks: ["source"],
  judge: {
    "visibility-changed": ({ before, after, to }) =>
      to === "export"
        ? []
        : [
            {
              message: `${describe(after)} became local: other files can no longer name it`,
              at: placeOf(after),
              was: placeOf(before),
              suggestion: wayOut(after),
            },
          ],
  },
};

function wayOut(after: Message | Enum): readonly string[] {
  const keyword = ["keep it", `export ${after.kind} ${after.name}`] as const;
  // STRICT refuses the keyword below the top level.
  if (after.file.defaultVisibility !== "STRICT" || after.parent.kind === "file") return steps(keyword);
  return steps(
    ["let nested types be named", "option features.default_symbol_visibility = LOCAL_ALL;"],
    keyword,
  );
}
