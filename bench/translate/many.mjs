// Five hundred types in one process, in random order: what is left of an engine when no call resembles the one before.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { create, createFileRegistry, fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { generated, work } from "./folders.mjs";
import { manyCount } from "./many-types.mjs";
import { seeded } from "./random.mjs";

const names = Array.from({ length: manyCount }, (_, index) => `M${index}`);

/** Descriptors as protobuf-es reads them from the image that proto4 reads, too. */
export function manyRegistry() {
  return createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(join(work, "image.binpb"))));
}

/** One message of v3 of each type, all fields set. */
export function manyInputs(registry) {
  const random = seeded(7);
  return names.map((name) => {
    const schema = registry.getMessage(`many.v3.${name}`);
    return toBinary(schema, fill(schema, random));
  });
}

/** Up, for each type a function of bytes; `undefined` where this proto4 has none of the kind. */
export async function manyTranslators(contender, registry) {
  if (contender === "es") return protobufEs(registry);
  const { intoNewBuffer, specialised, tableDriven } = await import("./contenders/proto4.mjs");
  const translators = contender === "table" ? tableDriven("many") : await specialised("many");
  const functions = names.map((name) => intoNewBuffer(translators(name, "up"), "up"));
  return functions.includes(undefined) ? undefined : functions;
}

/** Indexes of types. */
export function randomOrder(length) {
  const random = seeded(11);
  return Array.from({ length }, () => random.below(manyCount));
}

async function protobufEs(registry) {
  const changes = await generated("many/changes.mjs");
  return names.map((name) => {
    const [v3, v4] = ["v3", "v4"].map((version) => registry.getMessage(`many.${version}.${name}`));
    const change = changes[name];
    return (bytes) => toBinary(v4, change(v4, fromBinary(v3, bytes)));
  });
}

function fill(schema, random) {
  return create(
    schema,
    Object.fromEntries(schema.fields.map((field) => [field.localName, fieldValue(field, random)])),
  );
}

function fieldValue(field, random) {
  const one = () => (field.message ? fill(field.message, random) : scalars[kindOf(field)](random));
  return field.fieldKind === "list" ? Array.from({ length: random.between(1, 4) }, one) : one();
}

function kindOf({ enum: type, scalar }) {
  return type ? "enum" : scalar;
}

/** By the numbers of `FieldDescriptorProto.Type`. */
const scalars = {
  enum: ({ between }) => between(1, 3),
  1: ({ next }) => next() * 1000,
  3: ({ between }) => BigInt(between(1, 2 ** 48)),
  5: ({ between }) => between(1, 100_000),
  7: ({ between }) => between(1, 2 ** 32),
  8: () => true,
  9: ({ between, text }) => text(between(4, 20)),
  12: ({ between, bytes }) => bytes(between(4, 20)),
};
