import type { FeatureSet } from "@bufbuild/protobuf/wkt";
import { WireReader } from "../wire/index.js";
import type { Features } from "./features.js";

/** The two features of a language that a rule asks about; both are extensions of FeatureSet. */
export type LanguageFeatures = Pick<Features, "cppStringType" | "javaUtf8Validation">;

/** `parent` with what `(pb.cpp)` and `(pb.java)` of `set` override. */
export function overrideLanguageFeatures(parent: LanguageFeatures, set: FeatureSet): LanguageFeatures {
  const stringType = readEnum(extensionOf(set, PB_CPP), STRING_TYPE);
  const utf8Validation = readEnum(extensionOf(set, PB_JAVA), UTF8_VALIDATION);
  return {
    cppStringType: stringTypes[stringType] ?? parent.cppStringType,
    javaUtf8Validation: utf8Validations[utf8Validation] ?? parent.javaUtf8Validation,
  };
}

/** Parts of a message that is written in several come one after the other. */
function extensionOf(set: FeatureSet, number: number): Uint8Array {
  const parts = (set.$unknown ?? []).filter(({ no, wireType }) => no === number && wireType === 2);
  return Buffer.concat(parts.map(({ data }) => new WireReader(data).subarray()));
}

/** The last value of an enum field; 0 where it is not set. */
function readEnum(message: Uint8Array, number: number): number {
  const reader = new WireReader(message);
  let value = 0;
  while (!reader.done) {
    const tag = reader.tag();
    if (tag === number << 3) value = reader.varint();
    else reader.skip(tag);
  }
  return value;
}

/** `google/protobuf/cpp_features.proto` and `java_features.proto`. */
const PB_CPP = 1000;
const PB_JAVA = 1001;
const STRING_TYPE = 2;
const UTF8_VALIDATION = 2;

const stringTypes: readonly (LanguageFeatures["cppStringType"] | undefined)[] = [
  undefined,
  "VIEW",
  "CORD",
  "STRING",
];

const utf8Validations: readonly (LanguageFeatures["javaUtf8Validation"] | undefined)[] = [
  undefined,
  "DEFAULT",
  "VERIFY",
];
