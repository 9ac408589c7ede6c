/** What an element promises. @see ../../docs/lifecycle.md */
export type Lifecycle = "EXPERIMENTAL" | "STABLE" | "FROZEN" | "DEPRECATED";

/** Dates (`yyyy-mm-dd`), reason and replacement that go with a lifecycle; an absent one is not declared. */
export interface Terms {
  readonly since?: string;
  readonly sunset?: string;
  readonly reason?: string;
  readonly replacedBy?: string;
  readonly was?: string;
  readonly bridgeDefault?: string;
  readonly introducedIn?: string;
  readonly unit?: string;
  readonly hook?: string;
  /** What stands where a date belongs and is none; the date then counts as absent. */
  readonly malformed?: readonly MalformedTerm[];
}

interface MalformedTerm {
  readonly term: "since" | "sunset";
  readonly text: string;
}

/**
 * The lifecycle in effect: the element's own, else the nearest enclosing one's, else inferred from
 * `deprecated = true` and the package's version.
 */
export interface EffectiveLifecycle {
  readonly state: Lifecycle;
  readonly source: "own" | "inherited" | "inferred";
  /** The element's own terms; terms are not inherited. */
  readonly terms: Terms;
}
