import { type Enum, type Field, fileOf } from "../../schema/index.js";
import { describe } from "../describe.js";
import { groupOf } from "../print/print-field.js";
import type { RuleContext } from "../rule.js";
import { isIn, messageAfter, type Revived } from "./homes.js";

/**
 * What has the name or the number of something that left, by now.
 * @param isCleared whether who has its number gets another one
 */
export function whyTaken(lost: Revived, context: RuleContext, isCleared: boolean): string | undefined {
  const { after } = context;
  const names = [lost, ...(lost.kind === "field" ? [groupOf(lost) ?? lost] : [])];
  for (const { fullName } of names) {
    const taker = after.elements.get(fullName);
    if (taker !== undefined)
      return taker.kind === lost.kind && lost.kind !== "field"
        ? `${describe(lost)} stands in ${fileOf(taker).fullName} now, and to move it back would take it from there`
        : `its name is taken by ${describe(taker)} now`;
  }
  const home = lost.parent.kind === "file" ? after.files.get(lost.parent.fullName) : undefined;
  if (home !== undefined && home.package !== fileOf(lost).package)
    return `its file ${home.fullName} has another package now`;
  if (lost.kind === "enum") return whyValues(lost, context);
  if (lost.kind !== "field") return undefined;
  return lost.extendee === undefined ? whyNumber(lost, context, isCleared) : whyExtension(lost, context);
}

/** The names of values are siblings of their enum's: those of one that was renamed stand in its way. */
function whyValues({ values }: Enum, { after }: RuleContext): string | undefined {
  const taken = values.find(({ fullName }) => after.elements.has(fullName));
  const taker = taken && after.elements.get(taken.fullName);
  return taker && `its value's name is taken by ${describe(taker)} now`;
}

function whyNumber(lost: Field, context: RuleContext, isCleared: boolean): string | undefined {
  const parent = messageAfter(lost, context);
  if (parent === undefined) return undefined;
  const taker = parent.fieldByNumber.get(lost.number);
  if (taker !== undefined && !isCleared) return `its number is taken by ${describe(taker)} now`;
  return isIn(lost.number, parent.extensionRanges) ? "its number is given to extensions now" : undefined;
}

/** An extension that has another name now is the one that it was. */
function whyExtension({ extendee, number }: Field, { after }: RuleContext): string | undefined {
  for (const taker of after.declared.values())
    if (taker.kind === "field" && taker.extendee === extendee && taker.number === number)
      return `it is ${taker.fullName} now`;
  return undefined;
}
