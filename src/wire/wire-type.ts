/** @see https://protobuf.dev/programming-guides/encoding/#structure */
export const WireType = { Varint: 0, Fixed64: 1, Bytes: 2, StartGroup: 3, EndGroup: 4, Fixed32: 5 } as const;

export type WireType = (typeof WireType)[keyof typeof WireType];

/** Nesting of submessages and groups after which bytes are refused, as in every protobuf implementation. */
export const defaultDepthLimit = 100;

/**
 * The most that may be asked for: an engine that goes in once a level does not get through the stack of calls
 * otherwise. Members of oneofs at every level take most of it, and fill the 984 kB of Node 20 after 268 levels.
 */
export const maxDepthLimit = 200;

export function makeTag(fieldNumber: number, wireType: WireType): number {
  return ((fieldNumber << 3) | wireType) >>> 0;
}
