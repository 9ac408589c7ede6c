import { type FileSlice, importsOf } from "../image/index.js";
import { builtInFinder } from "./built-in-options.js";
import type { FieldFinder } from "./canonical-bytes.js";
import type { Field, Schema, SchemaFile } from "./schema.js";

/**
 * Finders of the fields that a file's options may have: those of descriptors themselves, and what the file sees of the
 * rest through its imports, however far. What else is in the image has no say in what the options of a file mean.
 */
export function makeFieldFinders(
  schema: Schema,
  slices: readonly FileSlice[],
): (file: SchemaFile) => FieldFinder {
  const extensions = extensionsOf(schema);
  const sees = makeSees(slices);
  return (file) => (typeName, number) => {
    const own = builtInFinder(typeName, number);
    if (own !== undefined) return own;
    const field = fieldOf(schema, typeName, number);
    if (field !== undefined && sees(file, field.file)) return field;
    return extensions
      .get(typeName)
      ?.get(number)
      ?.findLast((extension) => sees(file, extension.file));
  };
}

function fieldOf({ declared }: Schema, typeName: string, number: number): Field | undefined {
  const found = declared.get(typeName);
  return found?.kind === "message" ? found.fieldByNumber.get(number) : undefined;
}

/** By the message that they extend, and by number: files that do not see each other may have several of one number. */
function extensionsOf({ declared }: Schema): ReadonlyMap<string, ReadonlyMap<number, readonly Field[]>> {
  const extensions = new Map<string, Map<number, Field[]>>();
  for (const element of declared.values()) {
    if (element.kind !== "field" || element.extendee === undefined) continue;
    const numbers = extensions.get(element.extendee) ?? new Map<number, Field[]>();
    extensions.set(element.extendee, numbers);
    numbers.set(element.number, [...(numbers.get(element.number) ?? []), element]);
  }
  return extensions;
}

function makeSees(slices: readonly FileSlice[]): (file: SchemaFile, other: SchemaFile) => boolean {
  const files = new Map(slices.map((slice) => [slice.path, slice]));
  const reached = new Map<string, ReadonlySet<string>>();
  return (file, other) => {
    // Nearly always it is so near.
    if (file === other || file.dependencies.includes(other.fullName)) return true;
    const known = reached.get(file.fullName) ?? importedBy(file.fullName, files);
    reached.set(file.fullName, known);
    return known.has(other.fullName);
  };
}

function importedBy(path: string, files: ReadonlyMap<string, FileSlice>): ReadonlySet<string> {
  const reached = new Set([path]);
  // A set's iterator also visits what is added under way.
  for (const each of reached) {
    const slice = files.get(each);
    if (slice !== undefined) for (const imported of importsOf(slice)) reached.add(imported);
  }
  return reached;
}
