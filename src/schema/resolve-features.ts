import type { FeatureSet } from "./descriptor.js";
import { EDITION_2023, EDITION_PROTO2, EDITION_PROTO3 } from "./edition-of.js";
import type { Features } from "./features.js";
import { overrideLanguageFeatures } from "./language-features.js";

/**
 * The features that a file starts from.
 * @see https://protobuf.dev/editions/features/#preserving
 */
export function defaultFeatures(edition: number): Features {
  if (edition === EDITION_PROTO2) return proto2;
  if (edition === EDITION_PROTO3) return proto3;
  return edition === EDITION_2023 ? edition2023 : edition2024;
}

/** `parent` with what `set` overrides; `parent` itself where there is nothing that could. */
export function overrideFeatures(parent: Features, set: FeatureNumbers | undefined): Features {
  if (set === undefined) return parent;
  return sharedFeatures({
    fieldPresence: featureNames.fieldPresence[set.fieldPresence] ?? parent.fieldPresence,
    enumType: featureNames.enumType[set.enumType] ?? parent.enumType,
    repeatedFieldEncoding:
      featureNames.repeatedFieldEncoding[set.repeatedFieldEncoding] ?? parent.repeatedFieldEncoding,
    utf8Validation: featureNames.utf8Validation[set.utf8Validation] ?? parent.utf8Validation,
    messageEncoding: featureNames.messageEncoding[set.messageEncoding] ?? parent.messageEncoding,
    jsonFormat: featureNames.jsonFormat[set.jsonFormat] ?? parent.jsonFormat,
    ...overrideLanguageFeatures(parent, set),
  });
}

/** One record for all elements with the same features, so that these are compared at a glance. */
export function sharedFeatures(features: Features): Features {
  const key = Object.values(features).join();
  const known = knownFeatures.get(key) ?? features;
  knownFeatures.set(key, known);
  return known;
}

/** There are some hundred combinations. */
const knownFeatures = new Map<string, Features>();

type FeatureNumbers = Omit<FeatureSet, "cpp" | "java"> & Partial<FeatureSet>;

/** The values of each feature by number: 0 says nothing, nor does a number that nobody knows. */
export const featureNames = {
  fieldPresence: [undefined, "EXPLICIT", "IMPLICIT", "LEGACY_REQUIRED"],
  enumType: [undefined, "OPEN", "CLOSED"],
  repeatedFieldEncoding: [undefined, "PACKED", "EXPANDED"],
  utf8Validation: [undefined, undefined, "VERIFY", "NONE"],
  messageEncoding: [undefined, "LENGTH_PREFIXED", "DELIMITED"],
  jsonFormat: [undefined, "ALLOW", "LEGACY_BEST_EFFORT"],
} as const satisfies { readonly [Name in keyof Features]?: readonly (Features[Name] | undefined)[] };

const proto2: Features = {
  fieldPresence: "EXPLICIT",
  enumType: "CLOSED",
  repeatedFieldEncoding: "EXPANDED",
  utf8Validation: "NONE",
  messageEncoding: "LENGTH_PREFIXED",
  jsonFormat: "LEGACY_BEST_EFFORT",
  cppStringType: "STRING",
  javaUtf8Validation: "DEFAULT",
};

const proto3: Features = {
  fieldPresence: "IMPLICIT",
  enumType: "OPEN",
  repeatedFieldEncoding: "PACKED",
  utf8Validation: "VERIFY",
  messageEncoding: "LENGTH_PREFIXED",
  jsonFormat: "ALLOW",
  cppStringType: "STRING",
  javaUtf8Validation: "DEFAULT",
};

const edition2023: Features = { ...proto3, fieldPresence: "EXPLICIT" };

const edition2024: Features = { ...edition2023, cppStringType: "VIEW" };
