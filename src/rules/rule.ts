import type { Location } from "../diagnostics/index.js";
import type { Change, ChangeKind } from "../diff/index.js";
import type { Element, Schema } from "../schema/index.js";

export type Severity = "error" | "warning" | "info";

/** buf's categories, and proto4's own. */
export type Category = "FILE" | "PACKAGE" | "WIRE_JSON" | "WIRE" | "CSR" | "LIFECYCLE";

/** One way in which a change, or an element, offends a rule. */
export interface Judgement {
  readonly message: string;
  /** Where to show it; by default the change's own place after, else before. */
  readonly at?: Location | { readonly path: string } | undefined;
  /** What the author can write instead: a line of source each. */
  readonly suggestion?: readonly string[];
}

/** What a rule may know besides the change itself. */
export interface RuleContext {
  readonly before: Schema;
  readonly after: Schema;
  /** yyyy-mm-dd */
  readonly today: string;
}

type ChangeOf<K extends ChangeKind> = Extract<Change, { readonly kind: K }>;

/** A judgement about kinds of change, and about how things stand afterwards. */
export interface Rule {
  /** buf's id where the rule means what one of buf's means; `LIFECYCLE_*` for proto4's own. */
  readonly id: string;
  readonly purpose: string;
  /** Before the lifecycle and the policy have their say. */
  readonly severity: Severity;
  readonly categories: readonly Category[];
  /** Asked for every change of the kind. */
  readonly judge?: {
    readonly [K in ChangeKind]?: (change: ChangeOf<K>, context: RuleContext) => readonly Judgement[];
  };
  /**
   * Asked for every element of a schema by itself; the gate reports what holds after and did not before. These
   * rules need no baseline.
   */
  readonly inspect?: (element: Element, schema: Schema) => readonly Judgement[];
}
