import { decoding } from "./decoding.js";
import { DescriptorReader, LEN } from "./descriptor-reader.js";
import type { Element, SchemaFile } from "./schema.js";

/** What there is to know of a kind of element to find its options in its descriptor. */
interface Shape {
  /** The message that its options are. */
  readonly typeName: string;
  /** Where its descriptor has them. */
  readonly options: number;
  /** Where its descriptor has other elements. */
  readonly children: Readonly<Record<number, Optioned>>;
}

/** What has options: elements, and the ranges that a message gives to extensions. */
type Optioned = Element["kind"] | "extension-range";

/** @see https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto */
export const optionShapes: Readonly<Record<Optioned, Shape>> = {
  file: shape("FileOptions", 8, { 4: "message", 5: "enum", 6: "service", 7: "field" }),
  message: shape("MessageOptions", 7, {
    2: "field",
    3: "message",
    4: "enum",
    5: "extension-range",
    6: "field",
    8: "oneof",
  }),
  "extension-range": shape("ExtensionRangeOptions", 3),
  field: shape("FieldOptions", 8),
  oneof: shape("OneofOptions", 2),
  enum: shape("EnumOptions", 3, { 2: "enum-value" }),
  "enum-value": shape("EnumValueOptions", 3),
  service: shape("ServiceOptions", 3, { 2: "method" }),
  method: shape("MethodOptions", 4),
};

function shape(name: string, options: number, children: Shape["children"] = {}): Shape {
  return { typeName: `google.protobuf.${name}`, options, children };
}

/**
 * The serialised options of everything in a file that has some, by the element's path.
 * @throws Proto4Error "image-corrupt"
 */
export function optionRecords({ bytes, fullName }: SchemaFile): ReadonlyMap<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  decoding(fullName, () => collect(bytes, "file", [], found));
  return found;
}

function collect(
  bytes: Uint8Array,
  kind: Optioned,
  path: readonly number[],
  into: Map<string, Uint8Array>,
): void {
  const { options, children } = optionShapes[kind];
  const reader = new DescriptorReader(bytes, false);
  const counts: Record<number, number> = {};
  while (!reader.done) {
    const tag = reader.tag();
    const number = tag >>> 3;
    const child = children[number];
    if ((tag & 7) !== LEN || (child === undefined && number !== options)) {
      reader.skip(tag);
      continue;
    }
    if (child === undefined) {
      const key = path.join();
      into.set(key, reader.joined(into.get(key)));
      continue;
    }
    const index = counts[number] ?? 0;
    counts[number] = index + 1;
    collect(reader.subarray(), child, [...path, number, index], into);
  }
}
