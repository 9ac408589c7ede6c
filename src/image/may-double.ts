import type { FileSlice, Image } from "./image.js";
import { rawFields, rawFieldsOf } from "./raw-fields.js";

/**
 * Whether a name that some files of an image declare may be declared by another one as well: a compiler that sees only
 * a part of the files does not notice. Names inside messages need no look, because their messages are then there twice,
 * or are packages, too, which counts here as the same.
 */
export function mayDouble(fresh: readonly FileSlice[], image: Image): boolean {
  const packages = new Set([...new Set(image.files.map((slice) => slice.package))].flatMap(scopesOf));
  const scopes = new Set(fresh.flatMap((slice) => ["", ...scopesOf(slice.package)]));
  const names = new Set<string>();
  for (const slice of image.files)
    if (scopes.has(slice.package))
      for (const name of namesIn(slice)) {
        if (names.has(name) || packages.has(name)) return true;
        names.add(name);
      }
  return false;
}

/** Whether another file may be the same as this one, all but for its path. */
export function declaresNothing({ bytes }: FileSlice): boolean {
  return ![...rawFields(bytes)].some(({ number }) => DECLARATIONS.has(number));
}

/** A package and those around it: `a.b.c`, `a.b`, `a`. */
function scopesOf(name: string): readonly string[] {
  const parts = name.split(".");
  return name === "" ? [] : parts.map((_, index) => parts.slice(0, index + 1).join("."));
}

/** Full names of what a file declares outside of messages; the values of an enum stand beside it. */
function namesIn(slice: FileSlice): readonly string[] {
  const scope = slice.package === "" ? "" : `${slice.package}.`;
  return [...rawFields(slice.bytes)]
    .filter(({ number }) => DECLARATIONS.has(number))
    .flatMap(({ number, bytes }) => [
      ...rawFieldsOf(bytes, NAME),
      ...(number === ENUM ? rawFieldsOf(bytes, VALUE).flatMap((value) => rawFieldsOf(value, NAME)) : []),
    ])
    .map((name) => scope + Buffer.from(name).toString());
}

/** Numbers in `FileDescriptorProto` of what it declares. */
const DECLARATIONS: ReadonlySet<number> = new Set([4, 5, 6, 7]);
const ENUM = 5;
/** `EnumDescriptorProto.value` */
const VALUE = 2;
/** Of every descriptor. */
const NAME = 1;
