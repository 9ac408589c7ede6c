import { Proto4Error } from "../../diagnostics/index.js";

/** The layout that this proto4 reads and writes. */
export const layout = 1;

/** @throws Proto4Error "store-invalid" for another layout than this one's */
export function checkLayout(found: number): void {
  if (found === layout) return;
  throw new Proto4Error(
    "store-invalid",
    found < layout
      ? `the store has the layout ${found} of an elder proto4, this one keeps layout ${layout}: run "proto4 registry migrate" once, when nobody publishes with the elder one any more`
      : `the store has layout ${found}, this proto4 knows ${layout} at most: install a newer proto4`,
  );
}
