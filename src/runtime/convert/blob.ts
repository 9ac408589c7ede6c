import { type Reading, readCanonical, type Shapes } from "../canonical.js";
import type { Fields } from "../field-values.js";
import { isReadable } from "../is-readable.js";
import type { FieldPlan } from "../plan.js";
import { shapeLayout } from "../shape-layout.js";
import { stripUntrusted } from "../strip-message.js";
import { isEqual } from "../value-list.js";
import type { Element, Send } from "./element.js";

/** Between bytes and the message in them: what cannot be read as such a message is left out of it. */
export function blobElement(v3: FieldPlan, v4: FieldPlan, shapes: Shapes): Element {
  return { up: sendBlob(v4, shapes), down: sendBlob(v3, shapes) };
}

function sendBlob(to: FieldPlan, shapes: Shapes): Send {
  if (to.type === "bytes") return (value) => ({ value, returns: true });
  return (value, { context, depth }) => {
    const shape = shapeOf(to, shapes);
    const reading = readMessage(shape, value, shapes, depth);
    if (reading === undefined) return undefined;
    // No stub of the other side sees the stashes in bytes.
    const told = isEqual(reading.bytes, value)
      ? value
      : stripUntrusted(shapeLayout(shape, shapes), value, context, depth);
    return { value: told, returns: !reading.unordered && isEqual(reading.bytes, told) };
  };
}

function readMessage(shape: Fields, value: Uint8Array, shapes: Shapes, depth: number): Reading | undefined {
  let reading: Reading | undefined;
  const read = () => {
    reading = readCanonical(shape, value, shapes, depth);
  };
  return isReadable(read) && reading?.complete ? reading : undefined;
}

/** @throws Error where the plan lacks it */
export function shapeOf({ message }: FieldPlan, shapes: Shapes): Fields {
  const shape = shapes.get(message ?? "");
  if (shape === undefined) throw new Error(`the plan lacks the shape of ${message}`);
  return shape;
}
