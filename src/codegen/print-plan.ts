import type { GeneratedFile } from "@bufbuild/protoplugin";
import type { FilePlan } from "../mapping/index.js";
import { fieldsOf } from "../runtime/index.js";
import type { Field, Schema } from "../schema/index.js";
import { protoLine } from "../schema/index.js";
import { printLiteral } from "./print-literal.js";
import { importPlan, planName } from "./symbols.js";

/** The plan of one v4 file, with the declarations that each of its parts is about. */
export function printPlan(f: GeneratedFile, path: string, { plan, uses }: FilePlan, schema: Schema): void {
  const comments = declarations(plan.messages, schema);
  const print = (value: unknown) => printLiteral(value, (part) => comments.get(part), "  ");
  const used = uses.flatMap((other, index) =>
    index === 0 ? [importPlan(f, other)] : [", ", importPlan(f, other)],
  );
  f.print(f.jsDoc("What differs between the generations, for the translators below."));
  f.print(f.export("const", planName(path)), ": ", f.import("Plan", "proto4/runtime", true), " = {");
  f.print("  messages: ", print(plan.messages), ",");
  f.print("  shapes: ", print(plan.shapes), ",");
  if (used.length > 0) f.print("  uses: [", used, "],");
  f.print("};");
  f.print();
}

/** A comment for each part of the plan that speaks of particular fields. */
function declarations(messages: FilePlan["plan"]["messages"], schema: Schema): ReadonlyMap<unknown, string> {
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
