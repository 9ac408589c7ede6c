import {
  type Element,
  type Enum,
  type EnumValue,
  type Field,
  fileOf,
  type Lifecycle,
  type Message,
  type Method,
} from "../schema/index.js";
import { fieldOptions } from "./field-options.js";
import { lifecycleOptions, ownOptions } from "./lifecycle-options.js";
import { messageIn } from "./member-index.js";
import { nameFrom } from "./name-source.js";

/**
 * A field's statement as its author could write it, with what it sets itself; `options` stand in for those of proto4.
 * A proto2 group declares its message with it, whose body is more than a line: that one is told of in words.
 */
export function fieldSource(field: Field, options = ownOptions(field), where = field): string {
  const all = [...fieldOptions(field, where), ...options];
  const { name, number } = field;
  if (isGroup(field)) {
    const rest = all.length === 0 ? "" : ` and the options ${all.join(", ")}`;
    return `${labelOf(field, where)}group ${shortName(field)} = ${number}, with its body${rest}`;
  }
  return `${labelOf(field, where)}${typeSource(field, where)} ${name} = ${number}${brackets(all)};`;
}

/** What `before` was, as it is written where it is now, or in its message: names and features may mean another thing there. */
export function keptSource(before: Field, after: Field | Message): string {
  const where = after.kind === "field" ? after : { ...before, parent: after, file: after.file };
  return fieldSource(before, ownOptions(before), where);
}

/** The fields inside a oneof of this name; `where` as they are written. */
export function oneofSource(name: string, fields: readonly Field[], where?: Field | Message): string {
  const sources = fields.map((field) => keptSource(field, where ?? field));
  return fields.some(isGroup)
    ? `oneof ${name} of ${sources.map((source) => source.replace(/;$/, "")).join("; ")}`
    : `oneof ${name} { ${sources.join(" ")} }`;
}

export function valueSource(value: EnumValue, options = ownOptions(value)): string {
  const { name, number } = value;
  return `${name} = ${number}${brackets(options)};`;
}

export function methodSource(method: Method, options = ownOptions(method)): string {
  const { name, clientStreaming, idempotency, serverStreaming } = method;
  const input = `${clientStreaming ? "stream " : ""}${nameFrom(method, method.input)}`;
  const output = `${serverStreaming ? "stream " : ""}${nameFrom(method, method.output)}`;
  const level = idempotency === "IDEMPOTENCY_UNKNOWN" ? [] : [`idempotency_level = ${idempotency}`];
  const all = [...level, ...options].map((option) => `option ${option};`);
  return `rpc ${name}(${input}) returns (${output})${all.length === 0 ? ";" : ` { ${all.join(" ")} }`}`;
}

/** An element's statement, or the options inside its body, that declares `state`. */
export function lifecycleSource(element: Element, state: Lifecycle, sunset?: string): string {
  const options = lifecycleOptions(element, state, sunset);
  if (element.kind === "field")
    return isGroup(element) ? `add to its options: ${options.join(", ")}` : fieldSource(element, options);
  if (element.kind === "enum-value") return valueSource(element, options);
  if (element.kind === "method") return methodSource(element, options);
  return options.map((option) => `option ${option};`).join(" ");
}

/** A value beside another of its number, with the option that an enum without aliases needs for it. */
export function aliasSource(declared: Enum, values: readonly EnumValue[]): string {
  const sources = values.map((value) => valueSource(value));
  return [...(declared.allowAlias ? [] : ["option allow_alias = true;"]), ...sources].join(" ");
}

/** The statements that keep a number and its names from being used again. */
export function reservedSource(left: Field | EnumValue, names: readonly string[]): string {
  const list = names.map((name) => reservedName(name, left)).join(", ");
  return `reserved ${left.number}; reserved ${list};`;
}

/** Editions take the name itself where proto2 and proto3 take a string. */
export function reservedName(name: string, near: Element): string {
  return fileOf(near).syntax === "editions" ? name : `"${name}"`;
}

export function isGroup(field: Field): boolean {
  return field.type === "group" && fileOf(field).syntax !== "editions";
}

/** A group's field has the name of its message in small letters. */
export function shortName({ name, typeName }: Field): string {
  return typeName?.slice(typeName.lastIndexOf(".") + 1) ?? name;
}

/** Editions have one label; the rest they say by features. */
export function labelOf(field: Field, where: Field): string {
  const { cardinality, oneof, type } = field;
  if (cardinality === "repeated") return "repeated ";
  const { syntax } = fileOf(where);
  if (syntax === "editions" || oneof !== undefined) return "";
  if (cardinality === "required") return "required ";
  if (cardinality !== "explicit") return "";
  return syntax === "proto2" || type !== "message" ? "optional " : "";
}

export function typeSource(field: Field, where: Field): string {
  const { cardinality, parent, type, typeName } = field;
  if (cardinality === "map" && parent.kind === "message") {
    const [key, value] = messageIn(parent, typeName ?? "")?.fields ?? [];
    if (key !== undefined && value !== undefined) return `map<${key.type}, ${typeSource(value, where)}>`;
  }
  return typeName === undefined ? type : nameFrom(where, typeName);
}

function brackets(options: readonly string[]): string {
  return options.length === 0 ? "" : ` [${options.join(", ")}]`;
}
