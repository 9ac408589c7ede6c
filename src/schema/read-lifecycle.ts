import { type DescExtension, getExtension, hasExtension, type Message } from "@bufbuild/protobuf";
import * as options from "../gen/proto4/options_pb.js";
import type { EffectiveLifecycle, Lifecycle, Terms } from "./lifecycle.js";

/** The kinds of element that carry options of proto4. */
export type AnnotatedKind = "file" | "message" | "field" | "enum" | "enum-value" | "service" | "method";

/**
 * The lifecycle in effect for an element.
 * @param enclosing that of the element around it; `undefined` for a file
 * @param packageName decides an inferred state
 */
export function readLifecycle(
  kind: AnnotatedKind,
  declared: (Message & { readonly deprecated?: boolean }) | undefined,
  enclosing: EffectiveLifecycle | undefined,
  packageName: string,
): EffectiveLifecycle {
  const terms = readTerms(kind, declared);
  const own = readOwn(kind, declared);
  if (own !== undefined) return { state: own, source: "own", terms };
  if (enclosing !== undefined && enclosing.source !== "inferred")
    return { state: enclosing.state, source: "inherited", terms };
  return { state: infer(declared?.deprecated === true, enclosing, packageName), source: "inferred", terms };
}

function readOwn(kind: AnnotatedKind, declared: Message | undefined): Lifecycle | undefined {
  const extension = lifecycleOf[kind];
  if (declared === undefined || !hasExtension(declared, extension)) return undefined;
  const state = options.Lifecycle[getExtension(declared, extension) as options.Lifecycle];
  return state === undefined || state === "LIFECYCLE_UNSPECIFIED" ? undefined : (state as Lifecycle);
}

function readTerms(kind: AnnotatedKind, declared: Message | undefined): Terms {
  const extension = termsOf[kind];
  if (extension === undefined || declared === undefined || !hasExtension(declared, extension)) return noTerms;
  const { $typeName, $unknown, ...terms } = getExtension(declared, extension) as options.Terms;
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== ""));
}

function infer(
  deprecated: boolean,
  enclosing: EffectiveLifecycle | undefined,
  packageName: string,
): Lifecycle {
  if (deprecated || enclosing?.state === "DEPRECATED") return "DEPRECATED";
  return unstablePackage.test(packageName) ? "EXPERIMENTAL" : "STABLE";
}

const noTerms: Terms = {};

/** `v1alpha1`, `v1p1beta1`, `v2test…`: versions that promise nothing. @see https://google.aip.dev/185 */
const unstablePackage = /(^|\.)v\d+(p\d+)?(alpha\d*|beta\d*|test.*)$|(^|\.)v\d+p\d+$/;

const lifecycleOf: Readonly<Record<AnnotatedKind, DescExtension>> = {
  file: options.file_lifecycle,
  message: options.message_lifecycle,
  field: options.field_lifecycle,
  enum: options.enum_lifecycle,
  "enum-value": options.enum_value_lifecycle,
  service: options.service_lifecycle,
  method: options.method_lifecycle,
};

const termsOf: Readonly<Record<AnnotatedKind, DescExtension | undefined>> = {
  file: undefined,
  message: options.message_terms,
  field: options.field_terms,
  enum: options.enum_terms,
  "enum-value": options.enum_value_terms,
  service: options.service_terms,
  method: options.method_terms,
};
