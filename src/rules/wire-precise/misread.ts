import type { Field, Message, Schema } from "../../schema/index.js";

/** Both ends of one way that bytes can go. */
export interface Way {
  readonly writer: Schema;
  readonly reader: Schema;
  /** Whether the reader is the side after the change. */
  readonly isReaderNewer: boolean;
}

/** What a reader makes of some value that a writer can write, where it is not that value. */
export interface Misread {
  /** A phrase about readers: `read -1 as 4294967295`. */
  readonly what: string;
  /** Names of fields that lead to it from what was asked about; empty for that itself. */
  readonly path: readonly string[];
}

/** What goes wrong in one aspect of a field; `undefined` where every value arrives as it was. */
export type Misreads = (writer: Field, reader: Field, way: Way) => Misread | undefined;

export function misread(what: string): Misread {
  return { what, path: [] };
}

/** The key or value of a map: always written, and where it is missing, its zero is read. */
export function isEntryPart({ parent }: Field): boolean {
  return parent.kind === "message" && parent.mapEntry;
}

export function isList({ cardinality }: Field): boolean {
  return cardinality === "repeated" || cardinality === "map";
}

/** Whether its readers can tell a zero from nothing. */
export function hasPresence(field: Field): boolean {
  return field.cardinality === "explicit" && !isEntryPart(field);
}

export function messageNamed(name: string | undefined, schema: Schema): Message | undefined {
  const found = schema.declared.get(name ?? "");
  return found?.kind === "message" ? found : undefined;
}
