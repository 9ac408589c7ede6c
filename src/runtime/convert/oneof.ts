import { WireReader } from "../../wire/index.js";
import { concat } from "../field-values.js";
import type { FieldPlan, OneofPlan } from "../plan.js";
import type { Call, Carried, Way } from "../side.js";
import { type Links, linkElement } from "./link-element.js";
import { haveResidue, isWhole, type MemberWay, type SetMember, setMembers, writtenMember } from "./member.js";

/**
 * Fields that exclude each other on one side at least. Of those that the other side takes for one oneof the
 * last one set crosses, as a parser there would keep the last that it meets; of a oneof, only the member that
 * a parser here ends up with counts.
 */
export function oneofWays({ members }: OneofPlan, links: Links): { readonly up: Way; readonly down: Way } {
  const linked = members.map(({ v3, v4, element }) => ({
    v3,
    v4,
    ...(v3 && v4 ? linkElement(element, v3, v4, links) : {}),
  }));
  const up = linked.flatMap(({ v3, v4, up }) => (v3 ? [{ from: v3, to: v4, send: up }] : []));
  const down = linked.flatMap(({ v3, v4, down }) => (v4 ? [{ from: v4, to: v3, send: down }] : []));
  return {
    up: { carry: (held, call) => carryMembers(up, held, call) },
    down: { carry: (held, call) => carryMembers(down, held, call) },
  };
}

function carryMembers(members: readonly MemberWay[], held: Uint8Array, call: Call): Carried {
  const last = lastPlaces(held);
  const set = setMembers(members, held, call).toSorted(
    (one, other) => last.get(one.from.number)! - last.get(other.from.number)!,
  );
  const said = set.filter(({ sent }) => sent.length > 0);
  const crossing = said.filter(({ to }, index) => !isFollowed(to!, said.slice(index + 1)));
  const returns =
    crossing.length === set.length &&
    crossing.every(isWhole) &&
    !haveResidue(members, held) &&
    // What stands side by side over there may be a oneof here, of which another member would come back.
    crossing.every(({ from }, index) => !isExcluded(from, crossing.slice(index + 1)));
  return {
    bytes: concat(crossing.map(writtenMember)),
    returns,
  };
}

function lastPlaces(held: Uint8Array): ReadonlyMap<number, number> {
  const places = new Map<number, number>();
  const reader = new WireReader(held);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    reader.skip(tag);
    places.set(tag >>> 3, start);
  }
  return places;
}

function isFollowed({ oneof }: FieldPlan, later: readonly SetMember[]): boolean {
  return oneof !== undefined && later.some(({ to }) => to!.oneof === oneof);
}

function isExcluded({ oneof }: FieldPlan, later: readonly SetMember[]): boolean {
  return oneof !== undefined && later.some(({ from }) => from.oneof === oneof);
}
