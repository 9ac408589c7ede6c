import type { FeatureSet, Options } from "./descriptor.js";
import { locatePath } from "./locate.js";
import { readLifecycle } from "./read-lifecycle.js";
import { overrideFeatures } from "./resolve-features.js";
import type { Element } from "./schema.js";

/** What every kind of element has. */
export function common(
  proto: {
    readonly name: string;
    readonly options: (Partial<Options> & { readonly features: FeatureSet | undefined }) | undefined;
  },
  parent: Exclude<Element, { kind: "field" | "oneof" | "enum-value" | "method" }>,
  path: readonly number[],
) {
  const file = parent.kind === "file" ? parent : parent.file;
  return {
    name: proto.name,
    fullName: join(parent.kind === "file" ? parent.package : parent.fullName, proto.name),
    file,
    path,
    features: overrideFeatures(parent.features, proto.options?.features),
    lifecycle: readLifecycle(
      proto.options,
      parent.lifecycle,
      file.package,
      () => locatePath(file, path) ?? { path: file.fullName },
    ),
    deprecated: proto.options?.deprecated ?? false,
  };
}

/** Descriptors begin full names with a dot. */
export function withoutDot(name: string): string {
  return name.startsWith(".") ? name.slice(1) : name;
}

export function join(scope: string, name: string): string {
  return scope === "" ? name : `${scope}.${name}`;
}
