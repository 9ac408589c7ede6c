import { Proto4Error } from "../diagnostics/index.js";
import { canonicalBytes, fieldFinder, readValues, type Value } from "./canonical-bytes.js";
import { fileOf, locatePath } from "./locate.js";
import { optionRecords, optionShapes } from "./option-records.js";
import { makePrinter } from "./print-option.js";
import type { Element, Field, Schema, SchemaFile } from "./schema.js";

/** The value of a custom option. */
export interface CustomOption {
  /** What it is on the wire, in its one spelling: it stays the same while the definition's names change. */
  readonly wire: string;
  /** As a source may write it: `true`, `"text"`, `[REQUIRED, IMMUTABLE]`, `{ get: "/v1/shops" }`. */
  readonly text: string;
}

/** Of an element, the custom options that were asked for and that it has, by full name. */
export type OptionReader = (element: Element) => ReadonlyMap<string, CustomOption>;

/**
 * A reader of custom options. To ask it decodes the options of the element's whole file, and all of a schema for their
 * definitions: for whoever does not ask, options stay undecoded.
 * @param names full names of extensions; what the schema does not define nobody has
 */
export function makeOptionReader(schema: Schema, names: readonly string[]): OptionReader {
  const wanted = definitions(schema, names);
  if (wanted.length === 0) return () => none;
  const find = fieldFinder(schema);
  const print = makePrinter(schema, find);
  const records = new Map<SchemaFile, ReadonlyMap<string, Uint8Array>>();
  return (element) => {
    const file = fileOf(element);
    const known = records.get(file) ?? optionRecords(file);
    records.set(file, known);
    const bytes = known.get(element.path.join());
    const { typeName } = optionShapes[element.kind];
    const mine = bytes === undefined ? [] : wanted.filter(({ extendee }) => extendee === typeName);
    if (bytes === undefined || mine.length === 0) return none;
    return reading(element, () => {
      const values = readValues(canonicalBytes(bytes, typeName, find));
      return new Map(mine.flatMap((field) => entry(field, values.get(field.number), print)));
    });
  };
}

/** Where an element's options say something of an extension; `undefined` where the image has no such place. */
export function locateOption(element: Element, number: number) {
  return locatePath(fileOf(element), [...element.path, optionShapes[element.kind].options, number]);
}

function definitions({ declared }: Schema, names: readonly string[]): readonly Field[] {
  return names.flatMap((name) => {
    const found = declared.get(name);
    return found?.kind === "field" ? [found] : [];
  });
}

function entry(
  field: Field,
  values: readonly Value[] | undefined,
  print: ReturnType<typeof makePrinter>,
): readonly (readonly [string, CustomOption])[] {
  if (values === undefined) return [];
  const wire = values.map(({ wireType, payload }) => `${wireType} ${Buffer.from(payload).toString("hex")}`);
  return [[field.fullName, { wire: wire.join(), text: print(field, values) }]];
}

/** @throws Proto4Error "image-corrupt" whatever goes wrong */
export function reading<T>(element: Element, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const message = `the options of ${element.fullName} do not decode; build the image again`;
    const location = { path: fileOf(element).fullName };
    throw new Proto4Error("image-corrupt", message, { location, cause });
  }
}

const none: ReadonlyMap<string, CustomOption> = new Map();
