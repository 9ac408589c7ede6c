import { Proto4Error } from "../../diagnostics/index.js";
import { addDays, isDay } from "../../rules/index.js";
import { parseDuration } from "../config/duration.js";
import { tooLong } from "./too-long.js";

/**
 * The last day of a new waiver.
 * @param text a day, or a time from today on such as 90d
 * @param lifetime days that a waiver may last
 * @throws Proto4Error "usage" where it is neither, has passed, or lies too far ahead
 */
export function lastDay(text: string, today: string, lifetime: number): string {
  const days = parseDuration(text);
  const day = days === undefined ? text : addDays(today, days);
  if (!isDay(day))
    throw usage(`--expires takes a day such as 2027-01-31, or a time such as 90d, not "${text}"`);
  if (day < today)
    throw usage(`${day} has passed, and a waiver counts until its last day; today is ${today}`);
  const latest = addDays(today, lifetime);
  if (day > latest) throw usage(tooLong(day, latest, lifetime));
  return day;
}

function usage(message: string): Proto4Error {
  return new Proto4Error("usage", message);
}
