import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Lifecycle } from "../../schema/index.js";
import type { ElementFacts } from "./element-facts.js";

/** Where elements stand on a day. */
export interface LifecycleList {
  /** yyyy-mm-dd */
  readonly today: string;
  /** Of all elements that were looked at, whichever are listed. */
  readonly counts: Readonly<Record<Lifecycle, StateCount>>;
  /** Those first whose sunset has passed, the one before the others; then by sunset; then by state and name. */
  readonly elements: readonly ListedElement[];
}

export interface StateCount {
  /** By those that declare it themselves, have it from what is around them, or by what their package looks like. */
  readonly own: number;
  readonly inherited: number;
  readonly inferred: number;
}

/** An element and its terms. */
export interface ListedElement extends ElementFacts {
  readonly package: string;
  /** yyyy-mm-dd, as the element says; what it inherits its state from may know more. */
  readonly since: string | undefined;
  /** `overdue` from the day after the sunset on, `leaving` before; `stays` for what no day is set. */
  readonly standing: "overdue" | "leaving" | "stays";
  /** From today to the sunset of what is overdue or leaving; below zero for what is overdue. */
  readonly daysLeft: number | undefined;
  /** What `replacedBy` points to, if that is there. */
  readonly replacement: Replacement | undefined;
}

export interface Replacement extends Pick<ElementFacts, "kind" | "name" | "lifecycle"> {
  readonly at: ErrorLocation;
}

/** States in the order in which they are listed: the nearer to its end, the earlier. */
export const listedStates: readonly Lifecycle[] = ["DEPRECATED", "EXPERIMENTAL", "FROZEN", "STABLE"];
