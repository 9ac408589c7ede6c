import { addDays, daysBetween } from "../../rules/index.js";

/** A stretch of days, and where on it a reader finds their way. */
export interface TimeAxis {
  readonly from: string;
  readonly to: string;
  readonly ticks: readonly Tick[];
  /** Where a day stands: 0 at the beginning, 1 at the end. */
  place(day: string): number;
}

interface Tick {
  readonly day: string;
  /** `2026`, `2026-07` */
  readonly label: string;
}

/** An axis on which all days have room, with a margin on both sides. @param days one at least */
export function makeAxis(days: readonly string[]): TimeAxis {
  const sorted = days.toSorted();
  const span = Math.max(60, daysBetween(sorted[0]!, sorted.at(-1)!));
  const margin = Math.ceil(span / 20);
  const from = clamp(addDays(sorted[0]!, -margin));
  const to = clamp(addDays(sorted[0]!, span + margin));
  const length = Math.max(1, daysBetween(from, to));
  return { from, to, ticks: ticksOf(from, to), place: (day) => daysBetween(from, day) / length };
}

/** Days before the year 1 or after 9999 have another spelling. */
function clamp(day: string): string {
  return /^\d{4}-/.test(day) ? day : day.startsWith("-") ? "0001-01-01" : "9999-12-31";
}

/** The first days of months or years, at a distance that leaves room for their labels. */
function ticksOf(from: string, to: string): readonly Tick[] {
  const months = daysBetween(from, to) / 30.4;
  const step =
    steps.find((each) => months / each <= mostTicks) ?? Math.ceil(months / mostTicks / 1200) * 1200;
  const ticks: Tick[] = [];
  const first = Number(from.slice(0, 4)) * 12 + Number(from.slice(5, 7)) - 1;
  for (let month = Math.ceil(first / step) * step; ; month += step) {
    const label = `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
    const day = `${label}-01`;
    if (day > to || month >= 120_000) return ticks;
    if (day >= from) ticks.push({ day, label: step % 12 === 0 ? label.slice(0, 4) : label });
  }
}

/** Months from tick to tick. */
const steps = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200];
const mostTicks = 10;
