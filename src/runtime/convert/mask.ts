import type { Shapes } from "../canonical.js";
import { collectValues } from "../field-values.js";
import type { FieldPlan, MaskPlan } from "../plan.js";
import { written } from "../value-list.js";
import { shapeOf } from "./blob.js";
import type { Element, Send } from "./element.js";
import { hasOthers } from "./wrap.js";

/**
 * The paths of a google.protobuf.FieldMask, each in the words of the other side as far as they are known: what
 * follows a name that is not, passes as it is, and so does `*`.
 */
export function maskElement({ messages }: MaskPlan, field: FieldPlan, shapes: Shapes): Element {
  const paths = shapeOf(field, shapes).get(1)!;
  const up = messages.map((names) => names.map(([v3, v4, inside]) => ({ from: v3, to: v4, inside })));
  const down = messages.map((names) => names.map(([v3, v4, inside]) => ({ from: v4, to: v3, inside })));
  return { up: sendMask(paths, up, down), down: sendMask(paths, down, up) };
}

interface Name {
  readonly from: string;
  readonly to: string;
  /** Index of the message that the name leads to. */
  readonly inside: number | undefined;
}

/** Of each message, the first being that which the mask speaks of. */
type Names = readonly (readonly Name[])[];

function sendMask(field: FieldPlan, there: Names, back: Names): Send {
  return (mask) => {
    const values = collectValues(new Map([[field.number, field]]), mask).get(field.number) ?? [];
    const before = values.map((value) => new TextDecoder().decode(value));
    const paths = before.map((path) => translatePath(path, there, 0));
    const returns = paths.every((path, index) => translatePath(path, back, 0) === before[index]);
    const list = paths.map((path) => new TextEncoder().encode(path));
    return { value: written(field, list), returns: returns && !hasOthers(field, mask) };
  };
}

function translatePath(path: string, messages: Names, message: number): string {
  const name = messages[message]?.find(({ from }) => path === from || path.startsWith(`${from}.`));
  if (name === undefined) return path;
  if (path === name.from) return name.to;
  const rest = path.slice(name.from.length + 1);
  return `${name.to}.${name.inside === undefined ? rest : translatePath(rest, messages, name.inside)}`;
}
