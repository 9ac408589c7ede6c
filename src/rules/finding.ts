import type { ErrorLocation } from "../diagnostics/index.js";
import type { Lifecycle } from "../schema/index.js";
import type { Fix } from "./fix.js";
import type { Audience } from "./rule.js";
import type { Severity } from "./severity.js";

/** A rule's judgement of a change, ready to be reported. A value, never thrown. */
export interface Finding {
  /** 12 hex digits; the same as long as rule, symbol and offence are, wherever the lines move. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Full name of the element the change is about; a file's is its path. */
  readonly symbol: string;
  /** The state before, which decides; of an added element its parent's. */
  readonly lifecycle: Lifecycle;
  /** Where buf would report it: a place after, a file without a position, or nothing for a whole file gone. */
  readonly at: ErrorLocation | undefined;
  /** Where the element stood before. */
  readonly before: ErrorLocation | undefined;
  /** Who is hurt. */
  readonly breaks: readonly Audience[];
  /** What to write instead, a line each; empty where there is no advice. */
  readonly suggestion: readonly string[];
  /** The same as edits of the sources. */
  readonly way: Way;
  /** By which a person accepted it. */
  readonly waiver?: Waiver | undefined;
  /** Against what it was found, where that goes without saying only for one baseline looked at backwards. */
  readonly baseline?: FindingBaseline | undefined;
}

/** How a finding goes away by edits. Many outputs do not ask, so that it may be found out at the first question. */
export interface Way {
  /** What makes the finding go away, all together; none where there is no such way. */
  readonly fixes: readonly Fix[];
  /** Why there are none, as a sentence without a stop. */
  readonly unfixable?: string | undefined;
}

/** A finding that a person accepted, as proto4.waivers.yaml says it. */
export interface Waiver {
  /** Of the finding; else `rule` and `symbol` say which. */
  readonly finding?: string | undefined;
  readonly rule?: string | undefined;
  readonly symbol?: string | undefined;
  readonly reason: string;
  readonly owner: string | undefined;
  /** The last day it counts, yyyy-mm-dd. */
  readonly expires: string;
}

/** A version that a contract is compared with, and which of the two is taken for the later one. */
export interface FindingBaseline {
  readonly name: string;
  /** Backward: what the contract does to whoever has the baseline's. Forward: what the baseline does to the contract's. */
  readonly direction: "backward" | "forward";
}
