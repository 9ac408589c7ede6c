import { type Element, sunsetOf } from "../schema/index.js";
import type { Change } from "./change.js";

/** What changed about an element's promise: its lifecycle, its last day, the features it resolves to. */
export function* diffPromise(before: Element, after: Element): Generator<Change> {
  if (promiseOf(before) !== promiseOf(after) && !followsParent(before, after))
    yield { kind: "lifecycle-changed", before, after, from: promiseOf(before), to: promiseOf(after) };
  // What inherits its last day on both sides follows what declares it.
  if (before.lifecycle.source === "own" || after.lifecycle.source === "own") {
    const [from, to] = [sunsetOf(before) ?? "", sunsetOf(after) ?? ""];
    if (from !== to) yield { kind: "sunset-changed", before, after, from, to };
  }
  if (promiseOf(before) === promiseOf(after)) yield* diffTerms(before, after);
  const features = [featuresOf(before), featuresOf(after)] as const;
  if (features[0] !== features[1])
    yield { kind: "features-changed", before, after, from: features[0], to: features[1] };
}

/** Terms that a new state brings along, told by themselves where the state is the same. */
function* diffTerms(before: Element, after: Element): Generator<Change> {
  for (const [kind, term] of termKinds) {
    const [from, to] = [before.lifecycle.terms[term] ?? "", after.lifecycle.terms[term] ?? ""];
    if (from !== to) yield { kind, before, after, from, to };
  }
}

const termKinds = [
  ["since-changed", "since"],
  ["replacement-changed", "replacedBy"],
  ["reason-changed", "reason"],
] as const;

/** Whether two elements surely promise the same. */
export function samePromise(before: Element, after: Element): boolean {
  if (before.features !== after.features || !sameLifecycle(before.lifecycle, after.lifecycle)) return false;
  if (before.kind !== "field" || after.kind !== "field") return true;
  return (
    before.type === after.type && before.cardinality === after.cardinality && before.packed === after.packed
  );
}

export function sameLifecycle(before: Element["lifecycle"], after: Element["lifecycle"]): boolean {
  return (
    before.state === after.state &&
    before.source === after.source &&
    before.terms.sunset === after.terms.sunset &&
    termKinds.every(([, term]) => before.terms[term] === after.terms[term])
  );
}

/** A state that somebody declared binds more than the same state inferred. */
function promiseOf({ lifecycle }: Element): string {
  return lifecycle.source === "inferred" ? `inferred ${lifecycle.state}` : lifecycle.state;
}

/** A container that changes takes along what says nothing itself: that is one change, the container's. */
function followsParent(before: Element, after: Element): boolean {
  if (before.kind === "file" || after.kind === "file") return false;
  if (before.lifecycle.source === "own" || after.lifecycle.source === "own") return false;
  // An element that moved did not follow: the promise of the file it left would be lost on the way.
  return (
    before.parent.fullName === after.parent.fullName && promiseOf(before.parent) !== promiseOf(after.parent)
  );
}

/** Those features that mean something for the kind of element and are no aspect of their own. */
function featuresOf(element: Element): string {
  const { features } = element;
  if (element.kind === "enum") return `${features.enumType}, JSON ${features.jsonFormat}`;
  if (element.kind === "message") return `JSON ${features.jsonFormat}`;
  if (element.kind !== "field") return "";
  if (element.type === "string") return `UTF-8 ${features.utf8Validation}`;
  return element.cardinality === "repeated" ? (element.packed ? "packed" : "expanded") : "";
}
