import type { Field } from "../schema/index.js";
import { fieldsOf } from "./fields-of.js";
import type { MessagePair } from "./identity.js";
import type { Entry, MaskPath } from "./mapping.js";

/** What becomes of the names that paths into a message are made of. */
export interface MaskNames {
  /** Of the message itself first, then of those below it; only names that change, or lead to some that do. */
  readonly messages: readonly (readonly MaskPath[])[];
  /** Fields of which no path on the other side speaks. */
  readonly untold: readonly string[];
  /** Whether the two sides have several names for one thing. */
  readonly isLossy: boolean;
}

/** @returns for a pair, `undefined` where all its names and those below are the same */
export function makeMaskNames(
  pairs: readonly MessagePair[],
): (pair: Pick<MessagePair, "v3" | "v4">) => MaskNames | undefined {
  const nodes = new Map(pairs.map((pair) => [keyOf(pair), nodeOf(pair)]));
  const reaching = (node: Node): ReadonlySet<Node> => {
    const reached = new Set([node]);
    for (const each of reached)
      for (const { inside } of each.names) if (nodes.has(inside ?? "")) reached.add(nodes.get(inside!)!);
    return reached;
  };
  return (pair) => {
    const root = nodes.get(keyOf(pair));
    if (root === undefined) return undefined;
    const reached = [...reaching(root)];
    const untold = reached.flatMap((node) => node.untold);
    const isMoving = (node: Node) => [...reaching(node)].some(hasRenames);
    if (!reached.some(hasRenames))
      return untold.length === 0 ? undefined : { messages: [], untold, isLossy: false };
    const moving = reached.filter(isMoving);
    const indexOf = (inside: string | undefined) =>
      moving.findIndex((node) => node === nodes.get(inside ?? ""));
    const messages = moving.map(({ names }) =>
      names.flatMap(({ v3, v4, inside }): readonly MaskPath[] => {
        const index = indexOf(inside);
        if (index >= 0) return [[v3, v4, index]];
        return v3 === v4 ? [] : [[v3, v4]];
      }),
    );
    return { messages, untold, isLossy: reached.some((node) => node.isLossy) };
  };
}

interface Node {
  readonly names: readonly Name[];
  readonly untold: readonly string[];
  readonly isLossy: boolean;
}

interface Name {
  readonly v3: string;
  readonly v4: string;
  /** Key of the messages that the name leads to, where a path may go on. */
  readonly inside?: string;
}

function keyOf({ v3, v4 }: Pick<MessagePair, "v3" | "v4">): string {
  return `${v3.fullName} ${v4.fullName}`;
}

function hasRenames({ names }: Node): boolean {
  return names.some(({ v3, v4 }) => v3 !== v4);
}

function nodeOf({ v3, v4, entries }: MessagePair): Node {
  const told = entries.flatMap(namesIn);
  const untold = entries.flatMap(untoldIn);
  const taken = { v3: new Set(told.map((name) => name.v3)), v4: new Set(told.map((name) => name.v4)) };
  // Under its own name such a field would be taken for another: the path leads nowhere, and a server can say so.
  const lost = untold.flatMap((field): readonly Name[] => {
    const isElder = field.parent === v3;
    if (!(isElder ? taken.v4 : taken.v3).has(field.name)) return [];
    const nowhere = field.fullName.replaceAll(".", "_");
    return isElder ? [{ v3: field.name, v4: nowhere }] : [{ v3: nowhere, v4: field.name }];
  });
  return {
    names: [...told, ...lost],
    untold: v3 === v4 ? [] : untold.map(({ fullName }) => fullName),
    isLossy: entries.some(({ kind }) => kind === "replaced"),
  };
}

/** What paths of both sides say, each in its own words. */
function namesIn(entry: Entry): readonly Name[] {
  switch (entry.kind) {
    case "paired": {
      const { v3, v4, conversion } = entry;
      const goesOn = conversion.kind === "nested" && isSingular(v3) && isSingular(v4);
      return [{ v3: v3.name, v4: v4.name, ...(goesOn ? { inside: keyOf(conversion) } : {}) }];
    }
    case "replaced":
      return [{ v3: entry.v3.name, v4: entry.v4.name }];
    case "oneof":
      return entry.members.flatMap(({ v3, v4, conversion }) => {
        if (v3 === undefined || v4 === undefined) return [];
        const goesOn = conversion.kind === "nested" && isSingular(v3) && isSingular(v4);
        return [{ v3: v3.name, v4: v4.name, ...(goesOn ? { inside: keyOf(conversion) } : {}) }];
      });
    case "regroup":
      return entry.members.map(({ inner, flat }) => {
        const path = `${entry.holder.name}.${inner.name}`;
        return entry.side === "v3" ? { v3: path, v4: flat.name } : { v3: flat.name, v4: path };
      });
    case "hook":
    case "only":
      return [];
  }
}

/** Where one field became several, or none, no path says the same. */
function untoldIn(entry: Entry): readonly Field[] {
  if (entry.kind === "regroup") return [entry.holder];
  if (entry.kind === "oneof")
    return entry.members.flatMap(({ v3, v4 }) => (v3 && v4 ? [] : (v3 ?? v4 ?? [])));
  if (entry.kind !== "hook" && entry.kind !== "only") return [];
  const { v3, v4 } = fieldsOf(entry);
  return [...v3, ...v4];
}

function isSingular({ cardinality }: Field): boolean {
  return cardinality === "explicit" || cardinality === "required";
}
