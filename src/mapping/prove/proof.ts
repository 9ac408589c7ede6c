import type { HookClass } from "../../runtime/index.js";
import type { Contract } from "../mapping.js";

/** What came of proving the contracts of a mapping on generated messages. */
export interface Proof {
  /** Messages a type and side. */
  readonly runs: number;
  /** Gives the same messages again. */
  readonly seed: number;
  readonly types: readonly TypeProof[];
}

export interface TypeProof {
  readonly v3: string;
  readonly v4: string;
  readonly contract: Contract;
  readonly coverage: { readonly v3: readonly FieldCoverage[]; readonly v4: readonly FieldCoverage[] };
  /** Set where the contract does not hold. */
  readonly failure?: CounterExample;
}

export interface FieldCoverage {
  readonly field: string;
  /** In how many of the messages it is set, to something other than zero where it has no presence. */
  readonly set: number;
}

/** The smallest message found for which a law does not hold. */
export interface CounterExample extends Failure {
  /** The generation that the message is of. */
  readonly from: "v3" | "v4";
  readonly law: Law;
  /** The message. */
  readonly given: Sample;
}

/**
 * `hook`: user code takes all that its fields may hold, gives what fits, the same each time, and keeps the promise
 * of its class. `direct`: there and back gives what the contract says. `stub`: also where stubs read and write it on both
 * sides. `edit`: what the other side edits comes home, what it leaves is as it was. `object`: each value is the
 * one that plain conversion of the field gives.
 */
export type Law = "hook" | "direct" | "stub" | "edit" | "object";

export interface Failure {
  /** What does not hold, in a sentence. */
  readonly what: string;
  /** Paths of the fields concerned. */
  readonly fields: readonly string[];
  /** What the translator made of the message on the other side. */
  readonly there?: Sample;
  /** That as it was when the other side sent it back, where it was edited. */
  readonly sent?: Sample;
  /** What came back. */
  readonly back?: Sample;
  /** The user code that does not keep its law. */
  readonly hook?: HookFailure;
  /** What should have come back, where it is not the message itself. */
  readonly expected?: Sample;
}

export interface HookFailure {
  readonly name: string;
  readonly class: HookClass;
  /** How it was asked, in order. */
  readonly calls: readonly HookCall[];
}

/** Objects as JavaScript writes them; bytes as `bytes(0a01)`, in hex. */
export interface HookCall {
  readonly way: "up" | "down";
  readonly given: string;
  /** Absent where it threw. */
  readonly gave?: string;
}

export interface Sample {
  readonly message: string;
  readonly hex: string;
  /** Protobuf JSON; absent where the message has none, such as a Timestamp out of range. */
  readonly json?: unknown;
}
