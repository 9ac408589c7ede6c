import { type Enum, type Message, type Schema, sameRecords } from "../schema/index.js";
import { sameLifecycle } from "./diff-promise.js";

type Same = (before: Message, after: Message) => boolean;

/**
 * Whether two messages surely have the same fields and oneofs, told without decoding them: the same records in the
 * same surroundings mean the same, but for the enums that they name.
 * @param enums those that are on both sides
 */
export function makeSameMembers(
  before: Schema,
  after: Schema,
  enums: readonly (readonly [Enum, Enum])[],
): Same {
  const isComparable = before.annotated === after.annotated && enums.every(keepsDefaults);
  return (from, to) =>
    isComparable &&
    sameRecords(from.members, to.members) &&
    sameSurroundings(from, to) &&
    mapEntries(from) === mapEntries(to);
}

/** Whether two enums surely have the same values. */
export function sameValues(before: Enum, after: Enum): boolean {
  return sameRecords(before.members, after.members) && sameSurroundings(before, after);
}

/** What fields and values take from what is around them. */
function sameSurroundings<E extends Message | Enum>(before: E, after: E): boolean {
  return (
    before.fullName === after.fullName &&
    before.features === after.features &&
    before.file.edition === after.file.edition &&
    sameLifecycle(before.lifecycle, after.lifecycle)
  );
}

/** A field of a type that is nested here and an entry is a map. */
function mapEntries({ messages }: Message): string {
  return messages.length === 0 ? "" : messages.map(({ name, mapEntry }) => (mapEntry ? name : "")).join();
}

/** Whether every field of the enum has the default that it had: the first value, or one of a name. */
function keepsDefaults([before, after]: readonly [Enum, Enum]): boolean {
  if (sameRecords(before.members, after.members)) return true;
  const numbers = new Map(after.values.map(({ name, number }) => [name, number]));
  return (
    before.values[0]?.number === after.values[0]?.number &&
    before.values.every(({ name, number }) => numbers.get(name) === undefined || numbers.get(name) === number)
  );
}
