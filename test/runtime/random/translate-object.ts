import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  isReflectMessage,
  type ReflectList,
  type ReflectMap,
  type ReflectMessage,
  reflect,
} from "@bufbuild/protobuf/reflect";
import type { Conversion, Entry, PairedEntry } from "../../../src/mapping/index.js";
import type { Enum, Field, Message } from "../../../src/schema/index.js";
import { WireType } from "../../../src/wire/index.js";
import { join, scalarOf, tagged, wireTypeOf } from "../arbitrary-bytes.js";
import { convertPlain, fieldOf, fits, isReversible, type Plain, type PlainContext } from "./plain-value.js";
import type { RandomCase } from "./random-cases.js";

type Way = "up" | "down";

interface Context extends PlainContext {
  readonly random: RandomCase;
}

/**
 * What a message is on the other side, by the mapping alone: field by field, in the values of protobuf-es. It
 * shares nothing with the engines, and knows neither stash nor unknown fields.
 */
export function translateObject(
  random: RandomCase,
  way: Way,
  message: ReflectMessage,
  to: DescMessage,
): ReflectMessage {
  const { declared } = random.mapping.schema;
  const context: Context = {
    random,
    way,
    nested: (inner, desc) =>
      desc.typeName === "google.protobuf.Any"
        ? translatePayload(random, way, inner)
        : translateObject(random, way, inner, desc),
    messageOf: ({ typeName }) => random.registry.getMessage(typeName!)!,
    declared: ({ type, typeName }) => {
      if (type !== "enum") return undefined;
      const { closed, values } = declared.get(typeName!) as Enum;
      return closed ? new Set(values.map(({ number }) => number)) : undefined;
    },
  };
  const side = way === "up" ? "v3" : "v4";
  const mapping = random.mapping.messages.find((each) => each[side].fullName === message.desc.typeName)!;
  if (mapping.identical) return reflect(to, fromBinary(to, toBinary(message.desc, message.message)));
  const result = reflect(to);
  for (const entry of mapping.entries) carryEntry(entry, message, result, context);
  return result;
}

function translatePayload(random: RandomCase, way: Way, any: ReflectMessage): ReflectMessage {
  const result = reflect(any.desc);
  const url = String(any.get(fieldOf(any, 1)));
  const bytes = any.get(fieldOf(any, 2)) as Uint8Array;
  const [here, there] = way === "up" ? ["v3", "v4"] : ["v4", "v3"];
  const name = url.slice(url.lastIndexOf("/") + 1);
  const begin = `${random.name}.${here}.`;
  const desc = name.startsWith(begin) ? random.registry.getMessage(name) : undefined;
  const other = random.registry.getMessage(name.replace(begin, `${random.name}.${there}.`));
  let payload = { url, bytes };
  // Where nothing changes, nobody has to look in.
  const isSame = random.mapping.messages.some(
    ({ v3, v4, identical }) => identical && [v3, v4].some(({ fullName }) => fullName === name),
  );
  if (isSame && other !== undefined) payload = { url: url.replace(name, other.typeName), bytes };
  else if (desc !== undefined && other !== undefined)
    try {
      const message = reflect(desc, fromBinary(desc, bytes, { readUnknownFields: false }));
      const made = translateObject(random, way, message, other);
      payload = { url: url.replace(name, other.typeName), bytes: toBinary(other, made.message) };
    } catch {
      // Who only passes an Any on need not be able to read what is in it.
    }
  result.set(fieldOf(result, 1), payload.url);
  result.set(fieldOf(result, 2), payload.bytes);
  return result;
}

