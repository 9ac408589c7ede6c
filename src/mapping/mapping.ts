import type { Enum, EnumValue, Field, Message, Method, Schema, Service } from "../schema/index.js";

/** Which element of the elder package becomes which of the newer one, how, and what is lost on the way. */
export interface Mapping {
  /** Holds both generations. */
  readonly schema: Schema;
  /** The elder package. */
  readonly v3: string;
  /** The newer package. */
  readonly v4: string;
  /**
   * Every pair of messages declared in the two packages and every pair they reach, entry types of maps
   * included, in the order of the v4 sources. Where a message that both generations use reaches a
   * google.protobuf.Any, it is paired with itself; Any itself is in no pair.
   */
  readonly messages: readonly MessageMapping[];
  readonly enums: readonly EnumMapping[];
  readonly services: readonly ServiceMapping[];
}

export interface MessageMapping {
  readonly v3: Message;
  readonly v4: Message;
  /** Whether bytes of the one are bytes of the other, in all that it reaches. */
  readonly identical: boolean;
  readonly contract: Contract;
  readonly entries: readonly Entry[];
}

/**
 * What a round trip gives back. BYTES: the very bytes. CANON: what is equal after canonical encoding, unknown
 * fields included. MODULO: what is equal up to what is declared, such as a bridged default.
 */
export type Contract = "BYTES" | "CANON" | "MODULO";

/**
 * ISO: nothing is ever lost. LENS: one side cannot say it and the stash carries it. PRISM: some values do not
 * fit and the stash carries the original. OPAQUE: user code, which declares what it keeps.
 */
export type Loss = "ISO" | "LENS" | "PRISM" | "OPAQUE";

export type Entry = PairedEntry | ReplacedEntry | OneofEntry | RegroupEntry | HookEntry | OnlyEntry;

/** A field of both generations; name, number, label and value may each differ. */
export interface PairedEntry {
  readonly kind: "paired";
  readonly v3: Field;
  readonly v4: Field;
  readonly conversion: Conversion;
  /** Whether presence or label differ, so that the values of the field have to be counted. */
  readonly counted: boolean;
  readonly absent?: Absent;
  readonly pairedBy: PairedBy;
  /** Values of v3's enum that v4 does not know, and of which nobody said that they ended. */
  readonly vanished?: readonly EnumValue[];
  /** What else who reads the field should know. */
  readonly note?: string;
  readonly loss: Loss;
}

/** What tells that two elements are one. Nobody declared that of a number under another name: it is a guess. */
export type PairedBy = "was" | "name" | "number";

/**
 * What a field that one side does not have is on the other: `v3` what v4 gets where v3 has none, as v4's field
 * has it, `v4` the reverse. In canonical encoding without tag and length; left out again on the way back.
 */
export interface Absent {
  readonly v3?: Uint8Array;
  readonly v4?: Uint8Array;
}

/** How one value becomes one of the other generation. */
export type Conversion =
  | { readonly kind: "copy" }
  /** Between any two numeric types or bool. */
  | { readonly kind: "number" }
  /** The values that have different numbers. */
  | { readonly kind: "enum"; readonly values: EnumMapping["renumbered"] }
  /** Between string and bytes, or strings of which one need not be UTF-8. */
  | { readonly kind: "text" }
  /** Between bytes and the message in them. */
  | { readonly kind: "blob" }
  /** Between a message with one field, on `side`, and its value. */
  | { readonly kind: "wrap"; readonly side: "v3" | "v4"; readonly value: Field; readonly inner: Conversion }
  /** Between google.protobuf.Timestamp or Duration, on `side`, and an integer that counts units. */
  | { readonly kind: "time"; readonly side: "v3" | "v4"; readonly unit: "s" | "ms" | "us" | "ns" }
  | MaskConversion
  | NestedConversion
  /** A map whose keys or scalar values change. */
  | { readonly kind: "entry"; readonly key: Conversion; readonly value: Conversion };

