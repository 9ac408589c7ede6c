import type { Container, Enum, EnumValue, Field, Message } from "../schema/index.js";

// A message may have thousands of fields and a finding for each: whatever findings look up is looked up in an index
// that is made once a message, or else their cost grows with the square of its size.

export function fieldNamed(message: Message, name: string): Field | undefined {
  return fieldsByName(message).get(name);
}

/** The map field that a map's entry is the type of. */
export function fieldOfEntry(message: Message, entry: string): Field | undefined {
  return fieldsOfEntries(message).get(entry);
}

/** Where a field stands among those of its message, by its number. */
export function placeAmong(message: Message, number: number): number {
  return places(message).get(number) ?? -1;
}

export function valueNamed(declared: Enum, name: string): EnumValue | undefined {
  return valuesByName(declared).get(name);
}

/** Of several of one number the first. */
export function valueNumbered(declared: Enum, number: number): EnumValue | undefined {
  return valuesByNumber(declared).get(number);
}

/** The message or enum of this short name in a file or message; with services, all that a longer name may go through. */
export function isDeclaredIn(container: Container, name: string): boolean {
  return declaredNames(container).has(name);
}

export function messageIn(message: Message, fullName: string): Message | undefined {
  return nestedMessages(message).get(fullName);
}

/** A field number that `message` has not used, reserved or given to extensions. */
export const freeNumber = oncePer((message: Message): number => {
  const taken = [
    ...message.fields.map(({ number }) => ({ start: number, end: number })),
    ...message.reservedRanges,
    ...message.extensionRanges,
    { start: 19_000, end: 19_999 }, // protobuf's own
  ];
  let number = message.fields.reduce((last, field) => Math.max(last, field.number), 0) + 1;
  for (const { start, end } of taken.sort((a, b) => a.start - b.start))
    if (start <= number && number <= end) number = end + 1;
  return number;
});

const fieldsByName = oncePer(({ fields }: Message) => new Map(fields.map((field) => [field.name, field])));

const fieldsOfEntries = oncePer(
  ({ fields }: Message) =>
    new Map(
      fields.filter(({ cardinality }) => cardinality === "map").map((field) => [field.typeName, field]),
    ),
);

const places = oncePer(({ fields }: Message) => new Map(fields.map(({ number }, index) => [number, index])));

const valuesByName = oncePer(({ values }: Enum) => new Map(values.map((value) => [value.name, value])));

const valuesByNumber = oncePer(
  ({ values }: Enum) => new Map(values.toReversed().map((value) => [value.number, value])),
);

const nestedMessages = oncePer(
  ({ messages }: Message) => new Map(messages.map((message) => [message.fullName, message])),
);

const declaredNames = oncePer((container: Container): ReadonlySet<string> => {
  const services = container.kind === "file" ? container.services : [];
  return new Set([...container.messages, ...container.enums, ...services].map(({ name }) => name));
});

/** What is found of an element is kept as long as the element is. */
function oncePer<Key extends object, Value>(find: (key: Key) => Value): (key: Key) => Value {
  const found = new WeakMap<Key, Value>();
  return (key) => {
    const known = found.get(key);
    if (known !== undefined) return known;
    const value = find(key);
    found.set(key, value);
    return value;
  };
}
