/** The other side reads it alike, or does not know it. */
export const COPY = 0;
/** Only the engine can do it. */
export const GIVE_UP = 1;
/** An integer of 32 bits becomes one of 64, or back. */
export const SIGNED = 2;
export const UNSIGNED = 3;
export const RENUMBER = 4;
export const NESTED = 5;
/** A packed list of them. */
export const SIGNED_LIST = 6;
export const UNSIGNED_LIST = 7;
export const ENUM = 8;
/** Bytes and the message in them. */
export const BLOB = 9;
/** Known over there and not here: copied where it is as an encoder over there writes it. */
export const HOME = 10;
/** As COPY, but for the value that the other side gets by itself. */
export const ELIDE = 13;
/** The other side has no place for it. */
export const STASH = 11;
/** Read, converted and compared by the engine. */
export const VALUE = 12;
/** In a chain: stays as it is but for its tag, where several hops find it plain. */
export const CHECKED = 14;

/** @param wireTypes a bit for each that the field takes @param flags IMPLICIT, NARROW */
export function makeWord(operation: number, wireTypes: number, flags: number = 0): number {
  return operation | (wireTypes << 8) | flags;
}

/** A zero is not told from an absent one, on one side or both. */
export const IMPLICIT = 1 << 16;

/** A number of 64 bits is cut to 32. */
export const NARROW = 1 << 17;
