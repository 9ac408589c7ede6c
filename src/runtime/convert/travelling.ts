import type { EntryReader } from "../entry-reader.js";
import { isReadable } from "../is-readable.js";
import type { FieldPlan } from "../plan.js";
import { shapeLayout } from "../shape-layout.js";
import { copyWhole } from "../shortcut.js";
import type { Call, Carried, Way } from "../side.js";
import { stripUntrusted } from "../strip-message.js";
import { isEqual, written } from "../value-list.js";

/**
 * What one side declares passes away unchanged, and comes home where that side can read it.
 * @param absent what comes home where nothing does, and need not leave
 */
export function travellingWays(
  declared: EntryReader,
  absent?: { readonly field: FieldPlan; readonly value: Uint8Array },
): { readonly away: Way; readonly home: Way } {
  const home = (held: Uint8Array, call: Call) => comeHome(declared, held, call);
  if (absent === undefined)
    return {
      away: { carry: (held) => ({ bytes: held, returns: true }), shortcut: copyWhole, copies: true },
      home: { carry: home },
    };
  const standard = written(absent.field, [absent.value]);
  return {
    away: {
      elided: standard,
      carry: (held, { depth }) => ({
        bytes: isEqual(declared.read(held, depth).bytes, standard) ? new Uint8Array() : held,
        returns: true,
      }),
    },
    home: {
      bridges: true,
      filling: standard,
      carry: (held, call) => (held.length === 0 ? { bytes: standard, returns: true } : home(held, call)),
    },
  };
}

function comeHome(declared: EntryReader, held: Uint8Array, { context, depth }: Call): Carried {
  let [bytes, returns, isWhole] = [held, false, true];
  const read = () => {
    isWhole = declared.read(held, depth).complete;
    returns = isOrderly(declared, held, depth);
    if (returns) return;
    // No stub of the side that it comes from sees the stashes in it.
    bytes = stripUntrusted(shapeLayout(declared.fields, declared.shapes, true), held, context, depth);
    returns = bytes !== held && isOrderly(declared, bytes, depth);
  };
  return isReadable(read) && isWhole
    ? { bytes, returns }
    : { bytes: new Uint8Array(), returns: held.length === 0 };
}

/** Entries of a map come back in an order of their own: whether it is only that, and all else is in order. */
function isOrderly(declared: EntryReader, held: Uint8Array, depth: number): boolean {
  const { bytes, unordered } = declared.read(held, depth);
  return isEqual(unordered ? declared.readInOrder(held, depth) : bytes, held);
}
