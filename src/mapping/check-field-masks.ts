import type { Message, Method, Schema } from "../schema/index.js";
import { fieldsOf } from "./fields-of.js";
import type { Entry, Mapping } from "./mapping.js";
import { reachableMessages } from "./reach.js";
import { unsupported } from "./refuse.js";

/**
 * A FieldMask speaks of fields by name: where a name changes or goes, paths of v3 lead nowhere in v4.
 * @throws Proto4Error "mapping-unsupported"
 */
export function checkFieldMasks(schema: Schema, { messages, services }: Mapping): void {
  const [first] = messages.flatMap(({ entries }) => entries).flatMap(tellUnnamed);
  if (first === undefined) return;
  for (const { v4 } of services.flatMap(({ methods }) => methods))
    if (takesFieldMask(schema, v4))
      throw unsupported(
        v4,
        `the request of ${v4.fullName} holds a google.protobuf.FieldMask while ${first}, so that its paths would lead nowhere`,
        "keep the names of fields that masks can name, or leave the mask out of the request",
      );
}

/** What became of a v3 field whose name v4 does not have. */
function tellUnnamed(entry: Entry): readonly string[] {
  if (entry.kind === "only") return entry.side === "v3" ? [`v4 has no ${entry.field.fullName}`] : [];
  const { v3, v4 } = fieldsOf(entry);
  return v3
    .filter(({ name }) => !v4.some((field) => field.name === name))
    .map(({ fullName }) => `${fullName} becomes ${v4.map(({ name }) => name).join(", ")}`);
}

function takesFieldMask(schema: Schema, { input }: Method): boolean {
  const reached = reachableMessages(schema, [schema.elements.get(input) as Message]);
  return [...reached].some(({ fullName }) => fullName === "google.protobuf.FieldMask");
}
