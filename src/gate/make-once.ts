import type { Change } from "../diff/index.js";
import type { Finding } from "../rules/index.js";
import type { Element } from "../schema/index.js";

/**
 * buf prints no line twice, and its messages call elements by their short names: what a rule says in one place
 * of what is called the same is one finding. So it goes without source info, where every place is a whole file.
 * @returns whether a finding is the first of its kind
 */
export function makeOnce(): (finding: Finding, change: Change) => boolean {
  const told = new Set<string>();
  return ({ rule, at }, change) => {
    const key = JSON.stringify([rule, at, ...calledByBuf(rule, change)]);
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  };
}

/** What buf's message has besides the rule's own words. */
function calledByBuf(rule: string, change: Change): readonly unknown[] {
  const element = "after" in change ? change.after : change.before;
  switch (change.kind) {
    case "descriptor-accessor-changed":
      return [];
    case "required-removed":
    case "required-added":
      return [change.kind, ...shortNames(element).filter((_, index) => index !== FIELD_NAME)];
    case "enum-value-removed":
      return rule.endsWith("NAME_RESERVED")
        ? [...shortNames(element), ...change.aliases.map(({ name }) => name).sort()]
        : shortNames(element);
    case "field-oneof-changed":
      if (change.from === "" || change.to === "") return [...shortNames(element), change.to !== ""];
      return [...shortNames(element), change.from, change.to];
    case "field-type-changed":
      if (change.before.type === change.after.type) return [...shortNames(element), change.from, change.to];
      return [...shortNames(element), change.before.type, change.after.type];
    default:
      return [...names(change, element), ...aspects(change)];
  }
}

/** What leaves a file or package is called by its name in there. */
function names(change: Change, element: Element): readonly unknown[] {
  const left = change.kind.endsWith("-left-file") || change.kind === "left-package";
  return left ? [element.fullName] : shortNames(element);
}

function aspects(change: Change): readonly unknown[] {
  return "from" in change ? [change.from, change.to, "freed" in change ? change.freed : ""] : [];
}

/** A field's place for its name among its short names. */
const FIELD_NAME = 1;

function shortNames(element: Element): readonly (string | number)[] {
  switch (element.kind) {
    case "file":
      return [element.fullName];
    case "field":
      return element.extendee === undefined
        ? [element.number, element.name, element.parent.name]
        : [element.number, element.fullName, element.extendee];
    case "enum-value":
      return [element.number, element.parent.name];
    case "method":
    case "oneof":
      return [element.name, element.parent.name];
    default:
      return [element.name];
  }
}
