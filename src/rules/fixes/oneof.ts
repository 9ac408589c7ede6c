import type { Field, Message, Oneof } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import { printOneof } from "../print/print-field.js";
import { printMember } from "../print/print-message.js";
import type { Printing } from "../print/printing.js";
import type { RuleContext } from "../rule.js";
import { reviving, unchanged } from "./print-revived.js";
import { siblingsBefore } from "./siblings.js";
import { unfixable, type WayBack } from "./way-back.js";

/** A oneof that comes back, and how its statement was printed: what that names must be there, too. */
export interface Restored {
  readonly way: WayBack;
  readonly printings: readonly Printing[];
}

/** Takes fields that are alternatives back into their oneof, which comes back by its name if there is another one. */
export function restoreOneof(before: Oneof, parent: Message, context: RuleContext): Restored {
  const heir = heirOf(before, parent);
  const { fullName: path } = parent.file;
  if (heir !== undefined)
    return only({
      fixes: [{ kind: "replace", path, symbol: heir.fullName, part: "name", text: before.name }],
    });
  if (nameTaken(before, parent)) return only(unfixable(`the name of oneof "${before.name}" is taken now`));
  const members = before.fields.map((field) => memberOf(field, parent, context));
  const printing = unchanged(context.before);
  const inside = members.map(({ statement }) => statement);
  const statement = printOneof(before, printing, inside);
  const insert: Fix = {
    kind: "insert",
    path,
    symbol: parent.fullName,
    statement,
    after: siblingsBefore(before),
  };
  const standing = before.fields.flatMap((field) => parent.fieldByNumber.get(field.number) ?? []);
  const removed = leaving(standing, context);
  return {
    way: { fixes: [...removed, insert] },
    printings: [printing, ...members.map((member) => member.printing)],
  };
}

function only(way: WayBack): Restored {
  return { way, printings: [] };
}

/** The oneof that has all its fields, and none that had another home before: it was renamed. */
function heirOf(before: Oneof, parent: Message): Oneof | undefined {
  const standing = before.fields.flatMap((field) => parent.fieldByNumber.get(field.number) ?? []);
  const [first] = standing;
  const heir = first?.oneof;
  if (heir === undefined || standing.some(({ oneof }) => oneof !== heir)) return undefined;
  const isNew = !before.parent.oneofs.some(({ name }) => name === heir.name);
  const isAlone = heir.fields.every(({ number }) => {
    const was = before.parent.fieldByNumber.get(number);
    return was === undefined || was.oneof === before;
  });
  return isNew && isAlone ? heir : undefined;
}

function nameTaken({ name, fullName }: Oneof, parent: Message): boolean {
  return [...parent.fields, ...parent.messages, ...parent.enums].some(
    (element) => element.name === name || element.fullName === fullName,
  );
}

/** A field of a oneof as it is now, or as it was where it is gone. */
function memberOf(field: Field, parent: Message, context: RuleContext) {
  const after = parent.fieldByNumber.get(field.number);
  const printing = after === undefined ? reviving(field, context) : unchanged(context.after);
  const statement =
    after === undefined
      ? printMember(field, printing, { ...field, parent, file: parent.file })
      : moved(field, after, printing);
  return { statement, printing };
}

/** A field as it is now, written for where it was: within a oneof it has no label, outside it may need one. */
export function moved(before: Field, after: Field, printing: Printing): string {
  const cardinality = before.oneof === undefined ? before.cardinality : ("explicit" as const);
  const field: Field = { ...after, oneof: before.oneof, cardinality };
  return printMember(field, printing, field);
}

/** Fields leave where they are; with them a oneof that would be empty. */
export function leaving(fields: readonly Field[], context: RuleContext): readonly Fix[] {
  return fields.map((field) => {
    const { oneof } = field;
    const isEmptied = oneof?.fields.every((member) => fields.includes(member) || leaves(member, context));
    const { fullName: symbol, file } = isEmptied === true && oneof !== undefined ? oneof : field;
    return { kind: "remove", path: file.fullName, symbol };
  });
}

/** Whether a field is in a oneof that it was not in before. */
function leaves({ parent, number, oneof }: Field, { before }: RuleContext): boolean {
  const was = before.declared.get(parent.fullName);
  const field = was?.kind === "message" ? was.fieldByNumber.get(number) : undefined;
  return field !== undefined && field.oneof?.name !== oneof?.name;
}
