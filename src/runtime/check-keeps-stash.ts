import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { FeatureSet_FieldPresence } from "@bufbuild/protobuf/wkt";
import { makeTag, WireReader, WireType, WireWriter } from "../wire/index.js";
import type { Plan } from "./plan.js";
import { makeLayer, stashNumber } from "./stash.js";
import { carriersIn, carriersOf, type StashPath } from "./stash-path.js";
import { submessages } from "./strip-stash.js";
import { TranslateError } from "./translate-error.js";

/** The stub of a message, by whatever generator: ts-proto's `User` is one as it is. */
export interface StubCodec<Message> {
  decode(bytes: Uint8Array): Message;
  encode(message: Message): Uint8Array | { finish(): Uint8Array };
}

/**
 * Makes sure that stubs of the elder generation keep what they do not know, in the message and in each that
 * changes inside: what v4 says beyond v3 comes back in no other way. To be called as a program starts, for each
 * message that it reads, edits and writes back.
 * @param codec `User` of ts-proto; `{ decode, encode }` of any other
 * @param plan that of the message, from the generated file
 * @throws TranslateError "stash-dropped", with the path of the message that lost it
 */
export function checkKeepsStash<Message>(codec: StubCodec<Message>, plan: Plan): void {
  const name = plan.messages[0]?.v3 ?? "a plan without messages";
  for (const path of carriersIn(plan)) checkPath(codec, name, path, plan.stashNumber ?? stashNumber);
}

/** The same for a stub of protobuf-es. @throws TranslateError "stash-dropped" */
export function checkStubKeepsStash(schema: DescMessage, number: number = stashNumber): void {
  const codec: StubCodec<ReturnType<typeof fromBinary>> = {
    decode: (bytes) => fromBinary(schema, bytes),
    encode: (message) => {
      complete(reflect(schema, message));
      return toBinary(schema, message);
    },
  };
  for (const path of carriersOf(schema)) checkPath(codec, schema.typeName, path, number);
}

/** Without its required fields no message is encoded, and the probe has none. */
function complete(message: ReflectMessage): void {
  for (const field of message.fields) {
    const isRequired = field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED;
    if (isRequired && !message.isSet(field)) message.set(field, message.get(field));
    for (const inside of submessages(message, field)) complete(inside);
  }
}

function checkPath<Message>(codec: StubCodec<Message>, name: string, path: StashPath, number: number): void {
  const encoded = codec.encode(codec.decode(makeProbe(path, number)));
  const bytes = encoded instanceof Uint8Array ? encoded : encoded.finish();
  if (isKept(bytes, path, number)) return;
  throw new TranslateError(
    "stash-dropped",
    path.map((step) => step.name).join("."),
    `the stub of ${name} drops unknown field ${number}, in which travels what v4 says and v3 cannot; ` +
      "generate it with unknownFields=true (ts-proto), or let its decoder keep unknown fields",
  );
}

/** One path at a time, because fields on the way may exclude each other. */
function makeProbe(path: StashPath, number: number): Uint8Array {
  const stash = wrap(number, probe);
  return path.reduceRight(
    (inside, { numbers }) => numbers.reduceRight((bytes, number) => wrap(number, bytes), inside),
    stash,
  );
}

function isKept(bytes: Uint8Array, path: StashPath, number: number): boolean {
  const numbers = [...path.flatMap((step) => step.numbers), number];
  const found = numbers.reduce<Uint8Array | undefined>(
    (inside, number) => inside && find(inside, number),
    bytes,
  );
  return (
    found !== undefined &&
    found.length === probe.length &&
    found.every((byte, index) => byte === probe[index])
  );
}

function wrap(number: number, content: Uint8Array): Uint8Array {
  const out = new WireWriter(content.length + 8);
  out.varint(makeTag(number, WireType.Bytes));
  out.lengthDelimited(content);
  return out.finish();
}

function find(bytes: Uint8Array, number: number): Uint8Array | undefined {
  const reader = new WireReader(bytes);
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === makeTag(number, WireType.Bytes)) return reader.subarray();
    reader.skip(tag);
  }
  return undefined;
}

/** An entry that no mapping has: where it gets through by mistake, nobody takes it. */
const probe = makeLayer([{ entry: "0000000000000000", fragment: new Uint8Array() }]);
