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
    const key = JSON.stringify([rule, at, ...calledByBuf(change)]);
    const isNew = !told.has(key);
    told.add(key);
    return isNew;
  };
}

function calledByBuf(change: Change): readonly (string | number)[] {
  const element = "after" in change ? change.after : change.before;
  // What leaves a file or package is called by its name in there.
  if (change.kind.endsWith("-left-file") || change.kind === "left-package") return [element.fullName];
  const aspect = "from" in change ? [change.from, change.to] : [];
  return [...shortNames(element), ...aspect];
}

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
