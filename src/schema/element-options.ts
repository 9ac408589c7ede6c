import { builtInFinder } from "./built-in-options.js";
import { canonicalBytes, type FieldFinder, fieldFinder, readValues } from "./canonical-bytes.js";
import { reading } from "./custom-options.js";
import { fileOf } from "./locate.js";
import { optionRecords, optionShapes } from "./option-records.js";
import { makePrinters } from "./print-option.js";
import type { Element, Field, Schema, SchemaFile } from "./schema.js";

/** One option of an element, as a source may set it. */
export interface ElementOption {
  /** Full names of what is set, from the outermost on: one, or several for a feature. */
  readonly path: readonly OptionPart[];
  /** As it is written: `true`, `"text"`, `{ get: "/v1/shops" }`. */
  readonly text: string;
}

interface OptionPart {
  readonly name: string;
  /** The name is a full one, and written in parentheses. */
  readonly isExtension: boolean;
}

/**
 * All that an element sets, in the order of numbers; what no file at hand defines, nobody could write.
 * @param range of a message, the index of the range of extensions that is meant instead
 */
export type OptionLister = (
  element: Element,
  range?: number,
) => {
  readonly options: readonly ElementOption[];
  /** Whether there is more, of which the definition is missing. */
  readonly isPart: boolean;
};

/** Lists options of elements. The options of a file are decoded when something of it is asked for. */
export function makeOptionLister(schema: Schema): OptionLister {
  const find = finderOf(schema);
  const { items } = makePrinters(schema, find);
  const records = new Map<SchemaFile, ReadonlyMap<string, Uint8Array>>();
  const list = (bytes: Uint8Array, typeName: string, around: readonly OptionPart[]): ElementOption[] =>
    [...readValues(bytes)].flatMap(([number, values]) => {
      const field = find(typeName, number);
      if (field === undefined) return [];
      const path = [...around, partOf(field)];
      if (isFeatures(field, around))
        return values.flatMap(({ payload }) => list(payload, field.typeName ?? "", path));
      return items(field, values).map((text) => ({ path, text }));
    });
  return (element, range) => {
    const file = fileOf(element);
    const known = records.get(file) ?? optionRecords(file);
    records.set(file, known);
    const path = range === undefined ? element.path : [...element.path, EXTENSION_RANGE, range];
    const bytes = known.get(path.join());
    const { typeName } = optionShapes[range === undefined ? element.kind : "extension-range"];
    if (bytes === undefined) return nothing;
    return reading(element, () => {
      const canonical = canonicalBytes(bytes, typeName, find);
      const isPart = [...readValues(canonical).keys()].some((number) => find(typeName, number) === undefined);
      return { options: list(canonical, typeName, []), isPart };
    });
  };
}

/** The image's own descriptor.proto, where it has one, knows of options that came later. */
function finderOf(schema: Schema): FieldFinder {
  const own = fieldFinder(schema);
  return (typeName, number) => own(typeName, number) ?? builtInFinder(typeName, number);
}

/** Features are set one by one, those of a language as well. */
function isFeatures({ typeName, name }: Field, around: readonly OptionPart[]): boolean {
  if (around.length === 0) return name === "features" && typeName === "google.protobuf.FeatureSet";
  return (
    around.length === 1 &&
    typeName !== undefined &&
    around[0]?.name === "features" &&
    typeName.startsWith("pb.")
  );
}

function partOf(field: Field): OptionPart {
  const isExtension = field.extendee !== undefined;
  return { name: isExtension ? field.fullName : field.name, isExtension };
}

/** Field number in DescriptorProto. */
const EXTENSION_RANGE = 5;

const nothing = { options: [], isPart: false };
