import type { Field } from "../../schema/index.js";
import { fieldNamed, freeNumber } from "../member-index.js";
import type { RuleContext } from "../rule.js";
import { unreserved } from "./homes.js";
import { replaced } from "./keep-field.js";
import { revive } from "./revive.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/**
 * A number that another field has taken goes back to whom it was: that one, if it is still there under another number;
 * else it comes back. The taker gets its own number, if it had one, or a free one.
 */
export function giveNumberBack(owner: Field, taker: Field, context: RuleContext): WayBack {
  const { parent } = taker;
  if (parent.kind === "file" || owner.parent.kind === "file")
    return unfixable("which number an extension may take, only who keeps the numbers knows");
  const moved = fieldNamed(parent, owner.name);
  const earlier = fieldNamed(owner.parent, taker.name);
  const number = earlier?.number ?? freeNumber(parent);
  const holder = parent.fieldByNumber.get(number);
  if (holder !== undefined && holder !== moved) {
    const back = owner.parent.fieldByNumber.get(holder.number);
    // In a circle each goes to its own.
    if (back === undefined || fieldNamed(parent, back.name) === undefined)
      return unfixable(`its own number, ${number}, is taken by "${holder.name}" now`);
  }
  const away: WayBack = {
    fixes: [
      ...(earlier === undefined ? [] : unreserved(parent, earlier).map(withoutNames)),
      replaced(taker, "number", `${number}`),
    ],
  };
  if (moved !== undefined) return together(away, { fixes: [replaced(moved, "number", `${owner.number}`)] });
  return together(away, comeBack(owner, context));
}

/** A field that is new goes to a free number, and the one that it took is kept from the next. */
export function leaveNumber(elder: Field, taker: Field): WayBack {
  const { parent } = taker;
  if (parent.kind === "file" || taker.extendee !== undefined)
    return unfixable("which number an extension may take, only who keeps the numbers knows");
  const isFree = fieldNamed(parent, elder.name) === undefined && !parent.reservedNames.includes(elder.name);
  const { fullName: symbol, file } = parent;
  const numbers = [{ start: taker.number, end: taker.number }];
  return {
    fixes: [
      replaced(taker, "number", `${freeNumber(parent)}`),
      { kind: "reserve", path: file.fullName, symbol, numbers, names: isFree ? [elder.name] : [] },
    ],
  };
}

/** As if nobody had its number: it is free when it comes. */
function comeBack(owner: Field, context: RuleContext): WayBack {
  return revive(owner, context, new Set(), true);
}

function withoutNames<F extends { readonly kind: string }>(fix: F): F {
  return fix.kind === "unreserve" ? { ...fix, names: [] } : fix;
}
