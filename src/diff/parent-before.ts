import type { Container, Message, Schema, SchemaFile } from "../schema/index.js";

/** What an added element joined, as it was before; `undefined` where that is new too. */
export function parentBefore(parent: Container, before: Schema): SchemaFile | Message | undefined {
  if (parent.kind === "file") return before.files.get(parent.fullName);
  const found = before.declared.get(parent.fullName);
  return found?.kind === "message" ? found : undefined;
}
