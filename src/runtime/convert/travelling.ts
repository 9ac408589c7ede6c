import type { EntryReader } from "../entry-reader.js";
import { isReadable } from "../is-readable.js";
import type { FieldPlan } from "../plan.js";
import { copyWhole } from "../shortcut.js";
import type { Carried, Way } from "../side.js";
import { isEqual, written } from "../value-list.js";

/**
 * What one side declares passes away unchanged, and comes home where that side can read it.
 * @param absent what comes home where nothing does, and need not leave
 */
export function travellingWays(
  declared: EntryReader,
  absent?: { readonly field: FieldPlan; readonly value: Uint8Array },
): { readonly away: Way; readonly home: Way } {
  const home = (held: Uint8Array, depth: number) => comeHome(declared, held, depth);
  if (absent === undefined)
    return {
      away: { carry: (held) => ({ bytes: held, returns: true }), shortcut: copyWhole, copies: true },
      home: { carry: (held, { depth }) => home(held, depth) },
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
      carry: (held, { depth }) =>
        held.length === 0 ? { bytes: standard, returns: true } : home(held, depth),
    },
  };
}

function comeHome(declared: EntryReader, held: Uint8Array, depth: number): Carried {
  let returns = false;
  let isWhole = true;
  const read = () => {
    const { bytes, unordered, complete } = declared.read(held, depth);
    isWhole = complete;
    // Entries of a map come back in an order of their own: only that, if they are orderly otherwise.
    returns = isEqual(unordered ? declared.readInOrder(held, depth) : bytes, held);
  };
  return isReadable(read) && isWhole
    ? { bytes: held, returns }
    : { bytes: new Uint8Array(), returns: held.length === 0 };
}
