import type { Enum, EnumValue, Schema } from "../schema/index.js";
import type { Change } from "./change.js";
import { diffReserved } from "./diff-reserved.js";
import { diffVisibility } from "./diff-visibility.js";
import { pair } from "./pair.js";
import { parentBefore } from "./parent-before.js";
import { sameValues } from "./same-members.js";

/** What changed inside an enum that is on both sides. A number is one thing however many names it has. */
export function* diffEnum(before: Enum, after: Enum): Generator<Change> {
  for (const freed of diffReserved(before, after))
    yield { kind: "enum-reserved-removed", before, after, ...freed };
  yield* diffVisibility(before, after);
  if (sameValues(before, after)) return;
  const { removed, added, kept } = pair(byNumber(before), byNumber(after), (names) => names[0]!.number);
  for (const aliases of removed)
    yield { kind: "enum-value-removed", before: aliases[0]!, aliases, parent: after };
  for (const names of added)
    for (const value of names) yield { kind: "enum-value-added", after: value, parent: before };
  for (const [from, to] of kept) yield* diffNames(from, to, before);
}

export function* enumAdded(declared: Enum, before: Schema): Generator<Change> {
  yield { kind: "enum-added", after: declared, parent: parentBefore(declared.parent, before) };
  for (const value of declared.values) yield { kind: "enum-value-added", after: value, parent: undefined };
}

/** A name that joins the others of a number is an addition; one that leaves renames all that stay. */
function* diffNames(
  before: readonly EnumValue[],
  after: readonly EnumValue[],
  parent: Enum,
): Generator<Change> {
  const { removed, added } = pair(before, after, ({ name }) => name);
  if (removed.length === 0) {
    for (const value of added) yield { kind: "enum-value-added", after: value, parent };
    return;
  }
  for (const value of after)
    yield {
      kind: "enum-value-renamed",
      before: before.find(({ name }) => name === value.name) ?? removed[0]!,
      after: value,
      from: listNames(before),
      to: listNames(after),
      lost: removed,
    };
}

function byNumber(declared: Enum): readonly (readonly EnumValue[])[] {
  const groups = new Map<number, EnumValue[]>();
  for (const value of declared.values) groups.set(value.number, [...(groups.get(value.number) ?? []), value]);
  return [...groups.values()];
}

function listNames(values: readonly EnumValue[]): string {
  return values
    .map(({ name }) => name)
    .sort()
    .join(", ");
}
