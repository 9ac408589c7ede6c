import type { ListedElement } from "./lifecycle-list.js";
import { tellReplacement, tellState, tellSunset } from "./table.js";

/** What stands in a bar: colour alone does not tell everybody. */
export function tellBar(element: ListedElement): string {
  const { lifecycle, sunset, standing } = element;
  if (sunset === undefined || standing === "stays") return lifecycle;
  return standing === "overdue" ? `overdue: ${sunset}` : `${lifecycle} until ${sunset}`;
}

/** All that is known of an element, for whoever points at it. */
export function tellFacts(element: ListedElement): string {
  const { kind, name, since, reason } = element;
  const instead = tellReplacement(element);
  const facts = [
    `${kind} ${name}`,
    tellState(element),
    ...(since === undefined ? [] : [`since ${since}`]),
    ...(element.sunset === undefined ? [] : [`sunset ${tellSunset(element)}`]),
    ...(instead === "" ? [] : [`replaced by ${instead}`]),
    ...(reason === undefined ? [] : [reason]),
  ];
  return facts.join(" · ");
}
