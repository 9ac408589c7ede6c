import type { Fix } from "../fix.js";

/** How a change is undone, or why no machine can know how. */
export type WayBack =
  | { readonly fixes: readonly Fix[]; readonly unfixable?: never }
  | { readonly fixes?: never; readonly unfixable: string };

export function unfixable(why: string): WayBack {
  return { unfixable: why };
}

/** All ways together, which is none where one of them is none. */
export function together(...ways: readonly WayBack[]): WayBack {
  const none = ways.find((way) => way.unfixable !== undefined);
  return none ?? { fixes: ways.flatMap(({ fixes = [] }) => fixes) };
}