function carryEntry(entry: Entry, source: ReflectMessage, target: ReflectMessage, context: Context): void {
  const { way } = context;
  const [here, there] = way === "up" ? (["v3", "v4"] as const) : (["v4", "v3"] as const);
  switch (entry.kind) {
    case "paired":
      if (entry.v3.extendee !== undefined) return;
      if (entry[here].cardinality === "map") carryMap(entry, source, target, context);
      else carryPaired(entry, source, target, context);
      return;
    case "replaced":
      carryReplaced(entry, source, target, context);
      return;
    case "oneof": {
      // Stubs write fields in the order of their numbers, and of a oneof the last one counts.
      const members = entry.members.toSorted(
        (one, other) => (one[here]?.number ?? 0) - (other[here]?.number ?? 0),
      );
      for (const member of members) {
        const [from, to] = [member[here], member[there]];
        if (from === undefined || to === undefined) continue;
        setValues(target, to, converted(member.conversion, valuesOf(source, from), from, to, context));
      }
      return;
    }
    case "regroup":
      carryRegroup(entry, source, target, context);
      return;
    case "only":
      if (
        way === "up" &&
        entry.side === "v4" &&
        entry.absent !== undefined &&
        entry.field.extendee === undefined
      )
        setValues(target, entry.field, [decoded(target, entry.field, entry.absent)]);
      return;
    case "hook":
      throw new Error("user code is not part of this");
  }
}

function carryPaired(
  entry: PairedEntry,
  source: ReflectMessage,
  target: ReflectMessage,
  context: Context,
): void {
  const [from, to] = context.way === "up" ? [entry.v3, entry.v4] : [entry.v4, entry.v3];
  const [fill, elide] =
    context.way === "up" ? [entry.absent?.v3, entry.absent?.v4] : [entry.absent?.v4, entry.absent?.v3];
  const values = valuesOf(source, from);
  const filling = fill === undefined ? [] : [decoded(target, to, fill)];
  const isElided =
    elide !== undefined && to.cardinality !== "required" && isSame(source, from, values, elide);
  if (isElided) return;
  const list = converted(entry.conversion, values, from, to, context);
  const zero = () => [reflect(target.desc).get(fieldOf(target, to.number)) as Plain];
  const isMissing = list.length === 0 && to.cardinality === "required";
  if (values.length === 0) setValues(target, to, filling);
  else setValues(target, to, isMissing ? (filling.length > 0 ? filling : zero()) : list);
}

function carryReplaced(
  entry: Entry & { kind: "replaced" },
  source: ReflectMessage,
  target: ReflectMessage,
  context: Context,
): void {
  const { v3, v4, bridge, conversion } = entry;
  if (context.way === "up") {
    const values = valuesOf(source, v3);
    const list = converted(conversion, values, v3, v4, context);
    const isWhole =
      list.length === values.length && values.every((value) => fits(conversion, value, v3, v4, "up"));
    setValues(target, isWhole ? v4 : bridge, isWhole ? list : values);
    return;
  }
  const list = converted(conversion, valuesOf(source, v4), v4, v3, context);
  setValues(target, v3, list.length > 0 ? list : valuesOf(source, bridge));
}

function carryRegroup(
  entry: Entry & { kind: "regroup" },
  source: ReflectMessage,
  target: ReflectMessage,
  context: Context,
): void {
  const { holder, members } = entry;
  const isOut = (entry.side === "v3") === (context.way === "up");
  if (isOut) {
    const field = fieldOf(source, holder.number);
    const inside = source.isSet(field) ? (source.get(field) as ReflectMessage) : undefined;
    for (const { inner, flat, conversion } of members)
      if (inside !== undefined)
        setValues(target, flat, converted(conversion, valuesOf(inside, inner), inner, flat, context));
    return;
  }
  const held = reflect(context.messageOf(holder));
  let isThere = false;
  for (const { inner, flat, conversion } of members) {
    const values = valuesOf(source, flat);
    isThere ||= values.length > 0;
    setValues(held, inner, converted(conversion, values, flat, inner, context));
  }
  if (isThere) target.set(fieldOf(target, holder.number), held);
}

