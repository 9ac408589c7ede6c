import type { Features } from "./features.js";
import type { FileOptionValues } from "./file-options.js";
import type { EffectiveLifecycle } from "./lifecycle.js";
import type { Records } from "./records.js";
import type { SourceInfo } from "./source-info.js";
import type { DefaultVisibility, Visibility } from "./visibility.js";

/**
 * Linked elements of one image, ready to be compared. Names are full names without a leading dot. What lies in messages
 * and enums is decoded when it is asked for; where that fails, asking throws Proto4Error "image-corrupt".
 */
export interface Schema {
  /** By path, in the image's order. */
  readonly files: ReadonlyMap<string, SchemaFile>;
  /** Every message, enum, service and extension by full name: what files can name of each other. */
  readonly declared: ReadonlyMap<string, Declaration>;
  /** Those and every field, oneof, value and method. Indexed at the first question, which takes its time. */
  readonly elements: ReadonlyMap<string, Element>;
  /** Whether proto4's definitions are among the files: without them there are no lifecycles but inferred ones. */
  readonly annotated: boolean;
}

export type Element = SchemaFile | Message | Field | Oneof | Enum | EnumValue | Service | Method;

/** A field that is declared by itself is an extension. */
export type Declaration = Message | Enum | Service | Field;

/** What may enclose messages, enums and extensions. */
export type Container = SchemaFile | Message;

interface ElementBase {
  /** Short name; a file's is its path. */
  readonly name: string;
  /** A file's is its path. */
  readonly fullName: string;
  readonly file: SchemaFile;
  /** Path in `SourceCodeInfo`. */
  readonly path: readonly number[];
  readonly lifecycle: EffectiveLifecycle;
  /** The `deprecated` option. */
  readonly deprecated: boolean;
  readonly features: Features;
}

export interface SchemaFile extends Omit<ElementBase, "file"> {
  readonly kind: "file";
  readonly package: string;
  readonly syntax: "proto2" | "proto3" | "editions";
  /** `google.protobuf.Edition`: 998 for proto2, 999 for proto3, 1000 for 2023, 1001 for 2024. */
  readonly edition: number;
  readonly dependencies: readonly string[];
  readonly publicDependencies: readonly string[];
  readonly isImport: boolean;
  /** `(proto4.upgrades)`: the elder package that this one continues. */
  readonly upgrades: string | undefined;
  readonly options: FileOptionValues;
  readonly defaultVisibility: DefaultVisibility;
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly services: readonly Service[];
  readonly extensions: readonly Field[];
  readonly sourceInfo: SourceInfo;
  /** Its serialised descriptor. */
  readonly bytes: Uint8Array;
}

export interface Message extends ElementBase {
  readonly kind: "message";
  readonly parent: Container;
  /** The descriptors of its fields and oneofs, which are decoded at the first question. */
  readonly members: Records;
  /** In declaration order, map fields included. */
  readonly fields: readonly Field[];
  readonly fieldByNumber: ReadonlyMap<number, Field>;
  /** Without the synthetic ones of proto3 `optional`. */
  readonly oneofs: readonly Oneof[];
  /** Names of the oneofs that the compiler makes for proto3 `optional`. */
  readonly syntheticOneofs: readonly string[];
  readonly messages: readonly Message[];
  readonly enums: readonly Enum[];
  readonly extensions: readonly Field[];
  readonly reservedRanges: readonly NumberRange[];
  readonly reservedNames: readonly string[];
  readonly extensionRanges: readonly NumberRange[];
  /** The entry type that the compiler makes for a map field. */
  readonly mapEntry: boolean;
  readonly messageSet: boolean;
  /** The option of this name: the generated class leaves out its `descriptor()`. */
  readonly noStandardDescriptorAccessor: boolean;
  readonly visibility: Visibility;
}

/** Both ends inclusive. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
}

type ScalarType =
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
  | "sint64";

/** `group` is a delimited message, by syntax or by feature. */
export type FieldType = ScalarType | "enum" | "message" | "group";

/** A map is length-prefixed entries on the wire; `optional` of proto2, proto3 and editions is `explicit`. */
export type Cardinality = "implicit" | "explicit" | "required" | "repeated" | "map";

export interface Field extends ElementBase {
  readonly kind: "field";
  /** The message it belongs to; for an extension, where it is declared. */
  readonly parent: Container;
  readonly number: number;
  readonly type: FieldType;
  /** Full name of the enum or message; `undefined` for scalars. */
  readonly typeName: string | undefined;
  readonly cardinality: Cardinality;
  /** Whether the source says `required`, which editions only have as a feature. */
  readonly requiredLabel: boolean;
  readonly packed: boolean;
  /** The `jstype` option, by number. */
  readonly jstype: number;
  /** The C++ type of text and bytes, by feature or by the `ctype` option before that. */
  readonly cppStringType: Features["cppStringType"] | "STRING_PIECE";
  /** The oneof it is a member of; synthetic oneofs do not count. */
  readonly oneof: Oneof | undefined;
  readonly jsonName: string;
  /** proto2 and editions: the declared default as the descriptor spells it. */
  readonly defaultValue: string | undefined;
  /** Full name of the extended message; `undefined` for ordinary fields. */
  readonly extendee: string | undefined;
}

export interface Oneof extends ElementBase {
  readonly kind: "oneof";
  readonly parent: Message;
  readonly fields: readonly Field[];
}

export interface Enum extends ElementBase {
  readonly kind: "enum";
  readonly parent: Container;
  /** The descriptors of its values, which are decoded at the first question. */
  readonly members: Records;
  readonly values: readonly EnumValue[];
  readonly closed: boolean;
  readonly allowAlias: boolean;
  readonly visibility: Visibility;
  readonly reservedRanges: readonly NumberRange[];
  readonly reservedNames: readonly string[];
}

/** `fullName` is a sibling of the enum's, as protobuf scopes values. */
export interface EnumValue extends ElementBase {
  readonly kind: "enum-value";
  readonly parent: Enum;
  readonly number: number;
}

export interface Service extends ElementBase {
  readonly kind: "service";
  readonly parent: SchemaFile;
  readonly methods: readonly Method[];
}

export interface Method extends ElementBase {
  readonly kind: "method";
  readonly parent: Service;
  readonly input: string;
  readonly output: string;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
  readonly idempotency: "IDEMPOTENCY_UNKNOWN" | "NO_SIDE_EFFECTS" | "IDEMPOTENT";
}
