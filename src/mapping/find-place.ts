import type { Field, Schema } from "../schema/index.js";

/** A field in a submessage, and the one that holds the submessage. */
export interface Place {
  readonly holder: Field;
  readonly inner: Field;
}

/** The field that a path leads to, one level down in a message of which there is one, outside of oneofs. */
export function findPlace(path: string, among: readonly Field[], { declared }: Schema): Place | undefined {
  const [outer, name, ...deeper] = path.split(".");
  const holder = among.find((field) => field.name === outer && field.extendee === undefined);
  const message = declared.get(holder?.typeName ?? "");
  if (holder?.cardinality !== "explicit" || holder.oneof !== undefined || deeper.length > 0) return undefined;
  const inner = message?.kind === "message" ? message.fields.find((field) => field.name === name) : undefined;
  return inner === undefined || inner.oneof !== undefined ? undefined : { holder, inner };
}
