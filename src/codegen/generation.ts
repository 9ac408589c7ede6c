import type { CodeGeneratorRequest } from "@bufbuild/protobuf/wkt";
import { formatError, formatLocation } from "../diagnostics/index.js";
import type { Image } from "../image/index.js";
import type { Mapping } from "../mapping/index.js";
import { fingerprint, locate, type Schema } from "../schema/index.js";
import { mapPackages } from "./map-packages.js";

/** A package that continues an elder one. */
export interface Generation {
  readonly mapping: Mapping;
  /** SHA-256 of the contract of v4 as written, in hex. */
  readonly fingerprint: string;
}

/**
 * The packages to generate for which the request holds an elder generation, in the order of its files.
 * @param warn told of a pair that only its names make and that cannot be translated: it gets plain stubs
 * @throws Proto4Error "mapping-…", "generation-missing" where a package that uses proto4's options cannot be
 * translated
 */
export function findGenerations(
  request: CodeGeneratorRequest,
  image: Image,
  schema: Schema,
  warn: (message: string) => void,
): readonly Generation[] {
  const packages = new Set(request.fileToGenerate.map((path) => schema.files.get(path)?.package ?? ""));
  const { mappings, refused } = mapPackages(schema, [...packages]);
  for (const [name, error] of refused)
    warn(
      `${formatError(error)}\n  ${name} gets plain stubs without translators; (proto4.upgrades) makes this an error`,
    );
  for (const { v4, reason } of mappings.flatMap(({ services }) =>
    services.flatMap(({ unbridged }) => unbridged),
  ))
    warn(
      `${formatLocation(locate(v4) ?? { path: v4.parent.parent.fullName })}: ${reason}\n` +
        `  ${v4.name} is left out of the bridge of ${v4.parent.name}, and clients of v3 get "unimplemented"`,
    );
  return mappings.map((mapping) => ({ mapping, fingerprint: fingerprint(image, mapping.v4) }));
}
