import { compilePlan, type Mapping } from "../mapping/index.js";
import { describeLane, type LaneDescription } from "../runtime/index.js";

/** The lanes of a mapping that are worth printing, by the name of the message's v3. */
export interface PrintedLanes {
  readonly up: ReadonlyMap<string, LaneDescription>;
  readonly down: ReadonlyMap<string, LaneDescription>;
}

/**
 * Those that carry all that the message declares: code that gives up whenever some field is set costs more than
 * it saves. A message inside has to be such a one, too.
 */
export function printedLanes(mapping: Mapping): PrintedLanes {
  const plan = compilePlan(mapping);
  const lanesOf = (way: "up" | "down") =>
    withoutGaps(
      new Map(
        plan.messages.flatMap(({ v3, v4 }) => {
          const lane = v3 === v4 ? undefined : describeLane(plan, v3, way);
          return lane === undefined ? [] : [[v3, lane] as const];
        }),
      ),
    );
  return { up: lanesOf("up"), down: lanesOf("down") };
}

function withoutGaps(lanes: Map<string, LaneDescription>): ReadonlyMap<string, LaneDescription> {
  for (let before = -1; before !== lanes.size; ) {
    before = lanes.size;
    for (const [v3, { fields }] of lanes)
      if (fields.some(({ inside }) => inside !== undefined && !lanes.has(inside))) lanes.delete(v3);
  }
  return lanes;
}
