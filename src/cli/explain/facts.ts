import { audiences, type Rule } from "../../rules/index.js";
import type { Lifecycle } from "../../schema/index.js";
import type { PageSection } from "./read-page.js";
import { statePages } from "./states.js";

/** What is known of a topic, a line each. */
export type Facts = readonly (readonly [what: string, text: string])[];

export function ruleFacts({ severity, categories, breaks, saidBy = [] }: Rule): Facts {
  const facts: Facts = [
    ["severity", severity],
    ["categories", categories.join(", ")],
    ["breaks", breaks.map((who) => audiences[who]).join(", ")],
  ];
  if (saidBy.length === 0) return facts;
  return [...facts, ["said by", `${saidBy.join(", ")}, and not again where one of them is asked`]];
}

export function stateFacts(state: Lifecycle): Facts {
  const { promise, gate, moves, code } = statePages[state];
  return [
    ["promise", promise],
    ["gate", gate],
    ["next", moves],
    ["code", code],
  ];
}

/** What to say of a rule that is none any longer. */
export function tellSuccessors(successors: readonly string[]): string {
  return successors.length === 0
    ? "what it asked matters to nobody any longer"
    : `see ${successors.join(", ")}`;
}

/** Whether a section is the one that the sources belong to. */
export function isExample({ title }: PageSection): boolean {
  return title === "Example";
}
