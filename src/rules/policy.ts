import type { Lifecycle } from "../schema/index.js";
import type { Severity } from "./severity.js";

/** What a team asks of lifecycles and findings beyond the rules themselves: a `proto4.yaml` as a plain value. */
export interface Policy {
  /** Days that lie at least between the day a sunset is written down, or changed, and the sunset. */
  readonly notice: number;
  /** Days that an element stays in a state at least, before it moves on or leaves. */
  readonly minAge: Readonly<Partial<Record<Lifecycle, number>>>;
  /** Whether an element without a declared state has an inferred one, or must declare one. */
  readonly unannotated: "infer" | "require";
  /**
   * By the id of a rule, the severity of its findings. By a state, the greatest severity of findings about elements in
   * that state. What is "off" is not reported.
   */
  readonly severity: Readonly<Record<string, Severity | "off">>;
  /** Full names of the custom options whose changes are findings: `google.api.http`. */
  readonly trackedOptions: readonly string[];
}

/** Without a proto4.yaml. */
export const defaultPolicy: Policy = {
  notice: 90,
  minAge: { DEPRECATED: 180 },
  unannotated: "infer",
  severity: {},
  trackedOptions: [],
};

/** Breaking what nobody was promised is worth a note. */
export const defaultCaps: Readonly<Partial<Record<Lifecycle, Severity>>> = { EXPERIMENTAL: "info" };
