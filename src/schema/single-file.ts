import type { FileSlice } from "../image/index.js";
import { buildFile } from "./build-file.js";
import { decodeFile } from "./decode-file.js";
import { decoding } from "./decoding.js";
import { indexAll } from "./index-elements.js";
import { makePlace } from "./place.js";
import type { Element, Field, Message, SchemaFile } from "./schema.js";
import { topLevelNames } from "./top-level-names.js";

/** What is in a file, looked at by itself: what it names elsewhere is not looked for. Each is read when it is asked. */
export interface SingleFile {
  readonly slice: FileSlice;
  readonly annotated: boolean;
  /** Full names. */
  readonly topLevel: readonly string[];
  readonly file: SchemaFile;
  /** By full name. */
  readonly elements: ReadonlyMap<string, Element>;
  readonly extensions: readonly Field[];
}

/** @param annotated whether the image holds proto4's definitions */
export function readSingleFile(slice: FileSlice, annotated: boolean): SingleFile {
  let [topLevel, file, elements, extensions]: Read = [];
  const single: SingleFile = {
    slice,
    annotated,
    get topLevel() {
      topLevel ??= topLevelNames(slice);
      return topLevel;
    },
    get file() {
      file ??= build(slice, annotated);
      return file;
    },
    get elements() {
      elements ??= indexAll([single.file]);
      return elements;
    },
    get extensions() {
      extensions ??= [...single.file.extensions, ...single.file.messages.flatMap(extensionsIn)];
      return extensions;
    },
  };
  return single;
}

type Read = readonly [
  topLevel?: readonly string[],
  file?: SchemaFile,
  elements?: ReadonlyMap<string, Element>,
  extensions?: readonly Field[],
];

function build({ path, bytes, isImport }: FileSlice, annotated: boolean): SchemaFile {
  const descriptor = decoding(path, () => decodeFile(bytes, annotated));
  return buildFile(descriptor, isImport, makePlace([]), { annotated, declared: undefined });
}

function extensionsIn({ extensions, messages }: Message): readonly Field[] {
  return [...extensions, ...messages.flatMap(extensionsIn)];
}
