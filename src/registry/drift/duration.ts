import { Proto4Error } from "../../diagnostics/index.js";
import { isDuration } from "../store/observation.js";

/** @returns milliseconds @throws Proto4Error "usage" unless it is a number with s, m, h or d */
export function parseDuration(text: string): number {
  if (!isDuration(text))
    throw new Proto4Error("usage", `"${text.slice(0, 80)}" is no length of time: write 30d, 12h, 5m or 20s`);
  return Number(text.slice(0, -1)) * seconds[text.at(-1) as keyof typeof seconds] * 1000;
}

/** The two largest parts of a length of time, as in `3d 4h`. */
export function tellDuration(milliseconds: number): string {
  const parts = Object.entries(seconds).toReversed();
  let rest = Math.max(0, Math.floor(milliseconds / 1000));
  const told = parts.flatMap(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest -= count * size;
    return count === 0 ? [] : [`${count}${unit}`];
  });
  return told.length === 0 ? "0s" : told.slice(0, 2).join(" ");
}

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 };
