import type { Lifecycle } from "../../schema/index.js";
import { type LifecycleList, listedStates, type StateCount } from "./lifecycle-list.js";

/** `3 DEPRECATED, 40 STABLE (38 inferred)`, states without elements left out. */
export function tellCounts({ counts }: LifecycleList): string {
  const told = listedStates.flatMap((state) => tellState(state, counts[state]));
  return told.length === 0 ? "no elements" : told.join(", ");
}

function tellState(state: Lifecycle, { own, inherited, inferred }: StateCount): readonly string[] {
  const total = own + inherited + inferred;
  if (total === 0) return [];
  const how = [
    ...(inherited === 0 ? [] : [`${inherited} inherited`]),
    ...(inferred === 0 ? [] : [`${inferred} inferred`]),
  ];
  return [`${total} ${state}${how.length === 0 ? "" : ` (${how.join(", ")})`}`];
}

/** `2 are overdue, the next leaves on 2027-01-31 (in 70 days)`, of what is listed. */
export function tellUrgency({ elements }: LifecycleList): string {
  const overdue = elements.filter(({ standing }) => standing === "overdue").length;
  const next = elements.find(({ standing }) => standing === "leaving");
  const late = overdue === 0 ? "nothing is overdue" : `${overdue} ${overdue === 1 ? "is" : "are"} overdue`;
  return next === undefined
    ? late
    : `${late}, the next promise ends on ${next.sunset} (${tellDays(next.daysLeft ?? 0)})`;
}

/** `in 70 days`, `today`, `3 days ago` */
export function tellDays(days: number): string {
  if (days === 0) return "today";
  const count = Math.abs(days) === 1 ? "1 day" : `${Math.abs(days)} days`;
  return days > 0 ? `in ${count}` : `${count} ago`;
}
