import type { MessagePlan, Plan, Shape } from "../runtime/index.js";

/** The plan of one message, by what it takes from elsewhere: so that a bundle holds no more than it uses. */
export interface MessagePart {
  /** The message and the entry types of its maps, which belong to nobody else. */
  readonly messages: readonly [MessagePlan, ...MessagePlan[]];
  /** The names of the shapes by which its values are read, in the order of the plan. */
  readonly shapes: readonly string[];
  /** `MessagePlan.v3` of the messages that it nests, itself not counted, in the order of the fields. */
  readonly nested: readonly string[];
  /** Whether it may hold any message of the plan: it is google.protobuf.Any. */
  readonly any: boolean;
}

/**
 * A part for each message of a plan; an entry type of a map goes with the message that has the map.
 * @param isEntry whether a message of v3 is such a type
 */
export function messageParts(
  { messages, shapes }: Plan,
  isEntry: (v3: string) => boolean,
): readonly MessagePart[] {
  const entries = new Map(messages.filter(({ v3 }) => isEntry(v3)).map((entry) => [entry.v3, entry]));
  return messages
    .filter(({ v3 }) => !isEntry(v3))
    .map((message) => {
      const nested = new Set(nestedIn(message));
      const own = [...nested].flatMap((name) => entries.get(name) ?? []);
      for (const name of own.flatMap(nestedIn)) nested.add(name);
      const others = [...nested].filter((name) => name !== message.v3 && !entries.has(name));
      return {
        messages: [message, ...own],
        shapes: shapesOf([message, ...own], shapes),
        nested: others,
        any: message.changes?.any === true,
      };
    });
}

/** Of every kind of entry, which name messages that change inside all in the same way. */
function nestedIn(part: unknown): readonly string[] {
  if (!isObject(part)) return [];
  const below = Object.values(part).flatMap(nestedIn);
  return part.kind === "nested" && typeof part.message === "string" ? [part.message, ...below] : below;
}

/** The shapes that fields name, and those that they name in turn. */
function shapesOf(messages: readonly MessagePlan[], shapes: readonly Shape[]): readonly string[] {
  const fields = new Map(shapes.map(({ message, fields }) => [message, fields]));
  const reached = new Set(messages.flatMap(readIn));
  // A set's iterator also visits what is added under way.
  for (const name of reached) for (const other of readIn(fields.get(name))) reached.add(other);
  return [...fields.keys()].filter((name) => reached.has(name));
}

function readIn(part: unknown): readonly string[] {
  if (!isObject(part)) return [];
  const below = Object.values(part).flatMap(readIn);
  return "number" in part && typeof part.message === "string" ? [part.message, ...below] : below;
}

function isObject(part: unknown): part is Readonly<Record<string, unknown>> {
  return typeof part === "object" && part !== null;
}
