import type { Options } from "./descriptor.js";
import { fileAround, join, lifecycleIn, scopeOf } from "./element-base.js";
import type { Features } from "./features.js";
import type { EffectiveLifecycle } from "./lifecycle.js";
import type { Place } from "./place.js";
import type { Records } from "./records.js";
import { overrideFeatures } from "./resolve-features.js";
import type { Container, SchemaFile } from "./schema.js";

/**
 * What messages and enums have in common, which decode their members at the first question. Classes, for their getters:
 * of the types of an image, most are never asked.
 */
export abstract class LazyElement {
  readonly name: string;
  readonly fullName: string;
  readonly file: SchemaFile;
  readonly path: readonly number[];
  readonly features: Features;
  readonly lifecycle: EffectiveLifecycle;
  readonly deprecated: boolean;
  readonly members: Records;

  constructor(
    { name, members, options }: { name: string; members: Records; options: Options | undefined },
    readonly parent: Container,
    { path }: Place,
  ) {
    this.name = name;
    this.fullName = join(scopeOf(parent), name);
    this.file = fileAround(parent);
    this.path = path;
    this.features = overrideFeatures(parent.features, options?.features);
    this.lifecycle = lifecycleIn(parent, options, path);
    this.deprecated = options?.deprecated ?? false;
    this.members = members;
  }
}
