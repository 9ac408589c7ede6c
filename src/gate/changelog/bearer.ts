import type { Change } from "../../diff/index.js";
import { promiser } from "../../rules/index.js";
import { type Element, type EnumValue, type Field, fileOf, type Method } from "../../schema/index.js";
import { aspectOf } from "./aspect.js";
import { name, type Phrase, phrase } from "./phrase.js";

/** What changes are told under: a type, a service, a file for what lies in none of them, or a whole package. */
export interface Owner {
  readonly kind: "package" | "file" | "message" | "enum" | "service";
  /** Full name; a file's is its path. */
  readonly name: string;
  readonly package: string;
}

/** The element that a change is told of. */
export interface Bearer {
  /** Whether it is the element that changed, and not what that is a part of. */
  readonly isItself: boolean;
  /** The same for all changes of the element. */
  readonly key: string;
  readonly owner: Owner;
  /** `field 2 "note"`, or `the message` for the owner itself. */
  readonly subject: Phrase;
  /** By which it is sorted within its owner. */
  readonly order: readonly [kind: number, number: number, name: string];
}

/** What there is now, or was before where it is gone. */
export function elementOf(change: Change): Element {
  return "after" in change ? change.after : change.before;
}

/**
 * Who bears a change. What the compiler makes of a map is the map field's, and a member of what came, went or moved as
 * a whole is told with that where it did the same.
 */
export function bearerOf(change: Change, moved: Moved): Bearer {
  const element = elementOf(change);
  if (change.kind === "package-removed") return wholePackage(change.before.package);
  const shown = promiser(element);
  if (isMember(shown) && moved.has(moveOf(change, shown.parent)))
    return { ...bearer(shown.parent, []), isItself: false };
  return { ...bearer(shown, shown === element ? [] : partOfMap(element)), isItself: shown === element };
}

/** What happened to which messages, enums and services as a whole. */
export type Moved = ReadonlySet<string>;

export function movedBy(changes: readonly Change[]): Moved {
  const wholes = changes.filter((change) => !isMember(elementOf(change)));
  return new Set(wholes.map((change) => moveOf(change, elementOf(change))));
}

/** `added message shop.v1.Order`; of an aspect, from what to what as well. */
function moveOf(change: Change, element: Element): string {
  const { kind } = change;
  return `${kind.replace(/^(message|enum|enum-value|service|method|field)-(?=(added|removed|left-file)$)/, "")} ${keyOf(element)} ${aspectOf(change)}`;
}

function isMember(element: Element): element is Field | EnumValue | Method {
  if (element.kind === "field") return element.extendee === undefined;
  return element.kind === "enum-value" || element.kind === "method";
}

function partOfMap(element: Element): Phrase {
  return element.kind !== "field" ? [] : [element.name === "key" ? "the keys of " : "the values of "];
}

function wholePackage(full: string): Bearer {
  const owner = { kind: "package", name: full, package: full } as const;
  return { key: `package ${full}`, owner, subject: ["the package"], order: [0, 0, ""], isItself: true };
}

function bearer(element: Element, part: Phrase): Omit<Bearer, "isItself"> {
  const owner = ownerOf(element);
  const number = "number" in element ? element.number : 0;
  return {
    key: keyOf(element),
    owner,
    subject: [...part, ...subjectOf(element)],
    order: [kinds.indexOf(element.kind), number, element.name],
  };
}

/** A field is what has its number; a value may have several names, and each is told of. */
function keyOf(element: Element): string {
  if (element.kind !== "field")
    return `${element.kind} ${element.fullName}${"number" in element ? ` ${element.number}` : ""}`;
  return element.extendee === undefined
    ? `field ${element.parent.fullName} ${element.number}`
    : `extension ${element.extendee} ${element.number}`;
}

function ownerOf(element: Element): Owner {
  const { kind } = element;
  if (kind === "field" || kind === "oneof" || kind === "enum-value" || kind === "method")
    return ownerOf(element.parent);
  return { kind, name: element.fullName, package: fileOf(element).package };
}

function subjectOf(element: Element): Phrase {
  if (element.kind === "field" && element.extendee !== undefined)
    return phrase`extension ${name(element.fullName)}, ${element.number} of ${element.extendee},`;
  if (element.kind === "field") return phrase`field ${[`${element.number}`]} ${name(element.name)}`;
  if (element.kind === "enum-value") return phrase`value ${[`${element.number}`]} ${name(element.name)}`;
  if (element.kind === "oneof" || element.kind === "method")
    return phrase`${[element.kind]} ${name(element.name)}`;
  return [`the ${element.kind}`];
}

/** In which order they stand within their owner, which comes first. */
const kinds: readonly Element["kind"][] = [
  "file",
  "message",
  "enum",
  "service",
  "field",
  "oneof",
  "enum-value",
  "method",
];
