import { type Field, fileOf, type Message, type Oneof } from "../../schema/index.js";
import { fieldOptions } from "../field-options.js";
import { messageIn } from "../member-index.js";
import { isGroup, labelOf, shortName, typeSource } from "../proto-source.js";
import { block, bracketed, commented, inSourceOrder } from "./layout.js";
import { optionSources, type Printing } from "./printing.js";

/**
 * A field, or an extension inside its `extend`, as its author could write it, with all that it has.
 * @param body prints what is in a group
 * @param where the field in whose place it is written
 */
export function printField(
  field: Field,
  printing: Printing,
  body: BodyPrinter,
  where: Field = field,
): string {
  const options = [
    ...fieldOptions(field, where),
    ...optionSources(field, printing, where, ownWays),
    ...printing.lifecycle(field),
  ];
  const group = groupOf(field);
  const head =
    group === undefined
      ? `${labelOf(field, where)}${typeSource(field, where)} ${field.name} = ${field.number}`
      : `${labelOf(field, where)}group ${shortName(field)} = ${field.number}`;
  const statement = bracketed(head, options);
  if (group !== undefined) return commented(field, block(statement, body(group, printing)));
  for (const name of typesOf(field)) printing.used.add(name);
  for (const option of options)
    if (option.includes("(pb.")) printing.used.add(option.includes("(pb.cpp)") ? "pb.cpp" : "pb.java");
  return commented(field, `${statement};`);
}

export type BodyPrinter = (message: Message, printing: Printing) => readonly string[];

export function printOneof(oneof: Oneof, printing: Printing, fields: readonly string[] = []): string {
  const options = optionSources(oneof, printing).map((option) => `option ${option};`);
  return commented(oneof, block(`oneof ${oneof.name}`, [...options, ...fields]));
}

/** Extensions that stand together, under what they extend. */
export function printExtend(
  extendee: string,
  fields: readonly Field[],
  printing: Printing,
  body: BodyPrinter,
): string {
  const statements = inSourceOrder(fields).map((field) => printField(field, printing, body));
  printing.used.add(fields[0]?.extendee ?? "");
  return block(`extend ${extendee}`, statements);
}

/** The message of a group, which its field declares. */
export function groupOf(field: Field): Message | undefined {
  if (!isGroup(field)) return undefined;
  const { parent, typeName = "" } = field;
  if (parent.kind === "message") return messageIn(parent, typeName);
  return fileOf(field).messages.find(({ fullName }) => fullName === typeName);
}

/** Full names of the types that a field names; of a map, that of its value. */
export function typesOf(field: Field): readonly string[] {
  const { cardinality, parent, typeName } = field;
  if (typeName === undefined) return [];
  if (cardinality !== "map" || parent.kind === "file") return [typeName];
  return messageIn(parent, typeName)?.fields.flatMap((part) => part.typeName ?? []) ?? [];
}

/** What `fieldOptions` prints, which knows what they mean where the field stands. */
const ownWays: ReadonlySet<string> = new Set(["packed", "ctype", "jstype", "features"]);
