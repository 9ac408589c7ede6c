import type { Declaration, Enum, Field, Message, Schema, Service } from "../schema/index.js";
import { type Pairing, pair } from "./pair.js";
import { makeSameMembers } from "./same-members.js";

/** What two schemas declare, laid side by side. */
export interface Pairs {
  readonly message: Pairing<Message>;
  /** Of the messages that are on both sides, those whose fields or oneofs may not be the same. */
  readonly opened: readonly (readonly [before: Message, after: Message])[];
  readonly enum: Pairing<Enum>;
  readonly service: Pairing<Service>;
  readonly extension: Pairing<Field>;
}

/** Pairs by full name, and extensions by what they extend: their number there is their identity, the name may change. */
export function pairDeclared(before: Schema, after: Schema): Pairs {
  const [message, declared, service] = [growing<Message>(), growing<Enum>(), growing<Service>()];
  const pairing = { message, enum: declared, service, field: growing<Field>() } as Growing;
  for (const element of before.declared.values()) {
    const partner = after.declared.get(element.fullName);
    if (partner?.kind === element.kind) pairing[element.kind].kept.push([element, partner]);
    else pairing[element.kind].removed.push(element);
  }
  for (const element of after.declared.values())
    if (before.declared.get(element.fullName)?.kind !== element.kind)
      pairing[element.kind].added.push(element);
  const same = makeSameMembers(before, after, declared.kept);
  return {
    message,
    opened: message.kept.filter(([from, to]) => !same(from, to)),
    enum: declared,
    service,
    extension: pair(extensionsOf(before), extensionsOf(after), keyOf),
  };
}

type Growing = Record<Declaration["kind"], ReturnType<typeof growing<Declaration>>>;

function growing<E>(): { removed: E[]; added: E[]; kept: [E, E][] } {
  return { removed: [], added: [], kept: [] };
}

function extensionsOf(schema: Schema): readonly Field[] {
  return [...schema.declared.values()].filter((element) => element.kind === "field");
}

function keyOf({ extendee, number }: Field): string {
  return `${extendee} ${number}`;
}
