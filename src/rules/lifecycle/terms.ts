import type { Element, Schema } from "../../schema/index.js";
import { describe } from "../describe.js";
import { dayMeant, setTerm } from "../fixes/lifecycle.js";
import { unfixable, type WayBack } from "../fixes/way-back.js";
import { placeOf } from "../place.js";
import type { Judgement, Rule } from "../rule.js";

/** What the annotations of one element say must make sense, and not contradict itself. */
export const lifecycleTerms: Rule = {
  id: "LIFECYCLE_TERMS",
  purpose: "Checks that terms are well-formed, and that what an element says of its state agrees.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["source"],
  inspect: (element, schema) => [...malformed(element, schema), ...contradictions(element, schema)],
};

function malformed(element: Element, schema: Schema): readonly Judgement[] {
  return (element.lifecycle.terms.malformed ?? []).map(({ term, text }) => ({
    message: `the ${term} of ${describe(element)} must be a date like 2027-01-31, not "${text}"`,
    at: placeOf(element),
    suggestion: [`write the day as year, month and day: ${term}: "2027-01-31"`],
    offence: term,
    ...writeDay(element, term, text, schema),
  }));
}

function writeDay(element: Element, term: "since" | "sunset", text: string, schema: Schema): WayBack {
  const day = dayMeant(text);
  return day === undefined
    ? unfixable("which day is meant, only its author knows")
    : setTerm(element, term, day, schema);
}

function contradictions(element: Element, schema: Schema): readonly Judgement[] {
  const { state, source, terms } = element.lifecycle;
  const { since, sunset } = terms;
  const told = (offence: string, message: string, way: string): Judgement => ({
    message,
    at: placeOf(element),
    suggestion: [way],
    offence,
    unfixable: "which of the two is wrong, only its author knows",
  });
  const found: Judgement[] = [];
  if (since !== undefined && sunset !== undefined && sunset < since)
    found.push(
      told(
        "order",
        `the sunset of ${describe(element)}, ${sunset}, lies before the day its state began, ${since}`,
        "correct the one that is wrong: since is the past, sunset the future",
      ),
    );
  if (source !== "own" && sunset !== undefined)
    found.push(
      told(
        "nobody's sunset",
        `${describe(element)} has a sunset, ${sunset}, but does not declare the state that it ends`,
        "declare its state beside it, or leave the sunset to what declares it",
      ),
    );
  if (source === "own" && state === "EXPERIMENTAL" && sunset !== undefined)
    found.push({
      ...told(
        "sunset",
        `${describe(element)} is EXPERIMENTAL and has a sunset, ${sunset}: a last day is promised only of what is promised`,
        "leave the sunset out, or mark it DEPRECATED",
      ),
      ...setTerm(element, "sunset", undefined, schema),
      unfixable: undefined,
    });
  if (source === "own" && state !== "DEPRECATED" && element.deprecated)
    found.push({
      ...told(
        "deprecated",
        `${describe(element)} is ${state}, and says deprecated = true as well`,
        "leave out one of the two: every other language's stubs go by deprecated",
      ),
      // It harms nobody who reads it as DEPRECATED; they only go sooner than they must.
      severity: "warning",
    });
  return found;
}