function carryMap(
  entry: PairedEntry,
  source: ReflectMessage,
  target: ReflectMessage,
  context: Context,
): void {
  const [from, to] = context.way === "up" ? [entry.v3, entry.v4] : [entry.v4, entry.v3];
  const types = [from, to].map(
    ({ typeName }) => context.random.mapping.schema.declared.get(typeName!) as Message,
  );
  const [keys, values] = [1, 2].map((number) => types.map(({ fieldByNumber }) => fieldByNumber.get(number)!));
  const [key, value] = entryConversions(entry.conversion, context);
  const map = target.get(fieldOf(target, to.number)) as ReflectMap;
  for (const [name, held] of source.get(fieldOf(source, from.number)) as ReflectMap) {
    const there = convertPlain(key, name as Plain, keys![0]!, keys![1]!, context);
    // A key is never cut: it would take the place of another.
    if (there === undefined || !isReversible(key, name as Plain, keys![0]!, keys![1]!)) continue;
    const made = convertPlain(value, held as Plain, values![0]!, values![1]!, context);
    if (made !== undefined) map.set(there as never, made);
  }
}

/** Where only messages change inside, the entries are messages that do. */
function entryConversions(
  conversion: Conversion,
  { random }: Context,
): readonly [key: Conversion, value: Conversion] {
  if (conversion.kind === "entry") return [conversion.key, conversion.value];
  const copy: Conversion = { kind: "copy" };
  if (conversion.kind !== "nested") return [copy, copy];
  const { entries } = random.mapping.messages.find(({ v4 }) => v4 === conversion.v4)!;
  const [key, value] = [1, 2].map(
    (number) =>
      entries.find((entry): entry is PairedEntry => entry.kind === "paired" && entry.v4.number === number)!
        .conversion,
  );
  return [key!, value!];
}

function converted(
  conversion: Conversion,
  values: readonly Plain[],
  from: Field,
  to: Field,
  context: Context,
): readonly Plain[] {
  return values.flatMap((value) => {
    const there = convertPlain(conversion, value, from, to, context);
    return there === undefined ? [] : [there];
  });
}

function valuesOf(message: ReflectMessage, { number }: Field): readonly Plain[] {
  const field = fieldOf(message, number);
  if (!message.isSet(field)) return [];
  return field.fieldKind === "list"
    ? [...(message.get(field) as ReflectList)].map((each) => each as Plain)
    : [message.get(field) as Plain];
}

/** A list takes all, a single field the first. */
function setValues(message: ReflectMessage, { number }: Field, values: readonly Plain[]): void {
  const field = fieldOf(message, number);
  if (field.fieldKind === "list") for (const value of values) message.get(field).add(value as never);
  else if (values.length > 0) message.set(field, values[0]);
}

/** A value that the mapping tells in bytes. */
function decoded({ desc }: ReflectMessage, { number }: Field, value: Uint8Array): Plain {
  const field = desc.fields.find((each) => each.number === number)!;
  const isDelimited = "delimitedEncoding" in field && field.delimitedEncoding === true;
  const wireType = field.message ? WireType.Bytes : wireTypeOf(scalarOf(field));
  const told = isDelimited
    ? join([tagged(number, WireType.StartGroup, value), tagged(number, WireType.EndGroup, new Uint8Array())])
    : tagged(number, wireType, value);
  const message = reflect(desc, fromBinary(desc, told));
  return valuesOf(message, { number } as Field)[0] ?? (message.get(field) as Plain);
}

function isSame(source: ReflectMessage, from: Field, values: readonly Plain[], elide: Uint8Array): boolean {
  return values.length === 1 && told(values[0]!) === told(decoded(source, from, elide));
}

function told(value: Plain): string {
  if (isReflectMessage(value)) return told(toBinary(value.desc, value.message));
  return value instanceof Uint8Array
    ? Buffer.from(value).toString("hex")
    : `${Object.is(value, -0) ? "-" : ""}${value}`;
}
