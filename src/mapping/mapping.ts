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
   * included, in the order of the v4 sources.
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
  /** BYTES: up and down give identical bytes. CANON: equal after canonical encoding, unknown fields included. */
  readonly contract: "BYTES" | "CANON";
  readonly entries: readonly Entry[];
}

/**
 * ISO: nothing is ever lost. LENS: one side cannot say it and the stash carries it. PRISM: some values do not
 * fit and the stash carries the original.
 */
export type Loss = "ISO" | "LENS" | "PRISM";

export type Entry = PairedEntry | ReplacedEntry | OnlyEntry;

/** A field of both generations; name, number and value may each differ. */
export interface PairedEntry {
  readonly kind: "paired";
  readonly v3: Field;
  readonly v4: Field;
  readonly conversion: Conversion;
  readonly loss: Loss;
}

export type Conversion =
  | { readonly kind: "copy" }
  /** int32→int64 or uint32→uint64. */
  | { readonly kind: "widen" }
  /** The values that have different numbers. */
  | { readonly kind: "enum"; readonly values: EnumMapping["renumbered"] }
  /** A message that changes inside; for a map its entry type. */
  | { readonly kind: "nested"; readonly v3: Message; readonly v4: Message };

/** v3's field continues in `v4`; `bridge` is what v4 keeps under `replaced_by`. */
export interface ReplacedEntry {
  readonly kind: "replaced";
  readonly v3: Field;
  readonly v4: Field;
  readonly bridge: Field;
  readonly loss: "LENS";
}

/** A field that only one generation has. */
export interface OnlyEntry {
  readonly kind: "only";
  readonly side: "v3" | "v4";
  readonly field: Field;
  /** Whether the other generation can carry it as an unknown field: its number is free there. */
  readonly travels: boolean;
  readonly loss: Loss;
}

export interface EnumMapping {
  readonly v3: Enum;
  readonly v4: Enum;
  readonly values: readonly { readonly v3: EnumValue; readonly v4: EnumValue }[];
  /** Numbers of paired values that differ. */
  readonly renumbered: readonly (readonly [v3: number, v4: number])[];
}

export interface ServiceMapping {
  readonly v3: Service;
  readonly v4: Service;
  /** In the order of the v4 source. v4-only methods, and DEPRECATED methods of v3 alone, are left out. */
  readonly methods: readonly MethodMapping[];
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
