import { type ErrorLocation, Proto4Error } from "../diagnostics/index.js";
import { WireError } from "../wire/index.js";
import type { Options } from "./descriptor.js";
import { DescriptorReader, LEN } from "./descriptor-reader.js";
import type { EffectiveLifecycle, Lifecycle, Terms } from "./lifecycle.js";

/** Where an element stands, asked only when something is wrong with it. */
type Where = () => ErrorLocation;

/**
 * The lifecycle in effect for an element.
 * @param enclosing that of the element around it; `undefined` for a file
 * @param packageName decides an inferred state
 * @throws Proto4Error "lifecycle-malformed" when an annotation is none of this version's
 */
export function readLifecycle(
  declared: Partial<Options> | undefined,
  enclosing: EffectiveLifecycle | undefined,
  packageName: string,
  where: Where,
): EffectiveLifecycle {
  const terms = declared?.terms === undefined ? noTerms : readTerms(declared.terms, where);
  const own = declared?.lifecycle ? readOwn(declared.lifecycle, where) : undefined;
  if (own !== undefined) return { state: own, source: "own", terms };
  if (enclosing !== undefined && enclosing.source !== "inferred")
    return follow(enclosing, "inherited", enclosing.state, terms);
  const state = infer(declared?.deprecated === true, enclosing, packageName);
  return follow(enclosing, "inferred", state, terms);
}

/** The lifecycle of an element that says nothing about it. */
export function inheritLifecycle(enclosing: EffectiveLifecycle): EffectiveLifecycle {
  const source = enclosing.source === "inferred" ? "inferred" : "inherited";
  return follow(enclosing, source, enclosing.state, noTerms);
}

/** The enclosing lifecycle itself where it says the same: most elements say nothing. */
function follow(
  enclosing: EffectiveLifecycle | undefined,
  source: EffectiveLifecycle["source"],
  state: Lifecycle,
  terms: Terms,
): EffectiveLifecycle {
  if (enclosing?.source === source && enclosing.state === state && enclosing.terms === terms)
    return enclosing;
  return { state, source, terms };
}

function readOwn(number: number, where: Where): Lifecycle {
  const state = lifecycles[number];
  if (state !== undefined) return state;
  throw new Proto4Error(
    "lifecycle-malformed",
    `lifecycle ${number} is not one that this version of proto4 knows; write a state of proto4/options.proto, or update proto4`,
    { location: where() },
  );
}

/** What is no date is set aside, for a rule to tell of: to refuse the whole contract for it would hide the rest. */
function readTerms(bytes: Uint8Array, where: Where): Terms {
  const terms = decodeTerms(bytes, where);
  const malformed = (["since", "sunset"] as const).flatMap((term) => {
    const text = terms[term];
    return text === undefined || isDate(text) ? [] : [{ term, text }];
  });
  if (malformed.length === 0) return terms;
  const sound = Object.entries(terms).filter(([key]) => !malformed.some(({ term }) => term === key));
  return { ...Object.fromEntries(sound), malformed };
}

function decodeTerms(bytes: Uint8Array, where: Where): Omit<Terms, "malformed"> {
  const terms: { [Key in TermKey]?: string } = {};
  try {
    const reader = new DescriptorReader(bytes, true);
    while (!reader.done) {
      const tag = reader.tag();
      const key = (tag & 7) === LEN ? termKeys[tag >>> 3] : undefined;
      if (key === undefined) reader.skip(tag);
      else terms[key] = reader.string();
    }
  } catch (cause) {
    if (!(cause instanceof WireError)) throw cause;
    throw new Proto4Error(
      "lifecycle-malformed",
      "the terms do not decode; compile them with the options.proto of this version of proto4",
      { location: where(), cause },
    );
  }
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== ""));
}

function isDate(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse turns 02-30 into 03-02.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function infer(
  deprecated: boolean,
  enclosing: EffectiveLifecycle | undefined,
  packageName: string,
): Lifecycle {
  if (deprecated || enclosing?.state === "DEPRECATED") return "DEPRECATED";
  return enclosing?.state ?? (unstablePackage.test(packageName) ? "EXPERIMENTAL" : "STABLE");
}

const noTerms: Terms = {};

/** `v1alpha1`, `v1p1beta1`, `v2test…`: versions that promise nothing. @see https://google.aip.dev/185 */
const unstablePackage = /(^|\.)v\d+(p\d+)?(alpha\d*|beta\d*|test.*)$|(^|\.)v\d+p\d+$/;

/** By their number in `proto4.Lifecycle`; 0 says nothing. */
const lifecycles: readonly (Lifecycle | undefined)[] = [
  undefined,
  "EXPERIMENTAL",
  "STABLE",
  "FROZEN",
  "DEPRECATED",
];

type TermKey = Exclude<keyof Terms, "malformed">;

/** By their number in `proto4.Terms`. */
const termKeys: readonly (TermKey | undefined)[] = [
  undefined,
  "since",
  "sunset",
  "reason",
  "replacedBy",
  "was",
  "bridgeDefault",
  "introducedIn",
  "unit",
  "hook",
];
