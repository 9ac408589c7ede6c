import { type DescExtension, type DescMessage, ScalarType } from "@bufbuild/protobuf";
import fc from "fast-check";
import { WireType } from "../../../src/wire/index.js";
import { arbitraryBytes, join, tagged, unknownField, varintBytes, wireTypeOf } from "../arbitrary-bytes.js";
import { recode } from "../canonical-form.js";
import { isComplete } from "./form.js";
import type { RandomCase } from "./random-cases.js";
import type { Side } from "./scope.js";

type Bytes = fc.Arbitrary<Uint8Array>;

/**
 * Bytes of a message that every parser accepts, with unknown fields, among them such as the other generation
 * declares; payloads of both generations in Any; messages in bytes.
 * @param plain whether there are no unknown fields, and payloads are such as stubs write
 */
export function randomBytes(
  random: RandomCase,
  side: Side,
  desc: DescMessage,
  { plain = false }: { readonly plain?: boolean } = {},
): Bytes {
  const files = random.messages.map((message) => message[side]);
  const payloads = files.map((file) => arbitraryBytes(file, { depth: 1, bareEntries: false }));
  const encoded = payloads.map((bytes, index) => bytes.map((each) => recode(files[index]!, each)));
  const urls = files.map(({ typeName }) => `type.googleapis.com/${typeName}`);
  const any = fc
    .nat(files.length - 1)
    .chain((index) =>
      fc
        .oneof(plain ? encoded[index]! : payloads[index]!, encoded[index]!, malformed)
        .map((value) =>
          join([
            tagged(1, WireType.Bytes, new TextEncoder().encode(urls[index])),
            tagged(2, WireType.Bytes, value),
          ]),
        ),
    );
  const values = Object.fromEntries(
    allMessages(random, side).flatMap((message) =>
      message.fields
        .filter(({ fieldKind, scalar }) => fieldKind === "scalar" && scalar === ScalarType.BYTES)
        .map(({ name }) => [
          `${message.typeName}.${name}`,
          fc.oneof(fc.uint8Array({ maxLength: 8 }), ...encoded),
        ]),
    ),
  );
  const options = {
    values,
    unknown: plain ? {} : unknownIn(random, side),
    messages: { "google.protobuf.Any": any },
    bareEntries: false,
  };
  const extensions = extensionsOf(random, desc).map((extension) =>
    fc.oneof(fc.constant(new Uint8Array()), extensionField(random, extension)),
  );
  return fc
    .tuple(arbitraryBytes(desc, options), ...extensions)
    .map(join)
    .filter((bytes) => isComplete(random, desc, bytes));
}

/** A varint that does not end, and a wire type that there is not. */
const malformed = fc.constantFrom(Uint8Array.of(8), Uint8Array.of(15, 1));

/** Every message that the package of one side declares. */
function allMessages({ registry, name }: RandomCase, side: Side): readonly DescMessage[] {
  return [...registry].filter(
    (desc): desc is DescMessage => desc.kind === "message" && desc.typeName.startsWith(`${name}.${side}.`),
  );
}

function extensionsOf({ registry }: RandomCase, desc: DescMessage): readonly DescExtension[] {
  return [...registry].filter(
    (each): each is DescExtension => each.kind === "extension" && each.extendee.typeName === desc.typeName,
  );
}

/** By message: numbers that nobody knows, and those that only the other side does. */
function unknownIn(random: RandomCase, side: Side): Readonly<Record<string, Bytes>> {
  const other = side === "v3" ? "v4" : "v3";
  return Object.fromEntries(
    allMessages(random, side).map((message) => {
      const there = random.registry.getMessage(message.typeName.replace(`.${side}.`, `.${other}.`));
      const mine = new Set(message.fields.map(({ number }) => number));
      const theirs = there?.fields.map(({ number }) => number).filter((number) => !mine.has(number)) ?? [];
      return [message.typeName, unknownField(81, 5000, ...theirs)];
    }),
  );
}

/** As an encoder writes it, once: to the stubs here it is an unknown field, which they do not merge. */
function extensionField(random: RandomCase, extension: DescExtension): Bytes {
  const { number, message, scalar } = extension;
  const small = fc.integer({ min: 1, max: 9 });
  if (message !== undefined) return extensionMessage(random, { ...extension, message });
  const type = scalar ?? ScalarType.INT32;
  const wireType = wireTypeOf(type);
  const sizes = { [WireType.Fixed32]: 4, [WireType.Fixed64]: 8 } as const;
  const size = wireType === WireType.Fixed32 || wireType === WireType.Fixed64 ? sizes[wireType] : undefined;
  if (size !== undefined)
    return small.map((value) => tagged(number, wireType, new Uint8Array(size).fill(value, 0, 1)));
  if (wireType === WireType.Bytes)
    return small.map((value) => tagged(number, wireType, Uint8Array.of(value)));
  return fc.constant(tagged(number, WireType.Varint, varintBytes(1n)));
}

function extensionMessage(
  random: RandomCase,
  extension: DescExtension & { readonly message: DescMessage },
): Bytes {
  const { number, message } = extension;
  const isDelimited = "delimitedEncoding" in extension && extension.delimitedEncoding === true;
  return arbitraryBytes(message, { depth: 1, bareEntries: false })
    .filter((bytes) => isComplete(random, message, bytes))
    .map((bytes) => recode(message, bytes))
    .map((content) =>
      isDelimited
        ? join([
            tagged(number, WireType.StartGroup, content),
            tagged(number, WireType.EndGroup, new Uint8Array()),
          ])
        : tagged(number, WireType.Bytes, content),
    );
}
