import type { DescField } from "@bufbuild/protobuf";
import { isReflectMessage, type ReflectMessage } from "@bufbuild/protobuf/reflect";

/**
 * Whether protobuf-es has a message as it was written: it has one NaN for all, one character for all that is no
 * UTF-8 where that may be, and lists with numbers that their closed enum does not know.
 */
export function isOrdinary(message: ReflectMessage): boolean {
  return message.fields.every(
    (field) => !message.isSet(field) || valuesOf(message, field).every((value) => isPlain(field, value)),
  );
}

function valuesOf(message: ReflectMessage, field: DescField): readonly unknown[] {
  const value: unknown = message.get(field);
  return field.fieldKind === "list" || field.fieldKind === "map"
    ? [...(value as Iterable<unknown>)].flat()
    : [value];
}

function isPlain(field: DescField, value: unknown): boolean {
  if (isReflectMessage(value)) return isOrdinary(value);
  if (typeof value === "string") return !value.includes("\u{fffd}");
  if (Number.isNaN(value)) return false;
  const type = field.enum;
  if (type === undefined || type.open || field.fieldKind === "map") return true;
  return type.values.some(({ number }) => number === value);
}
