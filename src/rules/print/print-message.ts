import {
  type Container,
  type Element,
  type Enum,
  type EnumValue,
  type Field,
  fileOf,
  locate,
  type Message,
  type NumberRange,
} from "../../schema/index.js";
import { nameFrom } from "../name-source.js";
import { reservedName } from "../proto-source.js";
import { block, bracketed, commented, inSourceOrder } from "./layout.js";
import { groupOf, printExtend, printField, printOneof } from "./print-field.js";
import { optionSources, type Printing } from "./printing.js";

/** A message with all that is in it, comments included. */
export function printMessage(message: Message, printing: Printing): string {
  const head = `${visibilityOf(message)}message ${message.name}`;
  return commented(message, block(head, printBody(message, printing)));
}

/** An enum with all that is in it. */
export function printEnum(declared: Enum, printing: Printing): string {
  return commented(
    declared,
    block(`${visibilityOf(declared)}enum ${declared.name}`, [
      ...bodyOptions(declared, printing),
      ...reservedStatements(declared),
      ...inSourceOrder(declared.values).map((value) => printValue(value, printing)),
    ]),
  );
}

export function printValue(value: EnumValue, printing: Printing): string {
  const options = [...optionSources(value, printing), ...printing.lifecycle(value)];
  return commented(value, `${bracketed(`${value.name} = ${value.number}`, options)};`);
}

/** The statements in a message. */
function printBody(message: Message, printing: Printing): readonly string[] {
  const ranges = message.extensionRanges.map((range, index) => {
    const options = optionSources(message, printing, message, new Set(), index);
    return bracketed(`extensions ${rangeSource(range, greatestExtension(message))}`, options);
  });
  return [
    ...bodyOptions(message, printing),
    ...reservedStatements(message),
    ...ranges.map((range) => `${range};`),
    ...printMembers(message, printing),
  ];
}

function printMembers(message: Message, printing: Printing): readonly string[] {
  const alone = message.fields.filter(({ oneof }) => oneof === undefined);
  const members: readonly Element[] = [...alone, ...message.oneofs];
  const statements = inSourceOrder(members).map((member) => {
    if (member.kind !== "oneof") return placed(member, printField(member as Field, printing, printBody));
    const inside = inSourceOrder(member.fields).map((field) => printField(field, printing, printBody));
    return placed(member, printOneof(member, printing, inside));
  });
  return merged([...statements, ...declarations(message, printing, message.fields)]);
}

/** What a file or message declares that is no member of it, each with its place. */
export function declarations(
  container: Container,
  printing: Printing,
  fields: readonly Field[] = [],
): readonly PlacedStatement[] {
  const groups = new Set([...fields, ...container.extensions].map(groupOf));
  const messages = container.messages.filter((message) => !message.mapEntry && !groups.has(message));
  return [
    ...messages.map((message) => placed(message, printMessage(message, printing))),
    ...container.enums.map((declared) => placed(declared, printEnum(declared, printing))),
    ...extensionsOf(container, printing),
  ];
}

function extensionsOf(container: Container, printing: Printing): readonly PlacedStatement[] {
  const groups = new Map<string, Field[]>();
  for (const field of container.extensions) {
    const { extendee = "" } = field;
    groups.set(extendee, [...(groups.get(extendee) ?? []), field]);
  }
  return [...groups].map(([extendee, fields]) =>
    placed(fields[0]!, printExtend(nameFrom(fields[0]!, extendee), fields, printing, printBody)),
  );
}

/** A statement and where it stood. */
export interface PlacedStatement {
  readonly text: string;
  readonly line: number;
}

export function placed(element: Element, text: string): PlacedStatement {
  const { startLine = 0, startColumn = 0 } = locate(element) ?? {};
  return { text, line: startLine + startColumn / 1e6 };
}

/** In the order of their places; what has none stays as it comes. */
export function merged(statements: readonly PlacedStatement[]): readonly string[] {
  return statements.toSorted((a, b) => a.line - b.line).map(({ text }) => text);
}

/** The statement of a single extension. */
export function printExtension(field: Field, printing: Printing): string {
  return printExtend(nameFrom(field, field.extendee ?? ""), [field], printing, printBody);
}

/** The statement of a single field where another one stands, or would. */
export function printMember(field: Field, printing: Printing, where: Field): string {
  return printField(field, printing, printBody, where);
}

export function bodyOptions(element: Element, printing: Printing): readonly string[] {
  const options = [
    ...optionSources(element, printing, element, new Set(["map_entry"])),
    ...printing.lifecycle(element),
  ];
  return options.map((option) => `option ${option};`);
}

function reservedStatements(element: Message | Enum): readonly string[] {
  const greatest = element.kind === "enum" ? GREATEST_VALUE : GREATEST_FIELD;
  const ranges = element.reservedRanges.map((range) => rangeSource(range, greatest));
  const names = element.reservedNames.map((name) => reservedName(name, element));
  return [ranges, names].filter((list) => list.length > 0).map((list) => `reserved ${list.join(", ")};`);
}

/** As the source writes it. */
export function rangeSource({ start, end }: NumberRange, greatest: number = GREATEST_FIELD): string {
  return start === end ? `${start}` : `${start} to ${end === greatest ? "max" : end}`;
}

/** Of a MessageSet, one less than that of an int32. */
export function greatestExtension({ messageSet }: Message): number {
  return messageSet ? GREATEST_VALUE - 1 : GREATEST_FIELD;
}

/** The keyword, where the file's default is another. */
function visibilityOf(element: Message | Enum): string {
  const isTop = element.parent.kind === "file";
  const usual = { EXPORT_ALL: true, EXPORT_TOP_LEVEL: isTop, LOCAL_ALL: false, STRICT: false };
  const { defaultVisibility, edition } = fileOf(element);
  const isExported = element.visibility === "export";
  return edition < EDITION_2024 || usual[defaultVisibility] === isExported ? "" : `${element.visibility} `;
}

const EDITION_2024 = 1001;
const GREATEST_FIELD = 536_870_911;
const GREATEST_VALUE = 2_147_483_647;
