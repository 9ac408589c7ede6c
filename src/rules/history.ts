import type { Element, ElementFinder, Lifecycle } from "../schema/index.js";

/** An elder version of the contract than the one that a change is held against. */
export interface Snapshot {
  /** What to call it: a tag, a version. */
  readonly name: string;
  /** yyyy-mm-dd, the day it came out; `undefined` where nobody knows. */
  readonly date: string | undefined;
  readonly elements: ElementFinder;
}

/** Elder versions, newest first; the one before the change is not among them. */
export type History = readonly Snapshot[];

/**
 * The state that an element had before it was DEPRECATED.
 * @returns `undefined` where no elder version shows one that somebody declared
 */
export function stateBeforeDeprecation(element: Element, history: History): Lifecycle | undefined {
  for (const { elements } of history) {
    const elder = elements.find(element);
    if (elder === undefined || elder.lifecycle.source === "inferred") return undefined;
    if (elder.lifecycle.state !== "DEPRECATED") return elder.lifecycle.state;
  }
  return undefined;
}

/**
 * The first day on which an element may have been in the state that it is in: its own `since`, else the day of the
 * eldest version in a row that shows it so; but not before the day of a version that shows it otherwise.
 */
export function inStateSince(element: Element, history: History): string | undefined {
  const { state, terms } = element.lifecycle;
  let since: string | undefined;
  for (const { elements, date } of history) {
    const elder = elements.find(element);
    if (elder?.lifecycle.state !== state) return latest(terms.since ?? since, elder && date);
    since = date ?? since;
  }
  return terms.since ?? since;
}

function latest(a: string | undefined, b: string | undefined): string | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

/** The newest elder version that has an element of this name and kind, promised by somebody. */
export function lastSeen(element: Element, history: History): Snapshot | undefined {
  return history.find(({ elements }) => {
    const elder = elements.find(element);
    return elder !== undefined && elder.lifecycle.state !== "EXPERIMENTAL";
  });
}

/** An elder version that came out when an element says that its state had begun, and shows another one. */
export function startedTooEarly(element: Element, history: History): Snapshot | undefined {
  const { state, terms } = element.lifecycle;
  const { since } = terms;
  if (since === undefined) return undefined;
  return history.find(({ elements, date }) => {
    const elder = elements.find(element);
    return date !== undefined && date >= since && elder !== undefined && elder.lifecycle.state !== state;
  });
}
