import { createHash } from "node:crypto";
import { Proto4Error } from "../diagnostics/index.js";
import type { FileSlice } from "../image/index.js";
import { readValues, type Value } from "./canonical-bytes.js";
import { canonicalDescriptor } from "./canonical-descriptor.js";
import { makeFieldFinders } from "./field-finders.js";
import type { Enum, Field, Message, Schema, SchemaFile, Service } from "./schema.js";

/** An element that no other one encloses; a field is an extension here. */
export type TopLevel = Message | Enum | Service | Field;

/**
 * A function that gives the SHA-256 of an element's descriptor in its one spelling, in hexadecimal digits.
 * It throws Proto4Error "image-corrupt" where there is no such spelling.
 * @param slices what the schema was built from
 */
export function makeElementDigest(
  schema: Schema,
  slices: readonly FileSlice[],
): (element: TopLevel) => string {
  const findersOf = makeFieldFinders(schema, slices);
  const records = new Map<SchemaFile, ReadonlyMap<number, readonly Value[]>>();
  return (element) => {
    const { file, kind, path } = element;
    try {
      const known = records.get(file) ?? readValues(file.bytes);
      records.set(file, known);
      const { payload } = known.get(path[0]!)![path[1]!]!;
      return sha256(canonicalDescriptor(payload, typeNames[kind], file.features, findersOf(file)));
    } catch (cause) {
      const message = `the options of ${element.fullName} do not decode; build the image again`;
      throw new Proto4Error("image-corrupt", message, { location: { path: file.fullName }, cause });
    }
  };
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

const typeNames: Readonly<Record<TopLevel["kind"], string>> = {
  message: "google.protobuf.DescriptorProto",
  enum: "google.protobuf.EnumDescriptorProto",
  service: "google.protobuf.ServiceDescriptorProto",
  field: "google.protobuf.FieldDescriptorProto",
};
