import type { ErrorLocation } from "../diagnostics/index.js";
import type { Change, ChangeKind, ChangeOf } from "../diff/index.js";
import type { Element, Schema } from "../schema/index.js";
import type { Fix } from "./fix.js";
import type { History } from "./history.js";
import type { Policy } from "./policy.js";
import type { Severity } from "./severity.js";

export const bufCategories = ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"] as const;

/**
 * buf's categories and proto4's own: LIFECYCLE and STRICT, what buf does not see, are always asked; WIRE_PRECISE and
 * CONFLUENT, where buf is blunt, are asked by name in place of buf's.
 */
export const categories = [...bufCategories, "LIFECYCLE", "STRICT", "WIRE_PRECISE", "CONFLUENT"] as const;

export type Category = (typeof categories)[number];

/** Who is hurt by a change: whoever reads what was written before, or what others write, or builds on the contract. */
export const audiences = {
  "stored-data": "readers of stored data",
  "elder-readers": "elder readers of newer data",
  "newer-readers": "newer readers of elder data",
  json: "JSON",
  source: "generated source",
  rpc: "RPC callers",
} as const;

export type Audience = keyof typeof audiences;

/** One way in which a change, or an element, offends a rule. */
export interface Judgement {
  readonly message: string;
  /** Where to show it; by default the place after of what changed, else of what is around it. */
  readonly at?: ErrorLocation | undefined;
  /** Where it stood before; by default the place of what changed. */
  readonly was?: ErrorLocation | undefined;
  /** What the author can write instead: a line each. */
  readonly suggestion?: readonly string[];
  /** Edits that make the judgement go away, where undoing the change is not what does, or there is no change. */
  readonly fixes?: readonly Fix[] | undefined;
  /** Why no machine can know such edits, as a sentence without a stop. */
  readonly unfixable?: string | undefined;
  /** Overrides the rule's and the lifecycle's say, for what no state excuses. */
  readonly severity?: Severity;
  /** Overrides the rule's, where the change tells more exactly who is hurt. */
  readonly breaks?: readonly Audience[];
  /** Lowers the rule's, where the change is less grave than others that offend it; the lifecycle may lower it further. */
  readonly atMost?: Severity;
  /** Rules that say the same of this change: where one of them is asked, this is not said. */
  readonly saidBy?: readonly string[];
  /** What is offended, where an `inspect` judges one element several times; part of the finding's id. */
  readonly offence?: string;
}

/** The packages of a whole image, files included that a schema lacks. */
interface Packages {
  has(name: string): boolean;
  /** Whether the package declares anything of a kind. */
  declares(name: string, kind: "message" | "enum" | "extension"): boolean;
}

/** What a rule may know besides the change itself. */
export interface RuleContext {
  /** The schemas may lack files that are the same on both sides. */
  readonly before: Schema;
  readonly after: Schema;
  /** Of the whole image before. */
  readonly packagesBefore: ReadonlySet<string>;
  readonly packagesAfter: Packages;
  readonly history: History;
  readonly policy: Policy;
  /** yyyy-mm-dd */
  readonly today: string;
}

/** What a rule may know that looks at elements by themselves. */
export interface Inspection {
  readonly policy: Policy;
  /** Of all files: the schema at hand may lack some. Built at the first question, which takes its time. */
  readonly whole: Schema;
}

type Judges = {
  readonly [K in ChangeKind]?: (change: ChangeOf<K>, context: RuleContext) => readonly Judgement[];
};

/** A judgement about kinds of change, or about how an element stands. */
export interface Rule {
  /** buf's id where the rule means what one of buf's means; `LIFECYCLE_*` for proto4's own. */
  readonly id: string;
  readonly purpose: string;
  /** Before the lifecycle has its say. */
  readonly severity: Severity;
  readonly categories: readonly Category[];
  /** Whom a change that offends the rule hurts. */
  readonly breaks: readonly Audience[];
  /** Rules that say all that this one says: where one of them is asked, this one is not. */
  readonly saidBy?: readonly string[];
  /** Asked for every change of the kind. */
  readonly judge?: Judges;
  /**
   * Asked for every element of a schema by itself; the gate reports what holds after and did not before. These
   * rules need no baseline.
   */
  readonly inspect?: (element: Element, schema: Schema, inspection: Inspection) => readonly Judgement[];
  /**
   * Whether `inspect` looks at the `whole`: at more than an element's own file and what that sees of others. Of all
   * other rules the judgement of a file changes only with these.
   */
  readonly looksAfar?: true;
}

/** The judgements of a rule about one change. */
export function judge(rule: Rule, change: Change, context: RuleContext): readonly Judgement[] {
  // The key and the parameter agree by the type of `Judges`, which an index by a union cannot express.
  const judges = rule.judge?.[change.kind] as
    | ((change: Change, context: RuleContext) => readonly Judgement[])
    | undefined;
  return judges?.(change, context) ?? [];
}
