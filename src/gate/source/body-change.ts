import type { Declaration } from "./declaration.js";
import type { Placement } from "./draft.js";

/** The statements of one body that come and go. */
export interface BodyChange {
  readonly home: Declaration;
  readonly placed: readonly Placement[];
  readonly removed: ReadonlySet<Declaration>;
}

/** What leaves is nothing to stand behind, but what stands before it is. */
export function standingAnchor(
  behind: Placement["behind"],
  { home, removed }: BodyChange,
): Placement["behind"] {
  const { children } = home;
  if (behind === "top") return children.length === 0 ? "end" : "top";
  const index = behind === "end" ? children.length - 1 : children.indexOf(behind);
  const before = children.slice(0, index + 1).findLast((child) => !removed.has(child));
  return before ?? (behind === "end" || removed.size === children.length ? "end" : "top");
}
