import type { Element, Lifecycle, Terms } from "../schema/index.js";
import { globalName } from "./name-source.js";

/** What an element says of its lifecycle itself, as the options that say it. */
export function ownOptions(element: Element): readonly string[] {
  const { source, state, terms } = element.lifecycle;
  const marked = element.deprecated ? ["deprecated = true"] : [];
  const declared = source === "own" ? [`(${optionName(element, "lifecycle")}) = ${state}`] : [];
  return [...marked, ...declared, ...termsOptions(element, terms)];
}

/** With the terms that the element has; what is DEPRECATED says so to every other language as well. */
export function lifecycleOptions(
  element: Element,
  state: Lifecycle,
  sunset: string | undefined,
): readonly string[] {
  const marked = state === "DEPRECATED" ? ["deprecated = true"] : [];
  const declared = `(${optionName(element, "lifecycle")}) = ${state}`;
  const terms = { ...element.lifecycle.terms, ...(sunset === undefined ? {} : { sunset }) };
  return [...marked, declared, ...termsOptions(element, terms)];
}

/** Files have no terms. */
function termsOptions(element: Element, declared: Terms): readonly string[] {
  const terms = element.kind === "file" ? [] : termsSource(declared);
  if (terms.length === 0) return [];
  const name = `(${optionName(element, "terms")})`;
  const [only] = terms;
  return terms.length === 1
    ? [`${name}.${only!.name} = ${only!.text}`]
    : [`${name} = {${terms.map(({ name, text }) => `${name}: ${text}`).join(" ")}}`];
}

function termsSource(terms: Terms): readonly { readonly name: string; readonly text: string }[] {
  return termNames.flatMap(([key, name]) => {
    const text = terms[key];
    return text === undefined ? [] : [{ name, text: JSON.stringify(text) }];
  });
}

const termNames = [
  ["since", "since"],
  ["sunset", "sunset"],
  ["reason", "reason"],
  ["replacedBy", "replaced_by"],
  ["was", "was"],
  ["bridgeDefault", "bridge_default"],
  ["introducedIn", "introduced_in"],
  ["unit", "unit"],
  ["hook", "hook"],
] as const satisfies readonly (readonly [keyof Terms, string])[];

export function optionName(element: Element, what: "lifecycle" | "terms"): string {
  return globalName(element, `proto4.${element.kind.replace("-", "_")}_${what}`);
}
