import { WireReader } from "../../wire/index.js";
import { below, reportLost } from "../context.js";
import { declaredReader, type EntryReader } from "../entry-reader.js";
import { collectValues, concat } from "../field-values.js";
import { isReadable } from "../is-readable.js";
import { hash64 } from "../murmur3.js";
import type { FieldPlan, RegroupPlan } from "../plan.js";
import type { Call, CarriedParts, Way } from "../side.js";
import { type Item, stashTagOf } from "../stash.js";
import { ofField, written } from "../value-list.js";
import { accepts } from "../wire-form.js";
import { type Links, linkElement } from "./link-element.js";
import { haveResidue, isWhole, type MemberWay, setMembers, writtenMember } from "./member.js";

/**
 * Fields that stand in a submessage on one side and beside it on the other. What else the submessage holds
 * goes to the stash by itself, and joins it again whatever became of the fields; so does its being there
 * while it holds none of them.
 */
export function regroupWays(plan: RegroupPlan, links: Links): { readonly up: Way; readonly down: Way } {
  const flat = declaredReader(
    plan.members.map((member) => member.flat),
    links.shapes,
  );
  const holder = declaredReader([plan.holder], links.shapes);
  const ways = plan.members.map(({ inner, flat, element }) => {
    const { up, down } =
      plan.side === "v3"
        ? linkElement(element, inner, flat, links)
        : linkElement(element, flat, inner, links);
    const [out, into] = plan.side === "v3" ? [up, down] : [down, up];
    return { out: { from: inner, to: flat, send: out }, into: { from: flat, to: inner, send: into } };
  });
  const grouped: Grouped = {
    field: plan.holder,
    holder,
    flat,
    out: ways.map((way) => way.out),
    into: ways.map((way) => way.into),
  };
  const unpacking = partsOf((held, originals, call) => unpack(grouped, held, originals, call));
  const packing = partsOf((held, originals, call) => pack(grouped, held, originals, call));
  return plan.side === "v3" ? { up: unpacking, down: packing } : { up: packing, down: unpacking };
}

interface Grouped {
  /** The field that holds the submessage. */
  readonly field: FieldPlan;
  readonly holder: EntryReader;
  readonly flat: EntryReader;
  readonly out: readonly MemberWay[];
  readonly into: readonly MemberWay[];
}

function partsOf(carryParts: NonNullable<Way["carryParts"]>): Way {
  return {
    carryParts,
    carry: () => {
      throw new Error("a submessage is regrouped in parts");
    },
  };
}

/** Out of the submessage. */
function unpack(grouped: Grouped, held: Uint8Array, originals: readonly Item[], call: Call): CarriedParts {
  const { field, holder, flat, out } = grouped;
  const content = contentIn(field, held);
  const { told, rest } = split(out, content ?? empty);
  const items: Omit<Item, "entry">[] = [];
  const residue = withoutStash(rest, call);
  if (residue.length > 0) items.push({ fragment: written(field, [concat(residue)]) });
  const original = findOriginal(holder, flat, field.name, held, originals, call);
  if (original !== undefined) return { bytes: original.fragment, items };
  const set = below(
    call.context,
    () => field.name,
    () => setMembers(out, told, inside(call)),
  );
  const bytes = concat(set.map(writtenMember));
  const isTold = content === undefined || set.length > 0 || residue.length > 0;
  if (!isTold || !set.every(isWhole) || haveResidue(out, told))
    items.push({ projection: hash64(flat.read(bytes, call.depth).bytes), fragment: written(field, [told]) });
  return { bytes, items };
}

/** Into the submessage. */
function pack(grouped: Grouped, held: Uint8Array, originals: readonly Item[], call: Call): CarriedParts {
  const { field, holder, flat, out, into } = grouped;
  const residues = originals.filter(({ projection }) => projection === undefined);
  const rest = residues.flatMap((item) => residueOf(out, field, item, call));
  const valued = originals.filter(({ projection }) => projection !== undefined);
  const original = findOriginal(flat, holder, into[0]!.from.name, held, valued, call);
  const set = original === undefined ? setMembers(into, held, inside(call)) : [];
  const told = original === undefined ? concat(set.map(writtenMember)) : contentIn(field, original.fragment)!;
  const isThere = original !== undefined || set.length > 0 || rest.length > 0;
  const bytes = isThere ? written(field, [concat([told, ...rest])]) : empty;
  if (set.every(isWhole) && !(original === undefined && haveResidue(into, held))) return { bytes, items: [] };
  return { bytes, items: [{ projection: hash64(holder.read(bytes, call.depth).bytes), fragment: held }] };
}

function findOriginal(
  from: EntryReader,
  to: EntryReader,
  name: string,
  held: Uint8Array,
  originals: readonly Item[],
  call: Call,
): Item | undefined {
  if (originals.length === 0) return undefined;
  const present = hash64(from.read(held, call.depth).bytes);
  const found = originals.findLast(
    ({ projection, fragment }) => projection === present && to.ownsAll(fragment),
  );
  const report = () => reportLost(call.context, "edited");
  for (const item of originals) if (item !== found) below(call.context, () => name, report);
  return found;
}

/** What a stash holds of the submessage beside its members; nothing, and told so, where it is anything else. */
function residueOf(
  out: readonly MemberWay[],
  field: FieldPlan,
  { fragment }: Item,
  call: Call,
): readonly Uint8Array[] {
  let rest: readonly Uint8Array[] | undefined;
  const read = () => {
    const { told, rest: others } = split(out, contentIn(field, fragment) ?? empty);
    if (told.length === 0) rest = others;
  };
  if (!isReadable(read) || rest === undefined) reportLost(call.context, "malformed");
  return rest ?? [];
}

/** The content of the submessage, occurrences merged; `undefined` where there is none. */
function contentIn(field: FieldPlan, fragments: Uint8Array): Uint8Array | undefined {
  return ofField(
    field,
    collectValues(new Map([[field.number, field]]), fragments).get(field.number) ?? [],
  )[0];
}

/** Fragments of the members, and all others. */
function split(members: readonly MemberWay[], content: Uint8Array) {
  const told: Uint8Array[] = [];
  const rest: Uint8Array[] = [];
  const reader = new WireReader(content);
  while (!reader.done) {
    const start = reader.pos;
    const tag = reader.tag();
    reader.skip(tag);
    const isMember = members.some(({ from }) => from.number === tag >>> 3 && accepts(from, tag & 7));
    (isMember ? told : rest).push(content.subarray(start, reader.pos));
  }
  return { told: concat(told), rest };
}

/** A stash in the submessage is none of ours: it passes where its sender is trusted. */
function withoutStash(rest: readonly Uint8Array[], { context }: Call): readonly Uint8Array[] {
  if (context.trustStash) return rest;
  const kept = rest.filter((fragment) => new WireReader(fragment).tag() !== stashTagOf(context.stashNumber));
  if (kept.length < rest.length) reportLost(context, "stripped");
  return kept;
}

function inside(call: Call): Call {
  return { ...call, depth: call.depth - 1 };
}

const empty = new Uint8Array();
