import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import type { HookEntry, MessageMapping } from "../mapping/index.js";
import { memberName } from "../runtime/index.js";
import { type Field, type FieldType, type Message, protoLine, type Schema } from "../schema/index.js";
import { hookTypeName, type NeededHook } from "./needed-hooks.js";
import { hooksName } from "./symbols.js";

/** The types of the code that a message itself needs, each by what it converts. */
export function printHookTypes(
  f: GeneratedFile,
  { v3, v4, entries }: MessageMapping,
  shape: string,
  schema: Schema,
): void {
  for (const entry of entries) {
    if (entry.kind !== "hook") continue;
    const from = v3.fullName === v4.fullName ? v3.fullName : `${v3.fullName} to ${v4.fullName}`;
    f.print(
      f.jsDoc(
        `The code "${entry.name}" from ${from}, and back.\n\nA member is absent where the field is; one direction undoes the other.`,
      ),
    );
    f.print(
      f.export("type", hookTypeName(shape, entry.name)),
      " = ",
      f.import("Hook", "proto4/runtime", true),
      "<",
    );
    for (const side of ["v3", "v4"] as const) printSide(f, entry[side], side === "v3" ? "," : "", schema);
    f.print(">;");
    f.print();
  }
}

function printSide(f: GeneratedFile, fields: HookEntry["v3"], end: string, schema: Schema): void {
  if (fields.length === 0) {
    f.print("  Record<string, never>", end);
    return;
  }
  f.print("  {");
  for (const field of fields) {
    f.print(`    /** \`${protoLine(field)}\` */`);
    f.print(`    readonly ${property(memberName(field))}?: ${typeOf(field, schema)} | undefined;`);
  }
  f.print("  }", end);
}

/** The interface that names all code which a message and what it reaches need. */
export function printHooksOf(
  f: GeneratedFile,
  v4: Message,
  shape: string,
  needed: readonly NeededHook[],
  typeName: (hook: NeededHook) => Printable,
): void {
  f.print(f.jsDoc(`The code that ${v4.fullName} and what it holds are translated by.`));
  f.print(f.export("interface", hooksName(shape)), " {");
  for (const name of new Set(needed.map((hook) => hook.name))) {
    const types = needed.filter((hook) => hook.name === name).map(typeName);
    const all = types.flatMap((type, index) => (index === 0 ? [type] : [" & ", type]));
    f.print("  readonly ", property(name), ": ", ...all, ";");
  }
  f.print("}");
  f.print();
}

function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

/** As the runtime gives and takes it. */
function typeOf(field: Field, schema: Schema): string {
  const { cardinality, type, typeName } = field;
  if (cardinality === "repeated") return `readonly ${single(type)}[]`;
  if (cardinality !== "map") return single(type);
  const entry = schema.declared.get(typeName ?? "") as Message;
  return `Readonly<Record<string, ${single(entry.fieldByNumber.get(2)!.type)}>>`;
}

function single(type: FieldType): string {
  if (type === "string") return "string";
  if (type === "bool") return "boolean";
  if (type === "bytes" || type === "message" || type === "group") return "Uint8Array";
  return wide.has(type) ? "bigint" : "number";
}

const wide: ReadonlySet<FieldType> = new Set(["int64", "uint64", "sint64", "fixed64", "sfixed64"]);
