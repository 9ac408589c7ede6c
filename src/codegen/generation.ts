import type { CodeGeneratorRequest } from "@bufbuild/protobuf/wkt";
import { formatError, Proto4Error } from "../diagnostics/index.js";
import type { Image } from "../image/index.js";
import { type Mapping, mapSchema } from "../mapping/index.js";
import { fingerprint, type Schema } from "../schema/index.js";

/** A package that continues an elder one. */
export interface Generation {
  readonly mapping: Mapping;
  /** SHA-256 of the contract of v4 as written, in hex. */
  readonly fingerprint: string;
}

/**
 * The packages to generate for which the request holds an elder generation, in the order of its files.
 * @param warn told of a pair that only its names make and that cannot be translated: it gets plain stubs
 * @throws Proto4Error "mapping-…" where a package that uses proto4's options cannot be translated
 */
export function findGenerations(
  request: CodeGeneratorRequest,
  image: Image,
  schema: Schema,
  warn: (message: string) => void,
): readonly Generation[] {
  const packages = new Set(request.fileToGenerate.map((path) => schema.files.get(path)?.package ?? ""));
  return [...packages].flatMap((v4) => {
    const mapping = declaresIntent(schema, v4) ? mapSchema(schema, { v4 }) : tryMap(schema, v4, warn);
    return mapping === undefined ? [] : [{ mapping, fingerprint: fingerprint(image, v4) }];
  });
}

/** A `v2` beside a `v1` may be an API of its own: only who uses proto4's options has asked for translation. */
function declaresIntent(schema: Schema, packageName: string): boolean {
  const files = [...schema.files.values()].filter((file) => file.package === packageName);
  const imports = files.flatMap(({ dependencies }) => dependencies);
  return imports.some((path) => schema.files.get(path)?.package === "proto4");
}

function tryMap(schema: Schema, v4: string, warn: (message: string) => void): Mapping | undefined {
  try {
    return mapSchema(schema, { v4 });
  } catch (error) {
    if (!(error instanceof Proto4Error) || !error.code.startsWith("mapping-")) throw error;
    warn(
      `${formatError(error)}\n  ${v4} gets plain stubs without translators; (proto4.upgrades) makes this an error`,
    );
    return undefined;
  }
}
