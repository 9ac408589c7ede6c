import type { Element, Enum, EnumValue, Field, Message, Oneof, SchemaFile } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import type { RuleContext } from "../rule.js";

/** What may come back by itself. */
export type Revived = Exclude<Element, SchemaFile>;

/** Where it is to stand: the full name of what is around it, and the file. */
export function homeAfter(lost: Revived, context: RuleContext): readonly [symbol: string, path: string] {
  const oneof = lost.kind === "field" ? oneofAfter(lost, context) : undefined;
  if (oneof !== undefined) return [oneof.fullName, oneof.file.fullName];
  if (lost.parent.kind === "file") return [lost.parent.fullName, lost.parent.fullName];
  const parent = context.after.declared.get(lost.parent.fullName);
  return [lost.parent.fullName, (parent?.file ?? lost.file).fullName];
}

export function messageAfter({ parent }: Field | Oneof, { after }: RuleContext): Message | undefined {
  const found = after.declared.get(parent.fullName);
  return found?.kind === "message" ? found : undefined;
}

export function oneofAfter(lost: Field, context: RuleContext): Oneof | undefined {
  return messageAfter(lost, context)?.oneofs.find(({ name }) => name === lost.oneof?.name);
}

/** The field as it would stand in its message now: names and features may mean another thing there. */
export function inPlace(field: Field, context: RuleContext): Field {
  const parent = messageAfter(field, context);
  return parent === undefined ? field : { ...field, parent, file: parent.file };
}

/** What reserves its number or name must not do so any more. */
export function unreserve(lost: Revived, { after }: RuleContext): readonly Fix[] {
  if (lost.kind !== "field" && lost.kind !== "enum-value") return [];
  const parent = after.declared.get(lost.parent.fullName);
  if (parent?.kind !== "message" && parent?.kind !== "enum") return [];
  return unreserved(parent, lost);
}

/** The number and the name of a member, as far as its message or enum reserves them. */
export function unreserved(parent: Message | Enum, { name, number }: Field | EnumValue): readonly Fix[] {
  const numbers = isIn(number, parent.reservedRanges) ? [{ start: number, end: number }] : [];
  const names = parent.reservedNames.includes(name) ? [name] : [];
  if (numbers.length + names.length === 0) return [];
  const { fullName: symbol, file } = parent;
  return [{ kind: "unreserve", path: file.fullName, symbol, numbers, names }];
}

export function isIn(number: number, ranges: Message["extensionRanges"]): boolean {
  return ranges.some(({ start, end }) => start <= number && number <= end);
}
