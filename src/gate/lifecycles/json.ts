import type { LifecycleList, ListedElement } from "./lifecycle-list.js";

/** Elements by their lifecycles for programs, in one document. @see ../../../docs/lifecycle.md */
export function lifecycleJson({ today, counts, elements }: LifecycleList): string {
  return `${JSON.stringify({ version: 1, today, counts, elements: elements.map(toElement) }, null, 2)}\n`;
}

function toElement({ lifecycle, place, replacement, replacedBy, daysLeft, ...element }: ListedElement) {
  const { kind, name, path, line, source, sunset, reason, since, standing } = element;
  return {
    ...{ kind, name, package: element.package, declaration: line },
    at: { path, line: place?.startLine, column: place?.startColumn },
    ...{ state: lifecycle, source, standing, since, sunset, days_left: daysLeft, reason },
    replaced_by: replacedBy === undefined ? undefined : { written: replacedBy, found: toFound(replacement) },
  };
}

/** `null` where nothing is there: who reads it is to see that it was looked for. */
function toFound(replacement: ListedElement["replacement"]) {
  if (replacement === undefined) return null;
  const { kind, name, lifecycle, at } = replacement;
  return { kind, name, state: lifecycle, at: { path: at.path, line: at.startLine, column: at.startColumn } };
}
