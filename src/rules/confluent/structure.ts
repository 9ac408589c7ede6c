import type { Field, Message, Schema } from "../../schema/index.js";
import type { RuleContext } from "../rule.js";
import { changesNumericLabel, kindOf, relativeName, scalarKindOf } from "./kind.js";
import { joinsOthers, leavesOneof } from "./oneof.js";

export type Offence = "kind" | "scalar kind" | "named type";

type Sides = Pick<RuleContext, "before" | "after">;

/**
 * What is wrong with a field's type after, to Confluent; of a map, with its key and its value. Messages of one name
 * are judged where they are declared; of those of one name but for the package, what is in them counts.
 */
export function typeOffences(before: Field, after: Field, sides: Sides): readonly Offence[] {
  return compareTypes(before, after, sides, new Set());
}

/** @param seen pairs of messages that are being compared: types refer to each other in circles */
function compareTypes(before: Field, after: Field, sides: Sides, seen: Set<string>): readonly Offence[] {
  const kind = kindOf(before);
  if (kind !== kindOf(after)) return ["kind"];
  if (kind === "scalar") return scalarKindOf(before) === scalarKindOf(after) ? [] : ["scalar kind"];
  const [from, to] = [messageOf(before, sides.before), messageOf(after, sides.after)];
  if (from === undefined || to === undefined) return ["named type"];
  // The name of an entry follows its field's, and says nothing.
  if (kind === "map")
    return from.fields.flatMap((part, index) => compareTypes(part, to.fields[index]!, sides, seen));
  if (from.fullName === to.fullName) return [];
  return relativeName(from) === relativeName(to) && isAlike(from, to, sides, seen) ? [] : ["named type"];
}

/** Whether nothing in a message, or inside it, is incompatible. One offence anywhere settles it, so pairs are asked once. */
function isAlike(before: Message, after: Message, sides: Sides, seen: Set<string>): boolean {
  const pair = `${before.fullName} ${after.fullName}`;
  if (seen.has(pair)) return true;
  seen.add(pair);
  return (
    before.fields.every((field) => {
      const partner = after.fieldByNumber.get(field.number);
      return partner === undefined ? mayLeave(field, after) : fits(field, partner);
    }) &&
    after.fields.every((field) => before.fieldByNumber.has(field.number) || !isRequired(field)) &&
    written(before).every((nested) => {
      const partner = written(after).find(({ name }) => name === nested.name);
      return partner !== undefined && isAlike(nested, partner, sides, seen);
    })
  );

  function fits(field: Field, partner: Field): boolean {
    return (
      compareTypes(field, partner, sides, seen).length === 0 &&
      !changesNumericLabel(field, partner) &&
      !joinsOthers(partner, before)
    );
  }
}

function mayLeave(field: Field, after: Message): boolean {
  return !isRequired(field) && !leavesOneof(field, after);
}

function isRequired({ cardinality }: Field): boolean {
  return cardinality === "required";
}

/** Without the entries that the compiler makes for maps. */
function written({ messages }: Message): readonly Message[] {
  return messages.filter(({ mapEntry }) => !mapEntry);
}

function messageOf({ typeName = "" }: Field, { declared }: Schema): Message | undefined {
  const found = declared.get(typeName);
  return found?.kind === "message" ? found : undefined;
}
