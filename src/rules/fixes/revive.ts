import {
  type Declaration,
  type Element,
  type Enum,
  type EnumValue,
  type Field,
  fileOf,
  type Message,
  type Method,
  type Oneof,
  type SchemaFile,
} from "../../schema/index.js";
import { describe } from "../describe.js";
import type { Fix } from "../fix.js";
import { groupOf } from "../print/print-field.js";
import { printFile, printMethod, printService } from "../print/print-file.js";
import { printEnum, printExtension, printMember, printMessage, printValue } from "../print/print-message.js";
import type { Printing } from "../print/printing.js";
import { promiser } from "../promise.js";
import type { RuleContext } from "../rule.js";
import { importsFor, optionsPath } from "./imports.js";
import { restoreOneof } from "./oneof.js";
import { reviving } from "./print-revived.js";
import { siblingsBefore } from "./siblings.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/** What may come back by itself. */
type Revived = Exclude<Element, SchemaFile>;
type Alone = Exclude<Revived, Oneof>;

/**
 * Brings something back that left, with the outermost of what left around it, and with the types that left with it.
 * @param seen what is on its way back already: types refer to each other in circles
 * @param isCleared whether who has its number gets another one
 */
export function revive(
  element: Element,
  context: RuleContext,
  seen: Set<string> = new Set(),
  isCleared = false,
): WayBack {
  const lost = outermost(promiser(element), context);
  if (seen.has(lost.fullName)) return together();
  seen.add(lost.fullName);
  if (lost.kind === "file") return recreate(lost, context);
  const taken = whyTaken(lost, context, isCleared);
  if (taken !== undefined) return unfixable(taken);
  const oneof = lostOneof(lost, context);
  if (lost.kind === "oneof" || oneof !== undefined) {
    const whole = oneof ?? (lost as Oneof);
    return reviveOneof(whole, messageAfter(whole, context)!, context, seen);
  }
  const printing = reviving(lost, context);
  const statement = printAlone(lost, printing, context);
  if (printing.lost.size > 0) return unfixable(`it had ${[...printing.lost].join(" and ")}`);
  const [home, path] = homeAfter(lost, context);
  const insert: Fix = {
    kind: "insert",
    path,
    symbol: home,
    statement,
    after: siblingsBefore(lost),
  };
  const freed = unreserve(lost, context);
  const needs = bringAlong(printing, context.after.files.get(path), context, seen);
  return together({ fixes: [...freed, insert] }, needs);
}

/** A oneof with its fields, which are in it as they are now, or come back as well. */
export function reviveOneof(
  oneof: Oneof,
  parent: Message,
  context: RuleContext,
  seen: Set<string> = new Set(),
): WayBack {
  const { way, printings } = restoreOneof(oneof, parent, context);
  return together(way, ...printings.map((printing) => bringAlong(printing, parent.file, context, seen)));
}

/** The oneof of a field that is not there any more. */
function lostOneof(lost: Revived, context: RuleContext): Oneof | undefined {
  if (lost.kind !== "field" || oneofAfter(lost, context) !== undefined) return undefined;
  return lost.oneof;
}

/** What is named must be there, and be seen from where it is named. */
export function bringAlong(
  { used }: Printing,
  file: SchemaFile | undefined,
  context: RuleContext,
  seen: Set<string>,
): WayBack {
  const { before, after } = context;
  if (file === undefined) return together();
  const ways = [...used].map((name): WayBack => {
    const home = homesOfOptions[name] ?? after.declared.get(name)?.file.fullName;
    if (home !== undefined) return { fixes: importsFor(file, home, after) };
    const gone = before.declared.get(name);
    if (gone === undefined) return together();
    return together(revive(gone, context, seen), { fixes: importsFor(file, gone.file.fullName, after) });
  });
  return together(...ways);
}

const homesOfOptions: Readonly<Record<string, string>> = {
  [optionsPath]: optionsPath,
  "pb.cpp": "google/protobuf/cpp_features.proto",
  "pb.java": "google/protobuf/java_features.proto",
};

/** The element, or what left around it. */
function outermost(element: Element, context: RuleContext): Element {
  if (element.kind === "file") return element;
  const { after } = context;
  let lost: Element = groupFieldOf(element) ?? element;
  for (let { parent } = element; ; { parent } = parent as Exclude<typeof parent, SchemaFile>) {
    if (parent.kind === "file") return after.files.has(parent.fullName) ? lost : parent;
    if (after.declared.get(parent.fullName)?.kind !== parent.kind) lost = groupFieldOf(parent) ?? parent;
  }
}

