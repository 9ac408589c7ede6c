import { create, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";

type FileInit = MessageInitShape<typeof FileDescriptorProtoSchema>;

/** Files that no compiler makes. */
export const hostileFiles: readonly (readonly [string, () => FileDescriptorProto])[] = [
  ["a message of ten thousand fields", () => make({ messageType: [{ name: "M", field: fields(10_000) }] })],
  ["a name of a hundred thousand letters", () => make({ messageType: [{ name: "M".repeat(100_000) }] })],
  ["a package of ten thousand parts", () => make({ package: "a.".repeat(10_000).slice(0, -1) })],
  [
    "a package called __proto__",
    () => make({ package: "__proto__", messageType: [{ name: "constructor" }] }),
  ],
  ["a package that begins with a point", () => make({ package: ".acme" })],
  ["a file that imports itself", () => make({ dependency: [name] })],
  ["imports public that are not there", () => make({ publicDependency: [7, -1] })],
  ["a message without a name", () => make({ messageType: [{}] })],
  ["two messages of one name", () => make({ messageType: [{ name: "M" }, { name: "M" }] })],
  ["a field of number 0", () => withField({ number: 0 })],
  ["a field of a negative number", () => withField({ number: -5 })],
  ["a field of the largest number there is", () => withField({ number: 2_147_483_647 })],
  [
    "two fields of one number",
    () => make({ messageType: [{ name: "M", field: [...fields(1), ...fields(1)] }] }),
  ],
  ["a field of no type", () => withField({ type: 0 as never })],
  ["a field of type 99", () => withField({ type: 99 as never })],
  ["a field of label 0", () => withField({ label: 0 as never })],
  ["a field of a message that is not named", () => withField({ type: 11 })],
  ["a field of a message that is not there", () => withField({ type: 11, typeName: ".acme.v1.None" })],
  ["a field of an enum that is a message", () => withField({ type: 14, typeName: ".acme.v1.M" })],
  ["a field of a oneof that is not there", () => withField({ oneofIndex: 7 })],
  ["a field of a oneof before the first", () => withField({ oneofIndex: -1 })],
  ["a default that is no number", () => withField({ defaultValue: "many" })],
  ["an enum without values", () => make({ enumType: [{ name: "E" }] })],
  ["an enum with one value twice", () => make({ enumType: [{ name: "E", value: [zero, zero] }] })],
  ["a map entry without fields", () => make({ messageType: [{ name: "M", options: { mapEntry: true } }] })],
  [
    "a range that ends before it begins",
    () => make({ messageType: [{ name: "M", reservedRange: [backward] }] }),
  ],
  [
    "an extension range below zero",
    () => make({ messageType: [{ name: "M", extensionRange: [{ start: -9, end: -3 }] }] }),
  ],
  ["an extension of nothing", () => make({ extension: [{ ...fields(1)[0]!, extendee: "" }] })],
  ["an extension of what is not there", () => make({ extension: [{ ...fields(1)[0]!, extendee: ".x.Y" }] })],
  ["a method without types", () => make({ service: [{ name: "S", method: [{ name: "Do" }] }] })],
  [
    "a method of what is not there",
    () => make({ service: [{ name: "S", method: [{ name: "Do", inputType: ".x.Y", outputType: ".x.Y" }] }] }),
  ],
  ["a syntax that there is not", () => make({ syntax: "proto9" })],
  ["an edition that there is not", () => make({ syntax: "editions", edition: 99_999 as never })],
  ["an edition of tests", () => make({ syntax: "editions", edition: 99_997 as never })],
  [
    "features that there are not",
    () => make({ syntax: "editions", edition: 1000, options: { features: { fieldPresence: 77 as never } } }),
  ],
  [
    "source info that leads nowhere",
    () => make({ sourceCodeInfo: { location: [{ path: [4, 99, 2, -1], span: [-1] }] } }),
  ],
  [
    "an option that nobody has interpreted",
    () => make({ options: { uninterpretedOption: [{ name: [{ namePart: "x", isExtension: true }] }] } }),
  ],
];

const name = "acme/v1/hostile.proto";
const zero = { name: "ZERO", number: 0 };
const backward = { start: 9, end: 3 };

function make(init: FileInit): FileDescriptorProto {
  const base = { name, package: "acme.v1", syntax: "proto3", messageType: [{ name: "M" }] };
  return create(FileDescriptorProtoSchema, { ...base, ...init } as FileInit);
}

function withField(init: object): FileDescriptorProto {
  return make({ messageType: [{ name: "M", field: [{ ...fields(1)[0]!, ...init }] }] });
}

function fields(count: number) {
  return Array.from({ length: count }, (_, place) => ({
    ...{ name: `f${place}`, jsonName: `f${place}`, number: place + 1 },
    ...{ type: 5 as const, label: 1 as const },
  }));
}

/** A file of a message in itself, so deep that no encoder writes it. */
export function nestedFile(depth: number): Uint8Array {
  const name = Uint8Array.of(0x0a, 1, 0x4d);
  const lengths = [name.length];
  for (let level = 1; level < depth; level++) {
    const inner = lengths[level - 1]!;
    lengths.push(name.length + 1 + varint(inner).length + inner);
  }
  // The innermost one has nothing in it; each around it has its name, and the head of what it holds.
  const parts = lengths
    .toReversed()
    .flatMap((length, place) => [Uint8Array.of(place === 0 ? 0x22 : 0x1a), varint(length), name]);
  return Buffer.concat([toBinary(FileDescriptorProtoSchema, make({ messageType: [] })), ...parts]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
