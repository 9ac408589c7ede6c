import type { Enum, Message } from "../schema/index.js";
import type { ChangeOf } from "./change.js";

/** Whether other files may still name a message or enum, or may now. */
export function* diffVisibility(
  before: Message | Enum,
  after: Message | Enum,
): Generator<ChangeOf<"visibility-changed">> {
  // Nobody names the entry of a map.
  if (before.visibility === after.visibility || (after.kind === "message" && after.mapEntry)) return;
  yield { kind: "visibility-changed", before, after, from: before.visibility, to: after.visibility };
}
