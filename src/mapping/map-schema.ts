import type { Schema } from "../schema/index.js";
import type { Mapping } from "./mapping.js";

/** The packages to pair: full names. `v3` is found by `(proto4.upgrades)` or by the version where not given. */
export interface MapOptions {
  readonly v4: string;
  readonly v3?: string;
}

/**
 * Pairs the elements of a package with those of its elder generation.
 * @returns `undefined` where the package has no elder generation in the schema
 * @throws Proto4Error "generation-missing", "mapping-ambiguous", "mapping-loss", "mapping-unsupported"
 */
export function mapSchema(schema: Schema, options: MapOptions): Mapping | undefined {
  throw new Error(`${options.v4} of ${schema.files.size} files`);
}
