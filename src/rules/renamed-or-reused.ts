import { editDistance } from "../diagnostics/index.js";
import type { Field } from "../schema/index.js";
import { fieldNamed, placeAmong } from "./member-index.js";

/** What a number's having another name looks like, and why. */
export interface Likeness {
  readonly isReuse: boolean;
  /** What speaks for it, as a part of a sentence. */
  readonly because: string;
}

/**
 * Tells a field that was renamed from one whose number was given to another field. Nobody can know; so what shows it
 * for certain goes first, and else what speaks for a rename and what speaks against it is added up:
 *
 * - certain re-use: the elder name lives on under another number, or the newer name had another number before;
 * - certain rename: the author says so, `(proto4.field_terms).was` names the elder;
 * - names that are alike: +2, others: -1; alike are those that share a word which says something, of which one has all
 *   the words of the other, or of which a third of the letters at most differ;
 * - the same type: +1; another one whose bytes it reads: 0; any other: -2;
 * - the same comment above both: +2; a different one above each: -2;
 * - the same neighbours, so that it was edited in its place: +1; else -1.
 *
 * More than 0 is a rename. So `note` that became `remark` where it stood is one; a new `phone` at the end of the
 * message, with a number that `note` left free, is none.
 */
export function renamedOrReused(before: Field, after: Field): Likeness {
  const certain = certainLikeness(before, after);
  if (certain !== undefined) return certain;
  const evidence = [
    weighName(before, after),
    weighType(before, after),
    weighComment(before, after),
    weighPlace(before, after),
  ];
  const isReuse = evidence.reduce((sum, { weight }) => sum + weight, 0) <= 0;
  const told = evidence.filter(({ weight }) => (isReuse ? weight < 0 : weight > 0)).map(({ what }) => what);
  return { isReuse, because: told.join(", ") || "nothing shows a rename" };
}

function certainLikeness(before: Field, after: Field): Likeness | undefined {
  const elsewhere = numberOf(before.name, after.parent);
  if (elsewhere !== undefined)
    return { isReuse: true, because: `"${before.name}" lives on as number ${elsewhere}` };
  const earlier = numberOf(after.name, before.parent);
  if (earlier !== undefined)
    return { isReuse: true, because: `"${after.name}" was number ${earlier} before` };
  if (after.lifecycle.terms.was === before.name)
    return { isReuse: false, because: "its terms say what it was" };
  return undefined;
}

function numberOf(name: string, parent: Field["parent"]): number | undefined {
  return parent.kind === "file" ? undefined : fieldNamed(parent, name)?.number;
}

interface Evidence {
  readonly weight: number;
  readonly what: string;
}

function weighName(before: Field, after: Field): Evidence {
  const [from, to] = [wordsOf(before.name), wordsOf(after.name)];
  const shared = from.filter((word) => to.includes(word));
  const isWithin = shared.length === from.length || shared.length === to.length;
  const [a, b] = [from.join(""), to.join("")];
  const isClose = editDistance(a, b) * 3 <= Math.max(a.length, b.length);
  return isWithin || isClose || shared.some((word) => !commonplace.has(word))
    ? { weight: 2, what: "the names are alike" }
    : { weight: -1, what: "the names have little in common" };
}

/** Words that fields of no kinship share. */
const commonplace: ReadonlySet<string> = new Set(
  "id ids name names type value at time date count url uri number code status state is has of".split(" "),
);

/** `userID2` is `user`, `id2`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_")
    .filter((word) => word.length > 0);
}

function weighType(before: Field, after: Field): Evidence {
  const isList = (field: Field) => field.cardinality === "repeated" || field.cardinality === "map";
  if (isList(before) !== isList(after)) return { weight: -2, what: "one is a list" };
  if (before.type === after.type && before.typeName === after.typeName)
    return { weight: 1, what: "the type is the same" };
  const reads = readers.some((group) => group.has(before.type) && group.has(after.type));
  return { weight: reads ? 0 : -2, what: "the type is another" };
}

/** Whether one may read what the other has written. */
export function readsAlike(before: Field, after: Field): boolean {
  return weighType(before, after).weight >= 0;
}

/** Types of which one may have become the other. */
const readers: readonly ReadonlySet<Field["type"]>[] = [
  new Set(["int32", "int64", "uint32", "uint64", "bool", "enum"]),
  new Set(["sint32", "sint64"]),
  new Set(["fixed32", "sfixed32"]),
  new Set(["fixed64", "sfixed64"]),
  new Set(["string", "bytes"]),
];

function weighComment(before: Field, after: Field): Evidence {
  const [from, to] = [commentOf(before), commentOf(after)];
  if (from === undefined || to === undefined) return { weight: 0, what: "" };
  if (from === to) return { weight: 2, what: "the comment is the same" };
  return { weight: -2, what: "the comment is another" };
}

function commentOf({ file, path }: Field): string | undefined {
  return file.sourceInfo.leadingComment(path)?.trim().replace(/\s+/g, " ") || undefined;
}

function weighPlace(before: Field, after: Field): Evidence {
  const isSame = neighbours(before) === neighbours(after);
  return isSame
    ? { weight: 1, what: "it stands in the same place" }
    : { weight: -1, what: "it stands in another place" };
}

/** Numbers of the fields above and below: these may have been renamed, too. */
function neighbours({ parent, number }: Field): string {
  if (parent.kind === "file") return "";
  const { fields } = parent;
  const index = placeAmong(parent, number);
  return `${fields[index - 1]?.number ?? ""} ${fields[index + 1]?.number ?? ""}`;
}
