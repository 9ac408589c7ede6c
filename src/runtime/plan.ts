/**
 * What generated code embeds and the engine interprets: a mapping reduced to what decides about bytes. Plain
 * data, to be read by people too; printed as a literal beside the stubs.
 */
export interface Plan {
  /** Paired messages, in the order of the v4 source: those of a mapping, of a file, or one with its map entries. */
  readonly messages: readonly MessagePlan[];
  /** The declared fields of the messages that have to be read and not only carried. */
  readonly shapes: readonly Shape[];
  /** Other plans, where `messages` nest messages of theirs; read when a translator is first used. */
  readonly uses?: readonly Plan[];
  /** The field that carries stashes, in these messages and in those of plans used; 19404 if not told. */
  readonly stashNumber?: number;
}

/** How one message goes up and down. */
export interface MessagePlan {
  /** Full name in the elder generation. */
  readonly v3: string;
  /** Full name in the newer generation. */
  readonly v4: string;
  readonly contract: ContractPlan;
  /** What is different; absent where nothing in the message, nor in any that it reaches, is. */
  readonly changes?: MessageChanges;
}

/**
 * What a round trip gives back. BYTES: the very bytes. CANON: what is equal after canonical encoding, unknown
 * fields included. MODULO: what is equal up to what is declared, such as a bridged default.
 */
export type ContractPlan = "BYTES" | "CANON" | "MODULO";

export interface MessageChanges {
  /** 16 hex digits: under which the stash keeps what the other generation has no words for. */
  readonly digest: string;
  /** Set for the entry type of a map, which cannot carry a stash. */
  readonly mapEntry?: true;
  /** Set for google.protobuf.Any: the plan's own messages are translated inside, and named anew. */
  readonly any?: true;
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
  /** Set where a message without it could not be read. */
  readonly required?: true;
  /** Set where `bytes` stands for a string that need not be UTF-8: whoever writes one sees to it that it is. */
  readonly text?: true;
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

/** Fields that the generations write differently. */
export type EntryPlan = RenumberPlan | NestedPlan | ValuePlan;

/** Fields whose values are read and converted. */
export type ValuePlan = ConvertPlan | ReplacedPlan | OneofPlan | RegroupPlan | HookPlan;

interface EntryBase {
  readonly v3: FieldPlan;
  readonly v4: FieldPlan;
}

interface ValueBase {
  /** 16 hex digits, of this entry alone: its name in stashes. */
  readonly digest: string;
}

export interface RenumberPlan extends EntryBase {
  readonly kind: "renumber";
}

/** A message, group, list of messages or map of messages that changes inside. */
export interface NestedPlan extends EntryBase {
  readonly kind: "nested";
  /** `MessagePlan.v3`, here or in a plan used. */
  readonly message: string;
}

/**
 * A field whose values are converted one by one, between whatever labels the two sides have: a list in place
 * of a single value takes all of it, a single value in place of a list the first.
 */
export interface ConvertPlan extends EntryBase, ValueBase {
  readonly kind: "convert";
  readonly element: ElementPlan;
  /**
   * What a field that one side does not have is on the other: `v3` what v4 gets where v3 has none, as v4's field
   * has it, `v4` the reverse. Hex digits of the value's canonical encoding without tag and length. On the way
   * back it is left out again. A zero without presence counts as none.
   */
  readonly absent?: { readonly v3?: string; readonly v4?: string };
}

/** v3 has one field; v4 has `v4` in its place, and keeps `bridge` as v3 had it for what does not fit `v4`. */
export interface ReplacedPlan extends EntryBase, ValueBase {
  readonly kind: "replaced";
  readonly bridge: FieldPlan;
  readonly element: ElementPlan;
}

/**
 * Fields that exclude each other on one side and not, or with others, on the other side. The last one set
 * crosses, the rest is stashed; so is a member that the other side does not have.
 */
export interface OneofPlan extends ValueBase {
  readonly kind: "oneof";
  readonly members: readonly MemberPlan[];
}

export interface MemberPlan {
  /** Absent where only v4 has it. */
  readonly v3?: FieldPlan;
  /** Absent where only v3 has it. */
  readonly v4?: FieldPlan;
  readonly element: ElementPlan;
}

/** Fields that stand in a submessage on one side and beside it on the other. */
export interface RegroupPlan extends ValueBase {
  readonly kind: "regroup";
  /** The generation that has the submessage. */
  readonly side: "v3" | "v4";
  /** The field that holds it. */
  readonly holder: FieldPlan;
  readonly members: readonly {
    /** In the submessage. */
    readonly inner: FieldPlan;
    /** On the other side. */
    readonly flat: FieldPlan;
    readonly element: ElementPlan;
  }[];
}

/** Fields that user code converts, all at once, as an object. */
export interface HookPlan extends ValueBase {
  readonly kind: "hook";
  /** Under which the code is handed to `createTranslator`. */
  readonly name: string;
  readonly v3: readonly FieldPlan[];
  readonly v4: readonly FieldPlan[];
}

/** How one value becomes one of the other generation. */
export type ElementPlan =
  /** Read and written alike; presence, label or default differ. */
  | { readonly kind: "copy" }
  /** Between any two numeric types or bool, by value; what does not fit is cut as a parser would. */
  | { readonly kind: "number" }
  /** The values of an enum that have different numbers. */
  | { readonly kind: "enum"; readonly values: readonly (readonly [v3: number, v4: number])[] }
  /** Between string and bytes, or strings of which one need not be UTF-8. */
  | { readonly kind: "text" }
  /** Between bytes and the message that they hold. */
  | { readonly kind: "blob" }
  /** Between a message of one field, such as google.protobuf.Int64Value, and the value in it. */
  | {
      readonly kind: "wrap";
      readonly side: "v3" | "v4";
      readonly value: FieldPlan;
      readonly element: ElementPlan;
    }
  /** Between google.protobuf.Timestamp or Duration, on `side`, and an integer that counts units. */
  | { readonly kind: "time"; readonly side: "v3" | "v4"; readonly unit: "s" | "ms" | "us" | "ns" }
  /** The paths of a google.protobuf.FieldMask. */
  | MaskPlan
  /** A message that changes inside, `MessagePlan.v3`. */
  | { readonly kind: "nested"; readonly message: string }
  /** An entry of a map; the shapes of the entry types tell key and value. */
  | { readonly kind: "entry"; readonly key: ElementPlan; readonly value: ElementPlan };

export interface MaskPlan {
  readonly kind: "mask";
  /** Names of the message that the mask speaks of first, then of those that its names lead to. */
  readonly messages: readonly (readonly MaskPathPlan[])[];
}

/** A name, or a path into a submessage, on both sides, and the index of the message that it leads to. */
export type MaskPathPlan = readonly [v3: string, v4: string, inside?: number];

export interface OnlyPlan {
  readonly side: "v3" | "v4";
  readonly field: FieldPlan;
  /**
   * 16 hex digits, where the other generation carries it as an unknown field; the members of a oneof share
   * them. Without, it goes to the stash.
   */
  readonly digest?: string;
  /** What v4 gets where v3 carries none, as `ConvertPlan.absent.v3`. */
  readonly absent?: string;
}

/** The declared fields of a message, by which its value is read. */
export interface Shape {
  readonly message: string;
  readonly fields: readonly FieldPlan[];
}
