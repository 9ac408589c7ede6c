import { type DescField, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { isReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { join } from "./arbitrary-bytes.js";
import { recode } from "./canonical-form.js";
import { toHex } from "./defaults.js";
import { selectFields } from "./select-fields.js";

/**
 * Some fields of a message in canonical form. Taken from the bytes, because a part of a message may lack what
 * the whole requires.
 */
export function partForm(canonical: Uint8Array, numbers: ReadonlySet<number>): string {
  return toHex(selectFields(canonical, (number) => numbers.has(number)));
}

/** `bytes` with some fields as `other` has them, as a stub writes both. */
export function withParts(
  desc: DescMessage,
  bytes: Uint8Array,
  other: Uint8Array,
  numbers: ReadonlySet<number>,
): Uint8Array {
  return join([
    selectFields(recode(desc, bytes), (number) => !numbers.has(number)),
    selectFields(recode(desc, other), (number) => numbers.has(number)),
  ]);
}

/** Paths of the fields in which two messages in canonical form differ, down to the innermost. */
export function differingFields(desc: DescMessage, one: Uint8Array, other: Uint8Array): readonly string[] {
  const declared = new Set(desc.fields.map(({ number }) => number));
  const [unknown, also] = [one, other].map((bytes) =>
    toHex(selectFields(bytes, (number) => !declared.has(number))),
  );
  return [
    ...desc.fields.flatMap((field) => differing(desc, field, one, other)),
    ...(unknown === also ? [] : ["(an unknown field)"]),
  ];
}

function differing(
  desc: DescMessage,
  field: DescField,
  one: Uint8Array,
  other: Uint8Array,
): readonly string[] {
  const numbers = new Set([field.number]);
  if (partForm(one, numbers) === partForm(other, numbers)) return [];
  const [inner, also] = [one, other].map((bytes) => innerBytes(desc, field, bytes));
  if (field.message === undefined || inner === undefined || also === undefined) return [field.name];
  return differingFields(field.message, inner, also).map((path) => `${field.name}.${path}`);
}

function innerBytes(desc: DescMessage, field: DescField, bytes: Uint8Array): Uint8Array | undefined {
  if (field.fieldKind !== "message") return undefined;
  const message = reflect(desc, fromBinary(desc, bytes));
  const value = message.isSet(field) ? message.get(field) : undefined;
  return isReflectMessage(value) ? toBinary(field.message, value.message) : undefined;
}
