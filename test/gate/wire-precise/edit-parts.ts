import { type EnumModel, type FieldModel, lawful, type MessageModel, type Side } from "./model.js";

export function rename(side: Side, from: string, to: string): Side {
  const { [from]: message, ...others } = side.messages;
  if (message === undefined) return side;
  const renamed = Object.entries({ ...others, [to]: message }).map(([name, { fields, reserved }]) => [
    name,
    { fields: fields.map((field) => (field.of === from ? { ...field, of: to } : field)), reserved },
  ]);
  return { ...side, messages: Object.fromEntries(renamed) };
}

/** The chosen field, or the next one that the change means something to. */
export function editField(
  side: Side,
  { which }: { readonly which: number },
  change: (field: FieldModel) => FieldModel,
): Side {
  const same = JSON.stringify(lawful(side));
  const { fields } = side.messages.M!;
  for (let turn = 0; turn < fields.length; turn++) {
    const chosen = pick(fields, which + turn);
    const edited = editMessage(side, "M", (message) => ({
      ...message,
      fields: fields.map((field) => (field === chosen ? change(field) : field)),
    }));
    if (JSON.stringify(lawful(edited)) !== same) return edited;
  }
  return side;
}

export function editMessage(side: Side, name: string, change: (message: MessageModel) => MessageModel): Side {
  const message = side.messages[name];
  if (message === undefined || message.fields.length === 0) return side;
  return { ...side, messages: { ...side.messages, [name]: change(message) } };
}

export function editEnum(side: Side, which: number, change: (declared: EnumModel) => EnumModel): Side {
  const name = pick(Object.keys(side.enums), which);
  return { ...side, enums: { ...side.enums, [name]: change(side.enums[name]!) } };
}

export function add(numbers: readonly number[], number: number): readonly number[] {
  return numbers.includes(number) ? numbers : [...numbers, number];
}

export function swap<T>(value: T, one: T, other: T): T {
  if (value === one) return other;
  return value === other ? one : value;
}

export function pick<T>(items: readonly T[], which: number): T {
  return items[which % items.length]!;
}
