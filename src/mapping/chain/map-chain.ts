import { Proto4Error } from "../../diagnostics/index.js";
import type { Schema } from "../../schema/index.js";
import { mapSchema } from "../map-schema.js";
import type { Mapping } from "../mapping.js";

/**
 * The mappings from each package to the next: what `createChain` runs, once each is compiled.
 * @param packages from the eldest generation to the newest, two at least
 * @throws Proto4Error "usage" for fewer, else what `mapSchema` throws
 */
export function mapChain(schema: Schema, packages: readonly string[]): readonly Mapping[] {
  if (packages.length < 2)
    throw new Proto4Error("usage", "a chain has two packages at least, from the eldest to the newest");
  return packages.slice(1).map((v4, index) => mapSchema(schema, { v3: packages[index]!, v4 })!);
}
