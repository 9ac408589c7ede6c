import { Proto4Error } from "../../diagnostics/index.js";
import { daysBetween, findReplacement } from "../../rules/index.js";
import {
  type Element,
  fileOf,
  type Lifecycle,
  locate,
  type Schema,
  type SchemaFile,
  wholeSchema,
} from "../../schema/index.js";
import { maybeMeant } from "../config/nearest.js";
import type { Side } from "../workspace/pair-modules.js";
import { describeElement } from "./element-facts.js";
import { type LifecycleList, type ListedElement, listedStates, type Replacement } from "./lifecycle-list.js";
import { writtenElements } from "./written-elements.js";

/** Which elements to list. */
export interface LifecycleQuery {
  /** yyyy-mm-dd */
  readonly today: string;
  /** Of these states only. */
  readonly states?: readonly Lifecycle[] | undefined;
  /** Of these packages only; the others are not counted either. Without it, of all but proto4's own definitions and protobuf's. */
  readonly packages?: readonly string[] | undefined;
  /** Only those whose sunset comes within so many days, or has passed. */
  readonly within?: number | undefined;
  /** Also those that say nothing themselves; without it, those that declare a state or are marked deprecated. */
  readonly all?: boolean | undefined;
}

/**
 * Elements of an input by their lifecycles; what it only imports is left out.
 * @throws Proto4Error "usage" for a package that is not there, "image-corrupt", "lifecycle-malformed"
 */
export function listLifecycles({ image, workspace }: Side, query: LifecycleQuery): LifecycleList {
  const schema = wholeSchema(image);
  const own = [...schema.files.values()].filter(({ isImport }) => !isImport);
  checkPackages(query.packages ?? [], own);
  const elements = own
    .filter((file) => query.packages?.includes(file.package) ?? !others.has(file.package))
    .flatMap((file) => [...writtenElements(file)])
    .filter(({ kind }) => kind !== "oneof");
  const listed = elements.filter((element) => isAsked(element, query));
  return {
    today: query.today,
    counts: countStates(elements),
    elements: listed
      .map((element) => toListed(element, schema, query.today, (path) => workspace.locate(path)))
      .filter(
        ({ daysLeft }) => query.within === undefined || (daysLeft !== undefined && daysLeft <= query.within),
      )
      .toSorted(byUrgency),
  };
}

// What comes along with the compilers: in an image of protoc's, nothing tells it from what is one's own.
const others: ReadonlySet<string> = new Set(["proto4", "google.protobuf"]);

function checkPackages(wanted: readonly string[], files: readonly SchemaFile[]): void {
  const there = [...new Set(files.map((file) => file.package))];
  const missing = wanted.find((name) => !there.includes(name));
  if (missing === undefined) return;
  const nearest = maybeMeant(missing, there);
  const named = there.filter(Boolean).toSorted();
  const others = `${named.slice(0, 5).join(", ")}${named.length > 5 ? ` and ${named.length - 5} more` : ""}`;
  throw new Proto4Error(
    "usage",
    `there is no package "${missing}" in this input; ${nearest === undefined ? `there are ${others || "none"}` : `did you mean ${nearest}?`}`,
  );
}

function isAsked(element: Element, { states, all }: LifecycleQuery): boolean {
  const { state, source } = element.lifecycle;
  if (states !== undefined && !states.includes(state)) return false;
  return all === true || source === "own" || (state === "DEPRECATED" && element.deprecated);
}

function countStates(elements: readonly Element[]): LifecycleList["counts"] {
  const none = () => ({ own: 0, inherited: 0, inferred: 0 });
  const counts = { EXPERIMENTAL: none(), STABLE: none(), FROZEN: none(), DEPRECATED: none() };
  for (const { lifecycle } of elements) counts[lifecycle.state][lifecycle.source] += 1;
  return counts;
}

type Locate = (path: string) => string;

function toListed(element: Element, schema: Schema, today: string, toShown: Locate): ListedElement {
  const facts = describeElement(element);
  const { path, place, sunset, lifecycle } = facts;
  const daysLeft =
    sunset === undefined || lifecycle !== "DEPRECATED" ? undefined : daysBetween(today, sunset);
  return {
    ...facts,
    path: toShown(path),
    place: place && { ...place, path: toShown(place.path) },
    package: fileOf(element).package,
    since: element.lifecycle.terms.since,
    standing: daysLeft === undefined ? "stays" : daysLeft < 0 ? "overdue" : "leaving",
    daysLeft,
    replacement: replacementOf(element, schema, toShown),
  };
}

function replacementOf(element: Element, schema: Schema, toShown: Locate): Replacement | undefined {
  const { replacedBy } = element.lifecycle.terms;
  const found = replacedBy === undefined ? undefined : findReplacement(element, replacedBy, schema);
  if (found === undefined) return undefined;
  const { kind, name, lifecycle } = describeElement(found);
  return { kind, name, lifecycle, at: { ...locate(found), path: toShown(fileOf(found).fullName) } };
}

/** A sunset that has passed is before all that are to come. */
function byUrgency(a: ListedElement, b: ListedElement): number {
  const day = ({ standing, sunset }: ListedElement) => (standing === "stays" ? "later" : (sunset ?? "later"));
  return (
    compare(day(a), day(b)) ||
    listedStates.indexOf(a.lifecycle) - listedStates.indexOf(b.lifecycle) ||
    compare(a.package, b.package) ||
    compare(a.name, b.name) ||
    compare(a.kind, b.kind)
  );
}

/** By code unit: a locale would make the order another one on another machine. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
