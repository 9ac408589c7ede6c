import { type Element, makeOptionLister, type OptionLister, type Schema } from "../../schema/index.js";
import { addDays } from "../days.js";
import { lifecycleOptions, ownOptions } from "../lifecycle-options.js";
import type { Printing } from "../print/printing.js";
import type { RuleContext } from "../rule.js";
import { optionsPath } from "./imports.js";

/**
 * How what left is printed to come back: DEPRECATED, since somebody wanted it gone, with all that its terms are asked
 * for; as it was, where nothing is promised of it, where it was DEPRECATED already, or where it may not change its state.
 */
export function reviving(root: Element, context: RuleContext): Printing {
  return printing(context.before, mayDeprecate(root, context) ? deprecating(root, context) : ownOptions);
}

/** How what is there is printed as it is. */
export function unchanged(schema: Schema): Printing {
  return printing(schema, ownOptions);
}

function printing(schema: Schema, lifecycle: Printing["lifecycle"]): Printing {
  const list = listers.get(schema) ?? makeOptionLister(schema);
  listers.set(schema, list);
  const marked: Printing = {
    list,
    used: new Set(),
    lost: new Set(),
    lifecycle: (element) => {
      const options = lifecycle(element);
      if (options.some((option) => option.startsWith("("))) marked.used.add(optionsPath);
      return options;
    },
  };
  return marked;
}

/** Of a schema, the options are decoded once. */
const listers = new WeakMap<Schema, OptionLister>();

function mayDeprecate(root: Element, { policy }: RuleContext): boolean {
  const { state } = root.lifecycle;
  // Files have no terms, and oneofs and files' parts no state that could move.
  if (root.kind === "oneof" || root.kind === "file") return false;
  return (state === "STABLE" || state === "FROZEN") && policy.minAge[state] === undefined;
}

function deprecating(root: Element, context: RuleContext): Printing["lifecycle"] {
  // The file may not import the options yet, but there are some to import.
  const isAtHand = context.packagesAfter.has("proto4");
  return (element) => {
    if (element === root) return isAtHand ? deprecatedOptions(root, context) : markOnly(root);
    const { source, state } = element.lifecycle;
    // Inside something DEPRECATED nothing is promised for longer.
    return source === "own" && (state === "STABLE" || state === "FROZEN") && isAtHand
      ? ownOptions(undeclared(element))
      : ownOptions(element);
  };
}

function markOnly(root: Element): readonly string[] {
  return root.deprecated ? ownOptions(root) : ["deprecated = true", ...ownOptions(root)];
}

function deprecatedOptions(root: Element, { today, policy }: RuleContext): readonly string[] {
  const { terms } = root.lifecycle;
  const first = addDays(today, policy.notice);
  const sunset = terms.sunset !== undefined && terms.sunset > first ? terms.sunset : first;
  const { since, reason = "it was to be removed" } = terms;
  const asked = { ...terms, reason, ...(since === undefined ? {} : { since: today }) };
  return lifecycleOptions(withLifecycle(root, { ...root.lifecycle, terms: asked }), "DEPRECATED", sunset);
}

function undeclared(element: Element): Element {
  const { sunset: _, ...terms } = element.lifecycle.terms;
  return withLifecycle(element, { ...element.lifecycle, source: "inherited", terms });
}

/** The element itself behind it: some of its parts are made at the first question. */
function withLifecycle(element: Element, lifecycle: Element["lifecycle"]): Element {
  return Object.create(element, { lifecycle: { value: lifecycle } });
}
