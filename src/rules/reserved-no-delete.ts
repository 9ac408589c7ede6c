import type { ChangeOf } from "../diff/index.js";
import { describe } from "./describe.js";
import { nowFree } from "./now-free.js";
import { placeOf } from "./place.js";
import { reservedName } from "./proto-source.js";
import type { Judgement, Rule } from "./rule.js";
import { steps } from "./steps.js";

export const reservedMessageNoDelete: Rule = {
  id: "RESERVED_MESSAGE_NO_DELETE",
  purpose: "Checks that reserved numbers and names of a message stay reserved.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: { "reserved-removed": (change) => [freed(change)] },
};

export const reservedEnumNoDelete: Rule = {
  id: "RESERVED_ENUM_NO_DELETE",
  purpose: "Checks that reserved numbers and names of an enum stay reserved.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["stored-data", "elder-readers", "newer-readers"],
  judge: { "enum-reserved-removed": (change) => [freed(change)] },
};

function freed(change: ChangeOf<"reserved-removed" | "enum-reserved-removed">): Judgement {
  const { after, from } = change;
  const written = from.startsWith('"') ? reservedName(from.slice(1, -1), after) : from;
  return {
    message: `${describe(after)} no longer reserves ${from}${nowFree(from, change.freed)}`,
    at: placeOf(after),
    suggestion: steps(["keep it", `reserved ${written};`]),
    // A number that is used again is read as what it was before: no state excuses that.
    ...(isTaken(change) ? { severity: "error" as const, offence: "taken" } : {}),
  };
}

/** Whether something has taken a number that was reserved before. */
function isTaken({ after, freed }: ChangeOf<"reserved-removed" | "enum-reserved-removed">): boolean {
  const members: readonly { readonly number: number }[] =
    after.kind === "message" ? after.fields : after.values;
  return members.some(({ number }) => freed.some(({ start, end }) => start <= number && number <= end));
}
