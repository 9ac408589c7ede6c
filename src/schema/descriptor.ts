import type { Records } from "./records.js";

/**
 * What a schema needs of `google/protobuf/descriptor.proto`, under the names that protobuf-es gives it. A
 * scalar that the bytes leave out has its default; where presence matters, it is `undefined`. Full names have
 * no leading dot.
 */
export interface FileDescriptor {
  readonly name: string;
  readonly package: string;
  readonly dependency: readonly string[];
  readonly publicDependency: readonly number[];
  readonly messageType: readonly MessageDescriptor[];
  readonly enumType: readonly EnumDescriptor[];
  readonly service: readonly ServiceDescriptor[];
  readonly extension: readonly FieldDescriptor[];
  readonly options: FileOptions | undefined;
  /** A serialised `SourceCodeInfo`. */
  readonly sourceCodeInfo: Uint8Array | undefined;
  readonly syntax: string;
  readonly edition: number;
  /** All of it, for whoever asks for what is not decoded. */
  readonly bytes: Uint8Array;
}

export interface MessageDescriptor {
  readonly name: string;
  /** Its fields and oneofs, see `decodeMembers`. */
  readonly members: Records;
  readonly nestedType: readonly MessageDescriptor[];
  readonly enumType: readonly EnumDescriptor[];
  /** The end is exclusive. */
  readonly extensionRange: readonly RangeDescriptor[];
  readonly extension: readonly FieldDescriptor[];
  readonly options: MessageOptions | undefined;
  /** The end is exclusive. */
  readonly reservedRange: readonly RangeDescriptor[];
  readonly reservedName: readonly string[];
  /** The keyword, a `SymbolVisibility` by number. */
  readonly visibility: number;
}

export interface MembersDescriptor {
  readonly field: readonly FieldDescriptor[];
  readonly oneofDecl: readonly OneofDescriptor[];
}

export interface RangeDescriptor {
  readonly start: number;
  readonly end: number;
}

export interface FieldDescriptor {
  readonly name: string;
  readonly extendee: string;
  readonly number: number;
  readonly label: number;
  readonly type: number;
  readonly typeName: string;
  readonly defaultValue: string | undefined;
  readonly options: FieldOptions | undefined;
  readonly oneofIndex: number | undefined;
  readonly jsonName: string;
  readonly proto3Optional: boolean;
}

export interface OneofDescriptor {
  readonly name: string;
  readonly options: OneofOptions | undefined;
}

export interface EnumDescriptor {
  readonly name: string;
  /** Its values, see `decodeValues`. */
  readonly members: Records;
  readonly options: EnumOptions | undefined;
  /** The end is inclusive. */
  readonly reservedRange: readonly RangeDescriptor[];
  readonly reservedName: readonly string[];
  /** The keyword, a `SymbolVisibility` by number. */
  readonly visibility: number;
}

export interface EnumValueDescriptor {
  readonly name: string;
  readonly number: number;
  readonly options: Options | undefined;
}

export interface ServiceDescriptor {
  readonly name: string;
  readonly method: readonly MethodDescriptor[];
  readonly options: Options | undefined;
}

export interface MethodDescriptor {
  readonly name: string;
  readonly inputType: string;
  readonly outputType: string;
  readonly options: MethodOptions | undefined;
  readonly clientStreaming: boolean;
  readonly serverStreaming: boolean;
}

/** What the options of every kind of element have, but for those of oneofs. */
export interface Options {
  readonly deprecated: boolean;
  readonly features: FeatureSet | undefined;
  /** `(proto4.…_lifecycle)`, by number. */
  readonly lifecycle: number | undefined;
  /** A serialised `proto4.Terms`. */
  readonly terms: Uint8Array | undefined;
}

export interface FileOptions extends Options {
  readonly javaPackage: string;
  readonly javaOuterClassname: string;
  readonly optimizeFor: number;
  readonly javaMultipleFiles: boolean;
  readonly goPackage: string;
  readonly ccGenericServices: boolean;
  readonly javaGenericServices: boolean;
  readonly pyGenericServices: boolean;
  readonly javaStringCheckUtf8: boolean;
  readonly ccEnableArenas: boolean;
  readonly objcClassPrefix: string;
  readonly csharpNamespace: string;
  readonly swiftPrefix: string;
  readonly phpClassPrefix: string;
  readonly phpNamespace: string;
  readonly phpMetadataNamespace: string;
  readonly rubyPackage: string;
  /** `(proto4.upgrades)` */
  readonly upgrades: string | undefined;
}

export interface MessageOptions extends Options {
  readonly messageSetWireFormat: boolean;
  readonly noStandardDescriptorAccessor: boolean;
  readonly mapEntry: boolean;
}

export interface FieldOptions extends Options {
  readonly ctype: number | undefined;
  readonly packed: boolean | undefined;
  readonly jstype: number;
}

export interface OneofOptions {
  readonly features: FeatureSet | undefined;
}

export interface EnumOptions extends Options {
  readonly allowAlias: boolean;
}

export interface MethodOptions extends Options {
  readonly idempotencyLevel: number;
}

/** Zero where nothing is set. */
export interface FeatureSet {
  readonly fieldPresence: number;
  readonly enumType: number;
  readonly repeatedFieldEncoding: number;
  readonly utf8Validation: number;
  readonly messageEncoding: number;
  readonly jsonFormat: number;
  readonly defaultSymbolVisibility: number;
  /** `(pb.cpp)` */
  readonly cpp: { readonly stringType: number } | undefined;
  /** `(pb.java)` */
  readonly java: { readonly utf8Validation: number } | undefined;
}
