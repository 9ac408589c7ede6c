import type { Location } from "../../diagnostics/index.js";
import type { HookClass } from "../../runtime/index.js";
import type { Contract, Loss, MethodMapping, TypePair } from "../mapping.js";

/**
 * What crosses between two generations and what does not, to be read by people and kept by programs. Plain
 * data; everything in the order of the mapping, which is that of the v4 sources.
 */
export interface Certificate {
  /** The elder package. */
  readonly v3: string;
  /** The newer package. */
  readonly v4: string;
  readonly counts: Counts;
  readonly messages: readonly MessageCertificate[];
  readonly enums: readonly EnumCertificate[];
  readonly services: readonly ServiceCertificate[];
}

export interface Counts {
  /** Pairs of messages by contract. */
  readonly contracts: Readonly<Record<Contract, number>>;
  /** Rows by loss class. */
  readonly losses: Readonly<Record<Loss, number>>;
  /** Rows whose loss nothing in the sources declares. */
  readonly undeclared: number;
}

/** A pair of messages, entry types of maps included; full names. */
export interface MessageCertificate {
  readonly v3: string;
  readonly v4: string;
  readonly contract: Contract;
  /** Whether bytes of the one are bytes of the other, in all that it reaches. */
  readonly identical: boolean;
  /** Where v4's message is written. */
  readonly at?: Location;
  readonly rows: readonly Row[];
}

/** One entry of the mapping: what is lost is what the other side cannot say; the stash brings it back. */
export interface Row {
  /** Fields of v3; none where only v4 has them. */
  readonly v3: readonly FieldLine[];
  readonly v4: readonly FieldLine[];
  /** All that is different; `identity` alone where nothing is. */
  readonly kinds: readonly RowKind[];
  readonly loss: Loss;
  /** What v4 cannot say of v3's values, and of which. */
  readonly up?: string;
  /** What v3 cannot say of v4's values, and of which. */
  readonly down?: string;
  /** What else is to be known: where a field goes that the other side lacks. */
  readonly note?: string;
  /** Full name of v4's message that changes inside. */
  readonly inside?: string;
  /** The user code that converts the fields, and what it promises where it is at hand. */
  readonly hook?: { readonly name: string; readonly class?: HookClass };
  /** The annotation that says that the loss is meant. */
  readonly declared?: string;
  /** Set where the loss is not declared: the annotation to write. */
  readonly declare?: string;
  /** Where v4's field is written, or v3's where v4 has none. */
  readonly at?: Location;
}

export interface FieldLine {
  readonly name: string;
  readonly number: number;
  /** As the source has it, without options: `repeated string tags = 3`. */
  readonly line: string;
}

export type RowKind =
  | "identity"
  | "rename"
  | "renumber"
  | "presence"
  | "default"
  | "number"
  | "enum"
  | "text"
  | "blob"
  | "wrap"
  | "time"
  | "mask"
  | "nested"
  | "entry"
  | "replaced"
  | "oneof"
  | "regroup"
  | "hook"
  | "only";

export interface EnumCertificate {
  readonly v3: string;
  readonly v4: string;
  /** Those of v4 in their order, then those of v3 alone. */
  readonly values: readonly ValueRow[];
}

interface ValueRow {
  readonly v3?: ValueLine;
  readonly v4?: ValueLine;
  /** Whether only their number pairs them. */
  readonly guessed?: true;
}

export interface ValueLine {
  readonly name: string;
  readonly number: number;
}

export interface ServiceCertificate {
  readonly v3: string;
  readonly v4: string;
  readonly methods: readonly MethodRow[];
  /** Methods of v3 that v4's answer only by hand, and why. */
  readonly unbridged: readonly { readonly v3: string; readonly v4: string; readonly reason: string }[];
  /** Names of the methods that only one side has. */
  readonly only: { readonly v3: readonly string[]; readonly v4: readonly string[] };
}

interface MethodRow {
  readonly v3: string;
  readonly v4: string;
  readonly kind: MethodMapping["kind"];
  readonly input: TypeRow;
  readonly output: TypeRow;
}

/** Without a contract both generations use the very same message. */
export interface TypeRow extends TypePair {
  readonly contract?: Contract;
}
