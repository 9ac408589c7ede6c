import type { Change } from "../../diff/index.js";

/** What tells a change from the others of its kind and element; the same text for the same. */
export function aspectOf(change: Change): string {
  return "from" in change
    ? JSON.stringify([change.from, change.to, "option" in change ? change.option : ""])
    : "";
}
