import type { MessageChanges } from "./plan.js";
import { type Bridged, type Payload, type Rule, type Side, stash, type ValueRule } from "./side.js";

/** A side that is still being filled. */
export interface OpenSide extends Side {
  reverse: Side;
  readonly rules: Map<number, Rule>;
  readonly values: ValueRule[];
  readonly closed: Map<number, readonly number[]>;
  readonly bridged: Bridged[];
}

interface AnyNames {
  readonly up: ReadonlyMap<string, Payload>;
  readonly down: ReadonlyMap<string, Payload>;
}

/** The empty directions of a message, each the other's reverse. */
export function openSides(
  changes: MessageChanges | undefined,
  stashNumber: number,
  any?: AnyNames,
): readonly [up: OpenSide, down: OpenSide] {
  const parts = () => ({
    changes,
    stashNumber,
    rules: new Map(),
    values: [],
    closed: new Map(),
    bridged: [],
    lane: undefined,
  });
  const up = { ...parts(), any: any?.up, isUp: true } as unknown as OpenSide;
  const down: OpenSide = { ...parts(), any: any?.down, isUp: false, reverse: up };
  up.reverse = down;
  return [up, down];
}

/** What one side declares and the other does not must not pass there as an unknown field. */
export function reserveDeclared(declared: OpenSide, side: OpenSide): void {
  for (const number of declared.rules.keys()) if (!side.rules.has(number)) side.rules.set(number, stash);
}
