import type { Location } from "../../diagnostics/index.js";
import type { Hooks } from "../../runtime/index.js";
import { type Field, locate, protoLine, type Schema } from "../../schema/index.js";
import { fieldsOf } from "../fields-of.js";
import type { Entry, MessageMapping } from "../mapping.js";
import type { FieldLine, MessageCertificate, Row } from "./certificate.js";
import { declarationOf } from "./declaration.js";
import { entryLoss } from "./entry-loss.js";
import { kindsOf } from "./kinds-of.js";

/** What crosses between two messages, an entry of the mapping a row. */
export function certifyMessage(mapping: MessageMapping, schema: Schema, hooks: Hooks): MessageCertificate {
  const { v3, v4, contract, identical, entries } = mapping;
  const rows = entries.map((entry) => certifyEntry(entry, mapping, schema, hooks));
  const at = locate(v4);
  return {
    v3: v3.fullName,
    v4: v4.fullName,
    contract,
    identical,
    ...(at === undefined ? {} : { at }),
    rows,
  };
}

function certifyEntry(entry: Entry, mapping: MessageMapping, schema: Schema, hooks: Hooks): Row {
  const { v3, v4 } = fieldsOf(entry);
  const { up, down, note } = entryLoss(entry, schema);
  const isLossy = entry.loss !== "ISO";
  const inside = insideOf(entry);
  const at = placeOf(v4) ?? placeOf(v3);
  return {
    v3: v3.map(fieldLine),
    v4: v4.map(fieldLine),
    kinds: kindsOf(entry),
    loss: entry.loss,
    ...(up !== undefined && isLossy ? { up } : {}),
    ...(down !== undefined && isLossy ? { down } : {}),
    ...(note === undefined ? {} : { note }),
    ...(inside === undefined ? {} : { inside }),
    ...(entry.kind === "hook" ? { hook: hookOf(entry.name, hooks) } : {}),
    ...declarationOf(entry, mapping, schema),
    ...(at === undefined ? {} : { at }),
  };
}

function insideOf(entry: Entry): string | undefined {
  return entry.kind === "paired" && entry.conversion.kind === "nested"
    ? entry.conversion.v4.fullName
    : undefined;
}

/** Code that says nothing of its class is OPAQUE; of code that is not at hand nothing is said. */
function hookOf(name: string, hooks: Hooks): NonNullable<Row["hook"]> {
  const code = hooks[name];
  return code === undefined ? { name } : { name, class: code.class ?? "OPAQUE" };
}

function placeOf([first]: readonly Field[]): Location | undefined {
  return first === undefined ? undefined : locate(first);
}

function fieldLine(field: Field): FieldLine {
  return { name: field.name, number: field.number, line: protoLine(field) };
}
