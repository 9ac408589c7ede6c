import { type DescExtension, getExtension, hasExtension, type Message } from "@bufbuild/protobuf";
import { type ErrorLocation, Proto4Error } from "../diagnostics/index.js";
import * as options from "../gen/proto4/options_pb.js";
import type { EffectiveLifecycle, Lifecycle, Terms } from "./lifecycle.js";

/** The kinds of element that carry options of proto4. */
export type AnnotatedKind = "file" | "message" | "field" | "enum" | "enum-value" | "service" | "method";

/** Where an element stands, asked only when something is wrong with it. */
type Where = () => ErrorLocation;

/**
 * The lifecycle in effect for an element.
 * @param enclosing that of the element around it; `undefined` for a file
 * @param packageName decides an inferred state
 * @throws Proto4Error "lifecycle-malformed" when an annotation is none of this version's, or a date is no date
 */
export function readLifecycle(
  kind: AnnotatedKind,
  declared: (Message & { readonly deprecated?: boolean }) | undefined,
  enclosing: EffectiveLifecycle | undefined,
  packageName: string,
  where: Where,
): EffectiveLifecycle {
  const terms = readTerms(kind, declared, where);
  const own = readOwn(kind, declared, where);
  if (own !== undefined) return { state: own, source: "own", terms };
  if (enclosing !== undefined && enclosing.source !== "inferred")
    return { state: enclosing.state, source: "inherited", terms };
  return { state: infer(declared?.deprecated === true, enclosing, packageName), source: "inferred", terms };
}

function readOwn(kind: AnnotatedKind, declared: Message | undefined, where: Where): Lifecycle | undefined {
  const number = readOption<options.Lifecycle>(declared, lifecycleOf[kind], where);
  if (number === undefined || number === options.Lifecycle.LIFECYCLE_UNSPECIFIED) return undefined;
  const state = options.Lifecycle[number];
  if (state === undefined)
    throw new Proto4Error(
      "lifecycle-malformed",
      `lifecycle ${number} is not one that this version of proto4 knows; write a state of proto4/options.proto, or update proto4`,
      { location: where() },
    );
  return state as Lifecycle;
}

function readTerms(kind: AnnotatedKind, declared: Message | undefined, where: Where): Terms {
  const read = readOption<options.Terms>(declared, termsOf[kind], where);
  if (read === undefined) return noTerms;
  const { $typeName, $unknown, ...terms } = read;
  for (const key of ["since", "sunset"] as const) checkDate(key, terms[key], where);
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== ""));
}

function readOption<Value>(
  declared: Message | undefined,
  extension: DescExtension | undefined,
  where: Where,
): Value | undefined {
  if (declared === undefined || extension === undefined || !hasExtension(declared, extension))
    return undefined;
  try {
    return getExtension(declared, extension) as Value;
  } catch (cause) {
    throw new Proto4Error(
      "lifecycle-malformed",
      `the option (${extension.typeName}) does not decode; compile it with the options.proto of this version of proto4`,
      { location: where(), cause },
    );
  }
}

function checkDate(key: string, text: string, where: Where): void {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse turns 02-30 into 03-02.
  if (text === "" || (!Number.isNaN(time) && new Date(time).toISOString().startsWith(text))) return;
  throw new Proto4Error("lifecycle-malformed", `${key} must be a date like 2027-01-31, not "${text}"`, {
    location: where(),
  });
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