/**
 * A message that changes inside; for a map its entry type. One that both generations use changes where it reaches
 * a google.protobuf.Any, whose payload does.
 */
export interface NestedConversion {
  readonly kind: "nested";
  readonly v3: Message;
  readonly v4: Message;
}

/** The paths of a google.protobuf.FieldMask, of which names change. */
export interface MaskConversion {
  readonly kind: "mask";
  /** Names of the message that the mask speaks of first, then of those that its names lead to. */
  readonly messages: readonly (readonly MaskPath[])[];
}

/** A name, or a path into a submessage, on both sides, and the index of the message that it leads to. */
export type MaskPath = readonly [v3: string, v4: string, inside?: number];

/** v3's field continues in `v4`; `bridge` is what v4 keeps under `replaced_by`. */
export interface ReplacedEntry {
  readonly kind: "replaced";
  readonly v3: Field;
  readonly v4: Field;
  readonly bridge: Field;
  readonly conversion: Conversion;
  /** The bridge keeps what does not fit. */
  readonly loss: "LENS";
}

/** Fields that exclude each other on one side and not, or with others, on the other side. */
export interface OneofEntry {
  readonly kind: "oneof";
  readonly members: readonly Member[];
  readonly loss: "PRISM";
}

export interface Member {
  /** Absent where only v4 has it. */
  readonly v3?: Field;
  /** Absent where only v3 has it. */
  readonly v4?: Field;
  /** Of a member that both have. */
  readonly pairedBy?: PairedBy;
  readonly conversion: Conversion;
}

/** Fields that stand in a submessage on `side`, and beside it on the other. */
export interface RegroupEntry {
  readonly kind: "regroup";
  readonly side: "v3" | "v4";
  readonly holder: Field;
  readonly members: readonly {
    readonly inner: Field;
    readonly flat: Field;
    readonly conversion: Conversion;
  }[];
  readonly loss: "LENS";
}

/** Fields that user code converts, under a name. */
export interface HookEntry {
  readonly kind: "hook";
  readonly name: string;
  readonly v3: readonly Field[];
  readonly v4: readonly Field[];
  readonly loss: "OPAQUE";
}

/** A field that only one generation has. */
export interface OnlyEntry {
  readonly kind: "only";
  readonly side: "v3" | "v4";
  readonly field: Field;
  /** Whether the other generation can carry it as an unknown field: its number is free there. */
  readonly travels: boolean;
  /** What v4 gets where v3 carries none, as `Absent.v3`. */
  readonly absent?: Uint8Array;
  readonly loss: Loss;
}

export interface EnumMapping {
  readonly v3: Enum;
  readonly v4: Enum;
  readonly values: readonly ValuePair[];
  /** Numbers of paired values that differ. */
  readonly renumbered: readonly (readonly [v3: number, v4: number])[];
}

export interface ValuePair {
  readonly v3: EnumValue;
  readonly v4: EnumValue;
  readonly pairedBy: PairedBy;
}

export interface ServiceMapping {
  readonly v3: Service;
  readonly v4: Service;
  /** In the order of the v4 source. v4-only methods, and DEPRECATED methods of v3 alone, are left out. */
  readonly methods: readonly MethodMapping[];
  /** Methods that are one, and whose messages are not: calls of v3 have to be answered by hand. */
  readonly unbridged: readonly UnbridgedMethod[];
}

export interface UnbridgedMethod {
  readonly v3: Method;
  readonly v4: Method;
  /** What is in the way, and what to write where that is a mistake. */
  readonly reason: string;
}

export interface MethodMapping {
  readonly v3: Method;
  readonly v4: Method;
  readonly input: TypePair;
  readonly output: TypePair;
  readonly kind: "unary" | "server-streaming" | "client-streaming" | "bidi-streaming";
}

/** Full names; equal where both generations use the very same message, which then has no mapping. */
export interface TypePair {
  readonly v3: string;
  readonly v4: string;
}
