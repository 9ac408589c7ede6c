import { create, type DescMessage, fromBinary, type Message, toBinary } from "@bufbuild/protobuf";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { anyV3, anyV4 } from "./any-record.js";
import { canonicalForm } from "./canonical-form.js";
import { type Kinds, loadKinds } from "./kinds.js";

// The same translation, written plainly on objects: what the wire translator makes, a stub has to read so.

let kinds: Kinds;
beforeAll(async () => {
  kinds = await loadKinds();
});

test("up, the wire translator says what the object translator says", () => {
  fc.assert(
    fc.property(anyV3(kinds, unreadable), (fragments) => {
      const bytes = encoded(kinds.v3, fragments);
      const { value } = kinds.translator.up(bytes);
      const expected = upRecord(read(kinds.v3, bytes));
      expect(known(kinds.v4, value)).toBe(canonicalForm(kinds.v4, toBinary(kinds.v4, expected)));
    }),
    { numRuns: 500 },
  );
});

test("down, the wire translator says what the object translator says", () => {
  fc.assert(
    fc.property(anyV4(kinds), (fragments) => {
      const bytes = encoded(kinds.v4, fragments);
      const { value } = kinds.translator.down(bytes);
      const expected = downRecord(read(kinds.v4, bytes));
      expect(known(kinds.v3, value)).toBe(canonicalForm(kinds.v3, toBinary(kinds.v3, expected)));
    }),
    { numRuns: 500 },
  );
});

/** protobuf-es reads some bytes that have wrong wire types, so that it is no judge of all. */
const unreadable = fc.constantFrom(
  Uint8Array.of(0x0a, 5, 0x61), // ends inside the name
  Uint8Array.of(0x0a, 1, 0xff), // a name that is not UTF-8
  Uint8Array.of(0x00),
);

// biome-ignore lint/suspicious/noExplicitAny: the stubs are made at run time, so their members have no types.
type Stub = any;

function read(desc: DescMessage, bytes: Uint8Array): Stub {
  return fromBinary(desc, bytes, { readUnknownFields: false });
}

/** As a stub writes it. Unknown fields are nothing that objects speak of. */
function encoded(desc: DescMessage, bytes: Uint8Array): Uint8Array {
  return toBinary(desc, read(desc, bytes));
}

function known(desc: DescMessage, bytes: Uint8Array): string {
  return canonicalForm(desc, encoded(desc, bytes));
}

function upRecord(v3: Stub): Message {
  return create(kinds.v4, {
    ...shared(v3, kinds.v4),
    handle: v3.nick,
    score: BigInt(v3.score),
    scores: v3.scores.map(BigInt),
    counts: v3.counts.map(BigInt),
    level: v3.level === undefined ? undefined : BigInt(v3.level),
    color: upColor(v3.color) ?? 0,
    colors: v3.colors.map(upColor).filter(isDefined),
    shade: upColor(v3.shade),
    child: v3.child && upChild(v3.child),
    children: v3.children.map(upChild),
    byName: mapValues(v3.byName, upChild),
    selection: upChoice(v3.choice),
    next: v3.next && upRecord(v3.next),
    note: v3.memo,
    ...upBytes("profileV2", "legacyProfile", v3.legacyProfile.length > 0 ? v3.legacyProfile : undefined),
    ...upBytes("badge", "legacyBadge", v3.legacyBadge),
  });
}

function downRecord(v4: Stub): Message {
  return create(kinds.v3, {
    ...shared(v4, kinds.v3),
    nick: v4.handle,
    score: narrow(v4.score),
    scores: v4.scores.map(narrow),
    counts: v4.counts.map((value: bigint) => Number(BigInt.asUintN(32, value))),
    level: v4.level === undefined ? undefined : narrow(v4.level),
    color: downColor(v4.color) ?? 0,
    colors: v4.colors.map(downColor).filter(isDefined),
    shade: downColor(v4.shade),
    child: v4.child && downChild(v4.child),
    children: v4.children.map(downChild),
    byName: mapValues(v4.byName, downChild),
    choice: downSelection(v4.selection),
    next: v4.next && downRecord(v4.next),
    memo: v4.note || v4.memo,
    legacyProfile: v4.profileV2 ? toBinary(typeOf(kinds.v4, "profileV2"), v4.profileV2) : v4.legacyProfile,
    legacyBadge: v4.badge ? toBinary(typeOf(kinds.v4, "badge"), v4.badge) : v4.legacyBadge,
  });
}

/** What is the same on both sides. */
function shared({ title, height, labels, ratio, made, same }: Stub, to: DescMessage): Stub {
  return { title, height, labels, ratio, made, same: same && retyped(same, typeOf(to, "same")) };
}

function upChild({ age, name, child }: Stub): Message {
  return create(typeOf(kinds.v4, "child"), {
    age: BigInt(age),
    called: name,
    child: child && upChild(child),
  } as Stub);
}

function downChild({ age, called, child }: Stub): Message {
  return create(typeOf(kinds.v3, "child"), {
    age: narrow(age),
    name: called,
    child: child && downChild(child),
  } as Stub);
}

function upChoice(choice: Stub): Stub {
  const { case: member, value } = choice;
  if (member === "amount") return { case: member, value: BigInt(value) };
  if (member === "kid") return { case: member, value: upChild(value) };
  if (member === "tint")
    return upColor(value) === undefined ? unset : { case: member, value: upColor(value) };
  return member === "plain" ? { case: member, value: retyped(value, typeOf(kinds.v4, "same")) } : choice;
}

function downSelection(selection: Stub): Stub {
  const { case: member, value } = selection;
  if (member === "amount") return { case: member, value: narrow(value) };
  if (member === "kid") return { case: member, value: downChild(value) };
  if (member === "tint")
    return downColor(value) === undefined ? unset : { case: member, value: downColor(value) };
  return member === "plain" ? { case: member, value: retyped(value, typeOf(kinds.v3, "same")) } : selection;
}

/** The bytes as the message that replaced them, where a stub can read them so. */
function upBytes(replacement: string, bridge: string, bytes: Uint8Array | undefined): Stub {
  if (bytes === undefined) return {};
  try {
    return { [replacement]: fromBinary(typeOf(kinds.v4, replacement), bytes, { readUnknownFields: false }) };
  } catch {
    return { [bridge]: bytes };
  }
}

const unset = { case: undefined };

function upColor(color: number | undefined): number | undefined {
  return color === 5 ? undefined : ({ 1: 2, 2: 1, 3: 5 }[color ?? 0] ?? color);
}

function downColor(color: number | undefined): number | undefined {
  return color === 3 ? undefined : ({ 1: 2, 2: 1, 5: 3 }[color ?? 0] ?? color);
}

function narrow(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

function mapValues(values: Readonly<Record<string, Stub>>, map: (value: Stub) => Stub): Stub {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]));
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

function retyped(message: Stub, to: DescMessage): Message {
  const from = to === typeOf(kinds.v3, "same") ? typeOf(kinds.v4, "same") : typeOf(kinds.v3, "same");
  return fromBinary(to, toBinary(from, message));
}

/** The type of a message field, by the name that stubs give it. */
function typeOf(desc: DescMessage, field: string): DescMessage {
  return desc.field[field]!.message!;
}
