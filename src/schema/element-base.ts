import type { Options } from "./descriptor.js";
import type { EffectiveLifecycle } from "./lifecycle.js";
import { locatePath } from "./locate.js";
import { inheritLifecycle, readLifecycle } from "./read-lifecycle.js";
import type { Container, Declaration, Enum, SchemaFile, Service } from "./schema.js";

/** What the elements of a schema know of it. */
export interface Surroundings {
  /** Whether the image holds proto4's definitions: without them, the numbers of its options are somebody else's. */
  readonly annotated: boolean;
  /** Of all files, as soon as all are built; `undefined` where a file is read by itself and no link is checked. */
  readonly declared: ReadonlyMap<string, Declaration> | undefined;
}

/** What may enclose another element. */
export type Enclosing = Container | Enum | Service;

/** The lifecycle in effect for an element below `parent`. */
export function lifecycleIn(
  parent: Enclosing,
  options: Options | undefined,
  path: readonly number[],
): EffectiveLifecycle {
  if (options === undefined) return inheritLifecycle(parent.lifecycle);
  const file = fileAround(parent);
  return readLifecycle(
    options,
    parent.lifecycle,
    file.package,
    () => locatePath(file, path) ?? { path: file.fullName },
  );
}

export function fileAround(parent: Enclosing): SchemaFile {
  return parent.kind === "file" ? parent : parent.file;
}

/** What the names inside an element begin with. */
export function scopeOf(parent: Enclosing): string {
  return parent.kind === "file" ? parent.package : parent.fullName;
}

export function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}

/** An element whose parts, which point to it, are still to come. */
export type Unfinished<E> = { -readonly [Key in keyof E]: E[Key] };

/** As `map`, but of nothing makes the one empty list: most lists of a descriptor are empty. */
export function mapped<From, To>(
  list: readonly From[],
  make: (item: From, index: number) => To,
): readonly To[] {
  return list.length === 0 ? none : list.map(make);
}

/** A list itself, or the one empty list. */
export function orNone<E>(list: readonly E[]): readonly E[] {
  return list.length === 0 ? none : list;
}

/** The one empty list. */
export const none: readonly never[] = [];
