import type { Cardinality } from "../../../src/schema/index.js";

/** A small contract by what it means; a syntax is one way to write it down. */
export interface Side {
  readonly syntax: Syntax;
  /** By full name without the package. */
  readonly messages: Readonly<Record<string, MessageModel>>;
  readonly enums: Readonly<Record<string, EnumModel>>;
}

export type Syntax = "proto2" | "proto3" | "2023";

export interface MessageModel {
  readonly fields: readonly FieldModel[];
  readonly reserved: readonly number[];
}

export interface FieldModel {
  readonly number: number;
  readonly name: string;
  readonly type: Type;
  /** Of enums, messages and groups: which one. */
  readonly of?: string | undefined;
  readonly cardinality: Cardinality;
  readonly key?: "int32" | "int64" | "bool" | "sint32" | undefined;
  readonly oneof?: string | undefined;
  readonly default?: string | undefined;
  readonly packed?: boolean | undefined;
  /** Whether text may be anything: no UTF-8 validation. */
  readonly unverified?: boolean | undefined;
}

type Type = (typeof scalars)[number] | "enum" | "message" | "group";

export interface EnumModel {
  readonly numbers: readonly number[];
  readonly reserved: readonly number[];
  readonly closed: boolean;
}

/** By their number in FieldDescriptorProto.Type; the places of group and message, and of enum, stay empty. */
export const scalars = [
  "double",
  "float",
  "int64",
  "uint64",
  "int32",
  "fixed64",
  "fixed32",
  "bool",
  "string",
  "bytes",
  "uint32",
  "sfixed32",
  "sfixed64",
  "sint32",
  "sint64",
] as const;

export function isMessage({ type }: FieldModel): boolean {
  return type === "message" || type === "group";
}

export function isText({ type }: FieldModel): boolean {
  return type === "string" || type === "bytes";
}

/** Makes of what edits left something that protobuf allows in some syntax. */
export function lawful({ enums, ...rest }: Side): Side {
  const sides = Object.entries(enums).map(([name, declared]) => [name, lawfulEnum(declared)]);
  const side = { ...rest, enums: Object.fromEntries(sides) };
  const sound = lawfulIn(side, side.syntax);
  return expressible(sound, side.syntax) ? sound : lawfulIn(side, "2023");
}

function lawfulIn(side: Side, syntax: Syntax): Side {
  const messages = Object.entries(side.messages).map(([name, message]) => [
    name,
    lawfulMessage(message, { ...side, syntax }),
  ]);
  return { ...side, syntax, messages: Object.fromEntries(messages) };
}

/** An open enum begins with zero. */
function lawfulEnum(declared: EnumModel): EnumModel {
  const { numbers, closed } = declared;
  if (closed || !numbers.includes(0)) return { ...declared, closed: true };
  return { ...declared, numbers: [0, ...numbers.filter((number) => number !== 0)] };
}

function lawfulMessage(message: MessageModel, side: Side): MessageModel {
  const fields = message.fields.map((field) => lawfulField(field, side));
  return {
    ...message,
    fields,
    reserved: message.reserved.filter((n) => fields.every((f) => f.number !== n)),
  };
}

function lawfulField(asked: FieldModel, side: Side): FieldModel {
  const field = { ...asked, of: lawfulName(asked, side) };
  const { number, name, type, of } = field;
  const declared = type === "enum" ? side.enums[of!] : undefined;
  const cardinality = lawfulCardinality(field, declared);
  const isSingular = cardinality !== "repeated" && cardinality !== "map";
  const isPackable = cardinality === "repeated" && !isMessage(field) && !isText(field);
  return {
    number,
    name,
    type: type === "group" && cardinality === "map" ? "message" : type,
    cardinality,
    ...(of !== undefined && { of }),
    ...(cardinality === "map" && { key: field.key ?? "int32" }),
    ...(isSingular && field.oneof !== undefined && cardinality !== "required" && { oneof: field.oneof }),
    ...lawfulDefault(field, isSingular && cardinality !== "implicit", declared),
    ...(isPackable && { packed: field.packed === true }),
    ...(type === "string" && {
      // The parts of a map have no features of their own.
      unverified: cardinality === "map" ? side.syntax === "proto2" : field.unverified === true,
    }),
  };
}

function lawfulName(field: FieldModel, { messages, enums }: Side): string | undefined {
  const { type, of = "" } = field;
  if (type === "enum") return of in enums ? of : "E";
  if (!isMessage(field)) return undefined;
  return of in messages ? of : "M";
}

function lawfulCardinality(field: FieldModel, declared: EnumModel | undefined): Cardinality {
  const { cardinality, oneof } = field;
  if (cardinality === "required" && isMessage(field)) return "explicit";
  if (cardinality !== "implicit") return cardinality;
  return oneof !== undefined || isMessage(field) || declared?.closed ? "explicit" : "implicit";
}

function lawfulDefault(field: FieldModel, isAllowed: boolean, declared: EnumModel | undefined) {
  if (field.default === undefined || !isAllowed || isMessage(field)) return {};
  if (declared !== undefined) return { default: `${declared.numbers.at(-1)}` };
  if (field.type === "bool") return { default: "true" };
  return { default: isText(field) ? "a" : "5" };
}

/** Whether a syntax has words for all of it. */
function expressible({ messages, enums }: Side, syntax: Syntax): boolean {
  const fields = Object.values(messages).flatMap((message) => message.fields);
  if (syntax === "2023") return fields.every((field) => !(field.cardinality === "map" && field.unverified));
  const closed = syntax === "proto2";
  if (Object.values(enums).some((declared) => declared.closed !== closed)) return false;
  return fields.every((field) => (closed ? inProto2(field) : inProto3(field)));
}

function inProto2({ cardinality, type, unverified, oneof }: FieldModel): boolean {
  if (type === "group" && (cardinality === "map" || oneof !== undefined)) return false;
  return cardinality !== "implicit" && (type !== "string" || unverified === true);
}

function inProto3({ cardinality, type, default: declared, unverified }: FieldModel): boolean {
  return cardinality !== "required" && type !== "group" && declared === undefined && unverified !== true;
}
