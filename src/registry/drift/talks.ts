import type { Role } from "../store/observation.js";

/**
 * What goes from one side to another: requests from whoever calls, responses from whoever serves, data from whoever
 * writes it.
 */
export type Traffic = "requests" | "responses" | "data";

/** What goes from a service with some roles in a package to one with others. */
export function traffic(from: readonly Role[], to: readonly Role[]): readonly Traffic[] {
  return routes.filter(({ by, at }) => from.includes(by) && to.includes(at)).map(({ what }) => what);
}

const routes: readonly { readonly what: Traffic; readonly by: Role; readonly at: Role }[] = [
  { what: "requests", by: "calls", at: "serves" },
  { what: "responses", by: "serves", at: "calls" },
  { what: "data", by: "writes", at: "reads" },
];
