import type { Field, Message, Schema } from "../schema/index.js";

/** The fields of a message, and behind them the extensions of it that the schema declares. */
export type FieldsOf = (message: Message) => readonly Field[];

export function makeFieldsOf(schema: Schema): FieldsOf {
  const extensions = new Map<string, Field[]>();
  for (const element of schema.declared.values()) {
    if (element.kind !== "field" || element.extendee === undefined) continue;
    const known = extensions.get(element.extendee);
    if (known === undefined) extensions.set(element.extendee, [element]);
    else known.push(element);
  }
  return (message) => {
    const more = extensions.get(message.fullName);
    return more === undefined ? message.fields : [...message.fields, ...more];
  };
}

/** What pairs two fields: an extension's scope inside its package belongs to its name. */
export function ownName({ name, fullName, extendee, file }: Field): string {
  if (extendee === undefined) return name;
  return `(${file.package === "" ? fullName : fullName.slice(file.package.length + 1)})`;
}

/** As a path in text and JSON has it: an extension in brackets. */
export function toldName({ name, fullName, extendee }: Field): string {
  return extendee === undefined ? name : `(${fullName})`;
}
