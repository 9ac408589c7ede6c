import type { ErrorLocation } from "../diagnostics/index.js";
import { type Element, locateOption, type Schema } from "../schema/index.js";
import { describe } from "./describe.js";
import { placeOf } from "./place.js";
import type { Audience, Rule } from "./rule.js";
import { steps } from "./steps.js";

/** Options carry meaning that only their readers know: routes, checks, access. So the team says which ones count. */
export const optionSame: Rule = {
  id: "OPTION_SAME",
  purpose: "Checks that the custom options which the policy tracks keep their values.",
  severity: "error",
  categories: ["STRICT"],
  breaks: ["source", "rpc"],
  judge: {
    "option-changed": ({ before, after, option, from, to }, context) => [
      {
        message: `${describe(after)} changed its option (${option}) from ${from || "none"} to ${to || "none"}`,
        at: placeOfOption(after, option, context.after),
        was: placeOfOption(before, option, context.before),
        breaks: readersOf(option),
        suggestion: wayOut(option, from),
        offence: option,
      },
    ],
  },
};

/** Of what may be there several times, a source has one statement for each value. */
function wayOut(option: string, from: string): readonly string[] {
  if (from === "") return [`leave (${option}) out`];
  const what = from.startsWith("[") ? "keep it, a statement for each" : "keep it";
  return steps([what, `(${option}) = ${from}`]);
}

function placeOfOption(element: Element, option: string, { declared }: Schema): ErrorLocation {
  const found = declared.get(option);
  const place = found?.kind === "field" ? locateOption(element, found.number) : undefined;
  return place ?? placeOf(element);
}

/** Who acts on an option, where it is known. */
function readersOf(option: string): readonly Audience[] {
  return readers.find(([prefix]) => option.startsWith(prefix))?.[1] ?? optionSame.breaks;
}

const readers: readonly (readonly [prefix: string, readonly Audience[]])[] = [
  // Gateways and clients of HTTP.
  ["google.api.http", ["rpc", "json"]],
  ["google.api.", ["rpc", "source"]],
  // Whoever checks what was written, or will check what is sent.
  ["buf.validate.", ["stored-data", "elder-readers", "newer-readers", "rpc"]],
];