/** The message of a group comes back with its field. */
function groupFieldOf(element: Element): Field | undefined {
  if (element.kind !== "message") return undefined;
  const { parent } = element;
  const fields = parent.kind === "message" ? [...parent.fields, ...parent.extensions] : parent.extensions;
  return fields.find((field) => groupOf(field) === element);
}

/** What has the name or the number by now. */
function whyTaken(lost: Revived, context: RuleContext, isCleared: boolean): string | undefined {
  const { after } = context;
  const names = [lost, ...(lost.kind === "field" ? [groupOf(lost) ?? lost] : [])];
  for (const { fullName } of names) {
    const taker = after.elements.get(fullName);
    if (taker !== undefined)
      return taker.kind === lost.kind && lost.kind !== "field"
        ? `${describe(lost)} stands in ${fileOf(taker).fullName} now, and to move it back would take it from there`
        : `its name is taken by ${describe(taker)} now`;
  }
  if (lost.kind !== "field" || lost.parent.kind === "file") return undefined;
  const parent = messageAfter(lost, context);
  if (parent === undefined || lost.extendee !== undefined) return undefined;
  const taker = parent.fieldByNumber.get(lost.number);
  if (taker !== undefined && !isCleared) return `its number is taken by ${describe(taker)} now`;
  return isIn(lost.number, parent.extensionRanges) ? "its number is given to extensions now" : undefined;
}

function isIn(number: number, ranges: Message["extensionRanges"]): boolean {
  return ranges.some(({ start, end }) => start <= number && number <= end);
}

/** Where it is to stand: the full name of what is around it, and the file. */
function homeAfter(lost: Revived, context: RuleContext): readonly [symbol: string, path: string] {
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

function printAlone(lost: Alone, printing: Printing, context: RuleContext): string {
  switch (lost.kind) {
    case "field":
      return lost.extendee === undefined
        ? printMember(lost, printing, inPlace(lost, context))
        : printExtension(lost, printing);
    case "enum-value":
      return printValue(lost, printing);
    case "method":
      return printMethod(lost as Method, printing);
    default:
      return printDeclaration(lost, printing);
  }
}

function printDeclaration(lost: Exclude<Declaration, Field>, printing: Printing): string {
  if (lost.kind === "message") return printMessage(lost, printing);
  return lost.kind === "enum" ? printEnum(lost, printing) : printService(lost, printing);
}

/** The field as it would stand in its message now: names and features may mean another thing there. */
export function inPlace(field: Field, context: RuleContext): Field {
  const parent = messageAfter(field, context);
  return parent === undefined ? field : { ...field, parent, file: parent.file };
}

/** What reserves its number or name must not do so any more. */
function unreserve(lost: Revived, { after }: RuleContext): readonly Fix[] {
  if (lost.kind !== "field" && lost.kind !== "enum-value") return [];
  const parent = after.declared.get(lost.parent.fullName);
  if (parent?.kind !== "message" && parent?.kind !== "enum") return [];
  return unreserved(parent, lost);
}

/** @param owner whose number and name they are */
export function unreserved(parent: Message | Enum, { name, number }: Field | EnumValue): readonly Fix[] {
  const numbers = isIn(number, parent.reservedRanges) ? [{ start: number, end: number }] : [];
  const names = parent.reservedNames.includes(name) ? [name] : [];
  if (numbers.length + names.length === 0) return [];
  const { fullName: symbol, file } = parent;
  return [{ kind: "unreserve", path: file.fullName, symbol, numbers, names }];
}

/** A file comes back as it was: it is not there to be marked by anybody. */
function recreate(lost: SchemaFile, context: RuleContext): WayBack {
  const moved = [...lost.messages, ...lost.enums, ...lost.services, ...lost.extensions].find(({ fullName }) =>
    context.after.declared.has(fullName),
  );
  if (moved !== undefined)
    return unfixable(
      `${describe(moved)} stands in ${context.after.declared.get(moved.fullName)?.file.fullName} now`,
    );
  const printing = reviving(lost, context);
  const text = printFile(lost, printing);
  if (printing.lost.size > 0) return unfixable(`it had ${[...printing.lost].join(" and ")}`);
  const { fullName: path } = lost;
  const away = lost.dependencies.flatMap((each) => {
    const file = context.before.files.get(each);
    return file === undefined || context.after.files.has(each) ? [] : [recreate(file, context)];
  });
  return together({ fixes: [{ kind: "create", path, symbol: path, text }] }, ...away);
}
