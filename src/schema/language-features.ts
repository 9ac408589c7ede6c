import type { FeatureSet } from "./descriptor.js";
import type { Features } from "./features.js";

/** The two features of a language that a rule asks about; both are extensions of FeatureSet. */
export type LanguageFeatures = Pick<Features, "cppStringType" | "javaUtf8Validation">;

/** `parent` with what `(pb.cpp)` and `(pb.java)` override. */
export function overrideLanguageFeatures(parent: LanguageFeatures, { cpp, java }: Source): LanguageFeatures {
  return {
    cppStringType: stringTypes[cpp?.stringType ?? 0] ?? parent.cppStringType,
    javaUtf8Validation: utf8Validations[java?.utf8Validation ?? 0] ?? parent.javaUtf8Validation,
  };
}

type Source = Partial<Pick<FeatureSet, "cpp" | "java">>;

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
