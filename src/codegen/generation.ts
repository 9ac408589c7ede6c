import type { CodeGeneratorRequest } from "@bufbuild/protobuf/wkt";
import type { Image } from "../image/index.js";
import { type Mapping, mapSchema } from "../mapping/index.js";
import { fingerprint, type Schema } from "../schema/index.js";

/** A package that continues an elder one. */
export interface Generation {
  readonly mapping: Mapping;
  /** SHA-256 of the contract of v4 as written, in hex. */
  readonly fingerprint: string;
}

/** The packages to generate for which the request holds an elder generation, in the order of its files. */
export function findGenerations(
  request: CodeGeneratorRequest,
  image: Image,
  schema: Schema,
): readonly Generation[] {
  const packages = new Set(request.fileToGenerate.map((path) => schema.files.get(path)?.package ?? ""));
  return [...packages].flatMap((v4) => {
    const mapping = mapSchema(schema, { v4 });
    return mapping === undefined ? [] : [{ mapping, fingerprint: fingerprint(image, v4) }];
  });
}
