/**
 * What generated code embeds and the engine interprets: a mapping reduced to what decides about bytes. Plain
 * data, to be read by people too; printed as a literal beside the stubs.
 */
export interface Plan {
  /** Every paired message of the file or files, in the order of the v4 source. */
  readonly messages: readonly MessagePlan[];
  /** The declared fields of the messages that have to be read and not only carried. */
  readonly shapes: readonly Shape[];
  /** Plans of other generated files, where `messages` nest messages of theirs. */
  readonly uses?: readonly Plan[];
}

/** How one message goes up and down. */
export interface MessagePlan {
  /** Full name in the elder generation. */
  readonly v3: string;
  /** Full name in the newer generation. */
  readonly v4: string;
  /** BYTES: up and down give identical bytes. CANON: equal after canonical encoding, unknown fields included. */
  readonly contract: "BYTES" | "CANON";
  /** What is different; absent where nothing in the message, nor in any that it reaches, is. */
  readonly changes?: MessageChanges;
}

export interface MessageChanges {
  /** 16 hex digits: under which the stash keeps what the other generation has no words for. */
  readonly digest: string;
  /** Set for the entry type of a map, which cannot carry a stash. */
  readonly mapEntry?: true;
  /** Fields that both generations write alike. */
  readonly same: readonly FieldPlan[];
  /** Fields that both generations have and write differently. */
  readonly changed: readonly EntryPlan[];
  /** Fields of one generation alone. */
  readonly only: readonly OnlyPlan[];
  /**
   * Numbers that a generation reserves, or keeps for extensions while the other does not: an unknown field
   * may not pass under them, for the other generation could take it for something else.
   */
  readonly reserved: readonly RangePlan[];
}

/** Both ends inclusive. */
export type RangePlan = readonly [start: number, end: number];

/** A field as its own generation reads it. */
export interface FieldPlan {
  readonly number: number;
  readonly name: string;
  readonly type: FieldTypePlan;
  /** `implicit`: a zero is not told from an absent one. Without a label a field is singular with presence. */
  readonly label?: "implicit" | "repeated" | "map";
  /** How a repeated scalar is written; both ways are read. */
  readonly packed?: true;
  /** Full name of the message, or of a map's entry type: the name of a shape where the value has to be read. */
  readonly message?: string;
  /** Declared numbers of a closed enum. */
  readonly closed?: readonly number[];
  /** Name of the oneof. */
  readonly oneof?: string;
}

export type FieldTypePlan =
  | "double"
  | "float"
  | "int64"
  | "uint64"
  | "int32"
  | "fixed64"
  | "fixed32"
  | "bool"
  | "string"
  | "bytes"
  | "uint32"
  | "sfixed32"
  | "sfixed64"
  | "sint32"
  | "sint64"
  | "enum"
  | "message"
  | "group";

/** A field that the generations write differently. */
export type EntryPlan = RenumberPlan | NestedPlan | ValuePlan;

/** A field whose values are read and converted. */
export type ValuePlan = WidenPlan | EnumPlan | ReplacedPlan;

interface EntryBase {
  readonly v3: FieldPlan;
  readonly v4: FieldPlan;
}

interface ValueBase extends EntryBase {
  /** 16 hex digits, of this entry alone: its name in stashes. */
  readonly digest: string;
}

export interface RenumberPlan extends EntryBase {
  readonly kind: "renumber";
}

/** int32→int64 or uint32→uint64. */
export interface WidenPlan extends ValueBase {
  readonly kind: "widen";
}

export interface EnumPlan extends ValueBase {
  readonly kind: "enum";
  /** The values that have different numbers. */
  readonly values: readonly (readonly [v3: number, v4: number])[];
}

/** A message, list of messages or map of messages that changes inside. */
export interface NestedPlan extends EntryBase {
  readonly kind: "nested";
  /** `MessagePlan.v3`, here or in a plan used. */
  readonly message: string;
}

/** v3 has one field; v4 has `v4` in its place, and keeps `bridge` as v3 had it for what does not fit `v4`. */
export interface ReplacedPlan extends ValueBase {
  readonly kind: "replaced";
  readonly bridge: FieldPlan;
}

export interface OnlyPlan {
  readonly side: "v3" | "v4";
  readonly field: FieldPlan;
  /**
   * 16 hex digits, where the other generation carries it as an unknown field; the members of a oneof share
   * them. Without, it goes to the stash.
   */
  readonly digest?: string;
}

/** The declared fields of a message, by which its value is read. */
export interface Shape {
  readonly message: string;
  readonly fields: readonly FieldPlan[];
}
