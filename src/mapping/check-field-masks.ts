import type { Message, Method, Schema } from "../schema/index.js";
import type { Mapping } from "./mapping.js";
import { reachableMessages } from "./reach.js";
import { unsupported } from "./refuse.js";

/**
 * A FieldMask speaks of fields by name: where names change, its paths would have to change with them.
 * @throws Proto4Error "mapping-unsupported"
 */
export function checkFieldMasks(schema: Schema, { messages, services }: Mapping): void {
  const renamed = messages
    .flatMap(({ entries }) => entries)
    .find((entry) => entry.kind !== "only" && entry.v3.name !== entry.v4.name);
  if (renamed === undefined || renamed.kind === "only") return;
  for (const { v4 } of services.flatMap(({ methods }) => methods))
    if (takesFieldMask(schema, v4))
      throw unsupported(
        v4,
        `the request of ${v4.fullName} holds a google.protobuf.FieldMask while ${renamed.v3.fullName} becomes ${renamed.v4.name}, so that its paths would lead nowhere`,
        "keep the names of fields that masks can name, or leave the mask out of the request",
      );
}

function takesFieldMask(schema: Schema, { input }: Method): boolean {
  const reached = reachableMessages(schema, [schema.elements.get(input) as Message]);
  return [...reached].some(({ fullName }) => fullName === "google.protobuf.FieldMask");
}
