import type { Location } from "../diagnostics/index.js";
import { type FileOption, fileOptionNumbers } from "./file-options.js";
import type { Element, SchemaFile } from "./schema.js";

/** A part of an element that has a place of its own in the source. */
export type Part =
  | "name"
  | "number"
  | "label"
  | "type"
  | "type-name"
  | "json-name"
  | "default"
  | "ctype"
  | "jstype"
  | "no-standard-descriptor-accessor"
  | "java-string-check-utf8"
  | "input"
  | "output"
  | "idempotency"
  | "enum-type"
  | "json-format"
  | "package"
  | "syntax"
  | FileOption;

/**
 * The place of an element, or of a part of it.
 * @returns `undefined` where the image carries no source info or the part is not written in the source
 */
export function locate(element: Element, part?: Part): Location | undefined {
  const sub = part === undefined ? [] : partPaths[element.kind]?.[part];
  return sub === undefined ? undefined : locatePath(fileOf(element), [...element.path, ...sub]);
}

/**
 * The place where an element itself sets a feature.
 * @param feature numbers of fields below FeatureSet; a feature of a language has two
 */
export function locateFeature(element: Element, ...feature: readonly number[]): Location | undefined {
  const set = featuresPaths[element.kind];
  if (set === undefined) return undefined;
  // `features = { … }` in one piece has one place for all that is in it, down to some depth.
  for (let depth = feature.length; depth >= 0; depth--) {
    const place = locatePath(fileOf(element), [...element.path, ...set, ...feature.slice(0, depth)]);
    if (place !== undefined) return place;
  }
  return undefined;
}

/** The place of any `SourceCodeInfo` path of a file. */
export function locatePath(file: SchemaFile, path: readonly number[]): Location | undefined {
  const span = file.sourceInfo.span(path);
  if (span === undefined) return undefined;
  const [startLine, startColumn, endLine, endColumn] = span;
  return {
    path: file.fullName,
    startLine: startLine + 1,
    startColumn: startColumn + 1,
    endLine: endLine + 1,
    endColumn: endColumn + 1,
  };
}

export function fileOf(element: Element): SchemaFile {
  return element.kind === "file" ? element : element.file;
}

/** Field numbers of descriptor.proto below each kind of element. */
const partPaths: Partial<Record<Element["kind"], Partial<Record<Part, readonly number[]>>>> = {
  file: { package: [2], syntax: [12], "java-string-check-utf8": [8, 27], ...fileOptionPaths() },
  message: { name: [1], "no-standard-descriptor-accessor": [7, 2] },
  field: {
    name: [1],
    number: [3],
    label: [4],
    type: [5],
    "type-name": [6],
    default: [7],
    ctype: [8, 1],
    jstype: [8, 6],
    "json-name": [10],
  },
  oneof: { name: [1] },
  enum: { name: [1], "enum-type": [3, 7, 2], "json-format": [3, 7, 6] },
  "enum-value": { name: [1], number: [2] },
  service: { name: [1] },
  method: { name: [1], input: [2], output: [3], idempotency: [4, 34] },
};

function fileOptionPaths(): Partial<Record<Part, readonly number[]>> {
  const entries = Object.entries(fileOptionNumbers);
  return Object.fromEntries(entries.map(([option, number]) => [option, [8, number]]));
}

/** Where each kind of element has its options, and these have features. */
const featuresPaths: Partial<Record<Element["kind"], readonly number[]>> = {
  message: [7, 12],
  field: [8, 21],
  enum: [3, 7],
};
