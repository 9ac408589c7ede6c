import { defaultDepthLimit, WireReader, WireType, WireWriter } from "../wire/index.js";
import {
  canonicalBytes,
  type FieldFinder,
  merged,
  readValues,
  type Value,
  writeValues,
} from "./canonical-bytes.js";
import type { Features } from "./features.js";
import { jsonNameOf } from "./json-name.js";
import { featureNames, overrideFeatures } from "./resolve-features.js";

/**
 * The one spelling of a serialised descriptor, in which nothing is left implicit: it and every one below it carries
 * its resolved features, a json_name only where it is not the default, and a default in one spelling. It is made from
 * the bytes, of which most stay as they are: to decode an image's descriptors takes minutes and a gigabyte.
 * @param outer features of what encloses it
 * @throws WireError or RangeError when the bytes are malformed or nested too deeply
 */
export function canonicalDescriptor(
  bytes: Uint8Array,
  typeName: string,
  outer: Features,
  find: FieldFinder,
  depth: number = defaultDepthLimit,
): Uint8Array {
  const shape = shapes[typeName];
  if (shape === undefined || depth === 0) return canonicalBytes(bytes, typeName, find, depth);
  const values = readValues(bytes);
  const options = optionsOf(values, shape);
  const features = overrideFeatures(outer, readFeatures(options?.get(shape.features)));
  values.set(shape.options, [{ wireType: WireType.Bytes, payload: none }]);
  if (typeName === FIELD) tidyField(values);
  return writeValues(
    values,
    (number) => find(typeName, number),
    (payload, type) =>
      type === shape.optionsType
        ? optionsBytes(options, shape, features, find, depth - 1)
        : canonicalDescriptor(payload, type, features, find, depth - 1),
  );
}

type Values = Map<number, readonly Value[]>;

/** Where a descriptor has its options, and these their features. */
interface Shape {
  readonly options: number;
  readonly optionsType: string;
  readonly features: number;
}

function optionsOf(values: Values, { options }: Shape): Values | undefined {
  const found = values.get(options);
  return found === undefined ? undefined : readValues(merged(found).payload);
}

/** Most descriptors have no options, and then the same bytes as all others of their kind with their features. */
function optionsBytes(
  options: Values | undefined,
  shape: Shape,
  features: Features,
  find: FieldFinder,
  depth: number,
): Uint8Array {
  if (options !== undefined) return writeOptions(options, shape, features, find, depth);
  const known = plainOptions.get(features) ?? new Map<Shape, Uint8Array>();
  plainOptions.set(features, known);
  const written = known.get(shape) ?? writeOptions(undefined, shape, features, find, defaultDepthLimit);
  known.set(shape, written);
  return written;
}

/** Elements with the same features have one record of them. */
const plainOptions = new WeakMap<Features, Map<Shape, Uint8Array>>();

function writeOptions(
  options: Values | undefined,
  shape: Shape,
  features: Features,
  find: FieldFinder,
  depth: number,
): Uint8Array {
  const { optionsType } = shape;
  const values = options ?? new Map<number, readonly Value[]>();
  values.set(shape.features, [{ wireType: WireType.Bytes, payload: writeFeatures(features) }]);
  return writeValues(
    values,
    (number) => find(optionsType, number),
    (payload, type) => canonicalBytes(payload, type, find, depth - 1),
  );
}

/** By number, zero where nothing is set. */
function readFeatures(values: readonly Value[] | undefined) {
  if (values === undefined) return undefined;
  const set = readValues(merged(values).payload);
  const numberOf = (field: number) => lastNumber(set.get(field)) ?? 0;
  return {
    fieldPresence: numberOf(1),
    enumType: numberOf(2),
    repeatedFieldEncoding: numberOf(3),
    utf8Validation: numberOf(4),
    messageEncoding: numberOf(5),
    jsonFormat: numberOf(6),
    defaultSymbolVisibility: 0,
  };
}

/** Features as a descriptor writes them: the reverse of `overrideFeatures`. */
function writeFeatures(features: Features): Uint8Array {
  const known = writtenFeatures.get(features);
  if (known !== undefined) return known;
  const writer = new WireWriter();
  Object.entries(featureNames).forEach(([name, words], index) => {
    writer.varint((index + 1) << 3);
    writer.varint((words as readonly unknown[]).indexOf(features[name as keyof typeof featureNames]));
  });
  const written = writer.finish();
  writtenFeatures.set(features, written);
  return written;
}

/** Elements with the same features have one record of them. */
const writtenFeatures = new WeakMap<Features, Uint8Array>();

function tidyField(values: Values): void {
  // No extension can choose its JSON name, and compilers differ in what they write there.
  const isExtension = lastText(values.get(EXTENDEE)) !== "";
  if (isExtension || lastText(values.get(JSON_NAME)) === jsonNameOf(lastText(values.get(NAME))))
    values.delete(JSON_NAME);
  const text = values.get(DEFAULT_VALUE);
  if (text === undefined) return;
  const plain = plainDefault(lastNumber(values.get(TYPE)) ?? DOUBLE, lastText(text));
  values.set(DEFAULT_VALUE, [{ wireType: WireType.Bytes, payload: Buffer.from(plain) }]);
}

/** Compilers print the same floating-point number differently: protoc 0.1, buf 0.10000000149011612. */
function plainDefault(type: number, text: string): string {
  const value = Number(text);
  if ((type !== FLOAT && type !== DOUBLE) || Number.isNaN(value)) return text;
  return String(type === FLOAT ? Math.fround(value) : value);
}

function lastText(values: readonly Value[] | undefined): string {
  const payload = values?.at(-1)?.payload;
  if (payload === undefined) return "";
  return Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString();
}

function lastNumber(values: readonly Value[] | undefined): number | undefined {
  const last = values?.at(-1);
  return last?.wireType === WireType.Varint ? new WireReader(last.payload).varint() : undefined;
}

const none = new Uint8Array();

const FIELD = "google.protobuf.FieldDescriptorProto";
const NAME = 1;
const EXTENDEE = 2;
const TYPE = 5;
const DEFAULT_VALUE = 7;
const JSON_NAME = 10;
const DOUBLE = 1;
const FLOAT = 2;

/** @see https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto */
const shapes: Readonly<Record<string, Shape>> = {
  "google.protobuf.DescriptorProto": shape(7, "MessageOptions", 12),
  "google.protobuf.DescriptorProto.ExtensionRange": shape(3, "ExtensionRangeOptions", 50),
  [FIELD]: shape(8, "FieldOptions", 21),
  "google.protobuf.OneofDescriptorProto": shape(2, "OneofOptions", 1),
  "google.protobuf.EnumDescriptorProto": shape(3, "EnumOptions", 7),
  "google.protobuf.EnumValueDescriptorProto": shape(3, "EnumValueOptions", 2),
  "google.protobuf.ServiceDescriptorProto": shape(3, "ServiceOptions", 34),
  "google.protobuf.MethodDescriptorProto": shape(4, "MethodOptions", 35),
};

function shape(options: number, optionsType: string, features: number): Shape {
  return { options, optionsType: `google.protobuf.${optionsType}`, features };
}
