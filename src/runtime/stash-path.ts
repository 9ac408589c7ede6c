import type { DescField, DescMessage } from "@bufbuild/protobuf";
import type { MessagePlan, NestedPlan, Plan } from "./plan.js";
import { reachablePlans } from "./reachable-plans.js";

/** From a message to one inside that may carry a stash, field by field. */
export type StashPath = readonly Step[];

interface Step {
  readonly name: string;
  /** Of the field and, for a map, of the value in its entry. */
  readonly numbers: readonly number[];
}

/** The ways to each message of the elder generation that changes inside the first one of a plan, itself included. */
export function carriersIn(plan: Plan): readonly StashPath[] {
  const messages = new Map([...reachablePlans(plan)].flatMap((each) => each.messages.map((m) => [m.v3, m])));
  const paths: StashPath[] = [];
  const seen = new Set<string>();
  const visit = (message: MessagePlan | undefined, path: StashPath) => {
    if (message === undefined || seen.has(message.v3)) return;
    seen.add(message.v3);
    paths.push(path);
    for (const { v3, message: name } of nestedIn(message)) {
      const entry = messages.get(name);
      if (entry?.changes?.mapEntry)
        for (const value of nestedIn(entry))
          visit(messages.get(value.message), [
            ...path,
            { name: v3.name, numbers: [v3.number, value.v3.number] },
          ]);
      else visit(entry, [...path, { name: v3.name, numbers: [v3.number] }]);
    }
  };
  visit(plan.messages[0], []);
  return paths;
}

/** The ways to each message that a stub of protobuf-es holds, itself included. */
export function carriersOf(schema: DescMessage): readonly StashPath[] {
  const paths: StashPath[] = [];
  const seen = new Set<DescMessage>();
  const visit = (message: DescMessage, path: StashPath) => {
    if (seen.has(message)) return;
    seen.add(message);
    paths.push(path);
    for (const field of message.fields) {
      const inside = "delimitedEncoding" in field && field.delimitedEncoding ? undefined : field.message;
      if (inside !== undefined) visit(inside, [...path, stepOf(field)]);
    }
  };
  visit(schema, []);
  return paths;
}

function stepOf({ name, number, fieldKind }: DescField): Step {
  return { name, numbers: fieldKind === "map" ? [number, MAP_VALUE] : [number] };
}

function nestedIn({ changes }: MessagePlan): readonly NestedPlan[] {
  return (changes?.changed ?? []).filter(
    (entry): entry is NestedPlan => entry.kind === "nested" && entry.v3.type === "message",
  );
}

const MAP_VALUE = 2;
