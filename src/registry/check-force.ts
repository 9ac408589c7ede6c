import { Proto4Error } from "../diagnostics/index.js";

/**
 * Checks the reason for which something is forced.
 * @throws Proto4Error "usage" for one that says nothing; without any, nothing is forced
 */
export function checkForce(reason: string | undefined): void {
  if (reason === undefined || reason.trim() !== "") return;
  throw new Proto4Error("usage", "to force it needs a reason: it stands in the audit trail");
}
