import type { Field, Schema } from "../schema/index.js";
import type { Mapping } from "./mapping.js";
import { unsupported } from "./refuse.js";

/**
 * Extensions are copied as they are, so those of one number have to be alike on both sides.
 * @throws Proto4Error "mapping-unsupported"
 */
export function checkExtensions(schema: Schema, mapping: Mapping): void {
  const extensions = [...schema.elements.values()].filter(
    (element): element is Field => element.kind === "field" && element.extendee !== undefined,
  );
  if (extensions.length === 0) return;
  const alike = unchangedTypes(mapping);
  for (const { v3, v4 } of mapping.messages)
    for (const newer of extensions.filter(({ extendee }) => extendee === v4.fullName)) {
      const elder = extensions.find(
        ({ extendee, number }) => extendee === v3.fullName && number === newer.number,
      );
      if (elder === undefined || isAlike(elder, newer, alike)) continue;
      throw unsupported(
        newer,
        `the extension ${newer.fullName} differs from ${elder.fullName}, which extends ${v3.fullName} under the same number`,
        "keep its type, or take another number",
      );
    }
}

/** Elder name by newer name of the types whose bytes mean the same. */
function unchangedTypes({ messages, enums }: Mapping): ReadonlyMap<string, string> {
  return new Map(
    [
      ...messages.filter(({ identical }) => identical),
      ...enums.filter(({ renumbered }) => renumbered.length === 0),
    ].map(({ v3, v4 }) => [v4.fullName, v3.fullName]),
  );
}

function isAlike(elder: Field, newer: Field, alike: ReadonlyMap<string, string>): boolean {
  if (elder.type !== newer.type || elder.cardinality !== newer.cardinality) return false;
  return elder.typeName === newer.typeName || alike.get(newer.typeName ?? "") === elder.typeName;
}
