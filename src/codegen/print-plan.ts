import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import { fieldsOf, type MessagePlan, type Shape } from "../runtime/index.js";
import type { Field, Schema } from "../schema/index.js";
import { protoLine } from "../schema/index.js";
import type { MessagePart } from "./message-plans.js";
import { printLiteral } from "./print-literal.js";
import { planName } from "./symbols.js";

/** What the plans of a file are printed with. */
export interface PlanScope {
  readonly schema: Schema;
  /** The constants that hold shapes, by message. */
  readonly shapes: ReadonlyMap<string, string>;
  /** How the plan of a message is referred to, by its name in v3; `undefined` where none is needed. */
  readonly planOf: (v3: string) => PlanReference | undefined;
  /** The plan of the whole file, which is printed last. */
  readonly whole: Printable;
  /** The field that carries stashes; `undefined` for the default. */
  readonly stashField: number | undefined;
}

interface PlanReference {
  readonly name: Printable;
  /** Whether it is declared further down, so that only what is called later can refer to it. */
  readonly later: boolean;
}

/**
 * The shapes of a plan, each as a constant that several messages may read by.
 * @returns their names
 */
export function printShapes(f: GeneratedFile, shapes: readonly Shape[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const shape of shapes) {
    let name = `${shape.message.replaceAll(".", "_")}_shape`;
    while (taken.has(name)) name += "$";
    taken.add(name);
    names.set(shape.message, name);
    f.print(`// How values of ${shape.message} are read.`);
    f.print("const ", name, ": ", f.import("Shape", "proto4/runtime", true), " = ", printLiteral(shape), ";");
    f.print();
  }
  return names;
}

/** The plan of one message, with the declarations that each of its parts is about. */
export function printMessagePlan(
  f: GeneratedFile,
  declaration: Printable,
  part: MessagePart,
  { schema, shapes, planOf, whole, stashField }: PlanScope,
): void {
  const comments = declarations(part.messages, schema);
  const messages = printLiteral(part.messages, (each) => comments.get(each), "  ", "messages: ");
  const uses = part.nested.flatMap((name) => planOf(name) ?? []);
  const used = [...uses, ...(part.any ? [{ name: whole, later: true }] : [])];
  const list = commaSeparated(used.map(({ name }) => name));
  f.print(declaration, ": ", f.import("Plan", "proto4/runtime", true), " = {");
  f.print("  messages: ", messages, ",");
  f.print("  shapes: [", part.shapes.map((name) => shapes.get(name) ?? []).join(", "), "],");
  if (stashField !== undefined) f.print("  stashNumber: ", stashField, ",");
  // A getter is called when the first message is translated, and by then all plans are there.
  if (used.some(({ later }) => later)) {
    f.print("  get uses() {");
    f.print("    return [", list, "];");
    f.print("  },");
  } else if (used.length > 0) f.print("  uses: [", list, "],");
  f.print("};");
  f.print();
}

/** All plans of a file as one, for payloads of any type and for who makes translators by name. */
export function printFilePlan(
  f: GeneratedFile,
  path: string,
  plans: readonly Printable[],
  stashField: number | undefined,
): void {
  f.print(f.jsDoc(`What differs in all messages of ${path}.`));
  f.print(f.export("const", planName(path)), ": ", f.import("Plan", "proto4/runtime", true), " = {");
  f.print("  messages: [],");
  f.print("  shapes: [],");
  if (stashField !== undefined) f.print("  stashNumber: ", stashField, ",");
  f.print("  uses: [");
  for (const plan of plans) f.print("    ", plan, ",");
  f.print("  ],");
  f.print("};");
  f.print();
}

function commaSeparated(items: readonly Printable[]): Printable[] {
  return items.flatMap((item, index) => (index === 0 ? [item] : [", ", item]));
}

/** A comment for each part of the plan that speaks of particular fields. */
function declarations(messages: readonly MessagePlan[], schema: Schema): ReadonlyMap<unknown, string> {
  const comments = new Map<unknown, string>();
  for (const message of messages) {
    const v3 = lines(schema, message.v3);
    const v4 = lines(schema, message.v4);
    for (const entry of message.changes?.changed ?? []) {
      const fields = fieldsOf(entry);
      const elder = fields.v3.map(({ number }) => v3(number));
      const newer = fields.v4.map(({ number }) => v4(number));
      const other = newer.filter((line) => !elder.includes(line));
      const sides = [elder.join(", "), other.join(", ")].filter((side) => side !== "");
      comments.set(entry, sides.join(" → "));
    }
    for (const only of message.changes?.only ?? [])
      comments.set(only, `${only.side} only: ${(only.side === "v3" ? v3 : v4)(only.field.number)}`);
  }
  return comments;
}

function lines(schema: Schema, name: string): (number: number) => string {
  const message = schema.declared.get(name);
  return (number) => {
    const field = message?.kind === "message" ? message.fieldByNumber.get(number) : undefined;
    const found = field ?? findExtension(schema, name, number);
    return found === undefined ? `field ${number}` : protoLine(found);
  };
}

function findExtension({ declared }: Schema, extendee: string, number: number): Field | undefined {
  for (const element of declared.values())
    if (element.kind === "field" && element.extendee === extendee && element.number === number)
      return element;
  return undefined;
}
