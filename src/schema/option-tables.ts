import type { OptionTable } from "./decode-options.js";
import type {
  EnumOptions,
  FeatureSet,
  FieldOptions,
  FileOptions,
  MessageOptions,
  MethodOptions,
  OneofOptions,
  Options,
} from "./descriptor.js";

// To read one more option: a property in descriptor.ts, and here its default and its number.

/** Of the features for single languages, only those are here that a rule asks about. */
const features: OptionTable<FeatureSet> = {
  defaults: {
    fieldPresence: 0,
    enumType: 0,
    repeatedFieldEncoding: 0,
    utf8Validation: 0,
    messageEncoding: 0,
    jsonFormat: 0,
    defaultSymbolVisibility: 0,
    cpp: undefined,
    java: undefined,
  },
  fields: {
    1: ["fieldPresence", "number"],
    2: ["enumType", "number"],
    3: ["repeatedFieldEncoding", "number"],
    4: ["utf8Validation", "number"],
    5: ["messageEncoding", "number"],
    6: ["jsonFormat", "number"],
    8: ["defaultSymbolVisibility", "number"],
    1000: ["cpp", { defaults: { stringType: 0 }, fields: { 2: ["stringType", "number"] } }],
    1001: ["java", { defaults: { utf8Validation: 0 }, fields: { 2: ["utf8Validation", "number"] } }],
  },
};

const shared: Options = { deprecated: false, features: undefined, lifecycle: undefined, terms: undefined };

const proto4Fields = { 50400: ["lifecycle", "number"], 50401: ["terms", "bytes"] } as const;

export const fileOptions: OptionTable<FileOptions> = {
  defaults: {
    ...shared,
    javaPackage: "",
    javaOuterClassname: "",
    optimizeFor: 1,
    javaMultipleFiles: false,
    goPackage: "",
    ccGenericServices: false,
    javaGenericServices: false,
    pyGenericServices: false,
    javaStringCheckUtf8: false,
    ccEnableArenas: true,
    objcClassPrefix: "",
    csharpNamespace: "",
    swiftPrefix: "",
    phpClassPrefix: "",
    phpNamespace: "",
    phpMetadataNamespace: "",
    rubyPackage: "",
    upgrades: undefined,
  },
  fields: {
    1: ["javaPackage", "string"],
    8: ["javaOuterClassname", "string"],
    9: ["optimizeFor", "number"],
    10: ["javaMultipleFiles", "bool"],
    11: ["goPackage", "string"],
    16: ["ccGenericServices", "bool"],
    17: ["javaGenericServices", "bool"],
    18: ["pyGenericServices", "bool"],
    23: ["deprecated", "bool"],
    27: ["javaStringCheckUtf8", "bool"],
    31: ["ccEnableArenas", "bool"],
    36: ["objcClassPrefix", "string"],
    37: ["csharpNamespace", "string"],
    39: ["swiftPrefix", "string"],
    40: ["phpClassPrefix", "string"],
    41: ["phpNamespace", "string"],
    44: ["phpMetadataNamespace", "string"],
    45: ["rubyPackage", "string"],
    50: ["features", features],
    50400: ["lifecycle", "number"],
    50402: ["upgrades", "string"],
  },
};

export const messageOptions: OptionTable<MessageOptions> = {
  defaults: { ...shared, messageSetWireFormat: false, noStandardDescriptorAccessor: false, mapEntry: false },
  fields: {
    1: ["messageSetWireFormat", "bool"],
    2: ["noStandardDescriptorAccessor", "bool"],
    3: ["deprecated", "bool"],
    7: ["mapEntry", "bool"],
    12: ["features", features],
    ...proto4Fields,
  },
};

export const fieldOptions: OptionTable<FieldOptions> = {
  defaults: { ...shared, ctype: undefined, packed: undefined, jstype: 0 },
  fields: {
    1: ["ctype", "number"],
    2: ["packed", "bool"],
    3: ["deprecated", "bool"],
    6: ["jstype", "number"],
    21: ["features", features],
    ...proto4Fields,
  },
};

export const oneofOptions: OptionTable<OneofOptions> = {
  defaults: { features: undefined },
  fields: { 1: ["features", features] },
};

export const enumOptions: OptionTable<EnumOptions> = {
  defaults: { ...shared, allowAlias: false },
  fields: {
    2: ["allowAlias", "bool"],
    3: ["deprecated", "bool"],
    7: ["features", features],
    ...proto4Fields,
  },
};

export const enumValueOptions: OptionTable<Options> = {
  defaults: shared,
  fields: { 1: ["deprecated", "bool"], 2: ["features", features], ...proto4Fields },
};

export const serviceOptions: OptionTable<Options> = {
  defaults: shared,
  fields: { 33: ["deprecated", "bool"], 34: ["features", features], ...proto4Fields },
};

export const methodOptions: OptionTable<MethodOptions> = {
  defaults: { ...shared, idempotencyLevel: 0 },
  fields: {
    33: ["deprecated", "bool"],
    34: ["idempotencyLevel", "number"],
    35: ["features", features],
    ...proto4Fields,
  },
};
