import { converted, matching, type Shape } from "./shape.js";

const DAYS = { d: 1, w: 7, m: 30 } as const;

/** Four digits reach far enough, and no sum of dates overflows. */
const written = /^\d{1,4}[dwm]$/;

/** A time as files write it, in days. */
export const duration: Shape<number> = converted(
  matching(written, "a time of days, weeks or months of 30 days, such as 90d, 12w or 3m"),
  toDays,
);

/** The days of a time such as 90d, 12w or 3m; `undefined` for any other text. */
export function parseDuration(text: string): number | undefined {
  return written.test(text) ? toDays(text) : undefined;
}

function toDays(text: string): number {
  return Number(text.slice(0, -1)) * DAYS[text.slice(-1) as keyof typeof DAYS];
}
