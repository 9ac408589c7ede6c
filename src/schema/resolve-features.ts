import { create } from "@bufbuild/protobuf";
import {
  Edition,
  type FeatureSet,
  FeatureSet_EnumType,
  FeatureSet_FieldPresence,
  FeatureSet_JsonFormat,
  FeatureSet_MessageEncoding,
  FeatureSet_RepeatedFieldEncoding,
  FeatureSet_Utf8Validation,
  FeatureSetSchema,
} from "@bufbuild/protobuf/wkt";
import type { Features } from "./features.js";
import { overrideLanguageFeatures } from "./language-features.js";

/**
 * The features that a file starts from.
 * @see https://protobuf.dev/editions/features/#preserving
 */
export function defaultFeatures(edition: number): Features {
  if (edition === Edition.EDITION_PROTO2) return proto2;
  if (edition === Edition.EDITION_PROTO3) return proto3;
  return edition === Edition.EDITION_2023 ? edition2023 : edition2024;
}

/** `parent` with what `set` overrides; `parent` itself where it overrides nothing. */
export function overrideFeatures(parent: Features, set: FeatureSet | undefined): Features {
  if (set === undefined) return parent;
  return {
    fieldPresence: read(FeatureSet_FieldPresence, set.fieldPresence) ?? parent.fieldPresence,
    enumType: read(FeatureSet_EnumType, set.enumType) ?? parent.enumType,
    repeatedFieldEncoding:
      read(FeatureSet_RepeatedFieldEncoding, set.repeatedFieldEncoding) ?? parent.repeatedFieldEncoding,
    utf8Validation: read(FeatureSet_Utf8Validation, set.utf8Validation) ?? parent.utf8Validation,
    messageEncoding: read(FeatureSet_MessageEncoding, set.messageEncoding) ?? parent.messageEncoding,
    jsonFormat: read(FeatureSet_JsonFormat, set.jsonFormat) ?? parent.jsonFormat,
    ...overrideLanguageFeatures(parent, set),
  };
}

/** Features as a descriptor writes them: the reverse of `overrideFeatures`. */
export function toFeatureSet(features: Features): FeatureSet {
  return create(FeatureSetSchema, {
    fieldPresence: FeatureSet_FieldPresence[features.fieldPresence],
    enumType: FeatureSet_EnumType[features.enumType],
    repeatedFieldEncoding: FeatureSet_RepeatedFieldEncoding[features.repeatedFieldEncoding],
    utf8Validation: FeatureSet_Utf8Validation[features.utf8Validation],
    messageEncoding: FeatureSet_MessageEncoding[features.messageEncoding],
    jsonFormat: FeatureSet_JsonFormat[features.jsonFormat],
  });
}

/** The name of an enum's number; zero and unknown numbers say nothing. */
function read<Name extends string>(names: Readonly<Record<Name, number | string>>, value: number) {
  type Known = Exclude<Name, `${string}UNKNOWN`>;
  return value === 0 ? undefined : (names as Readonly<Record<number, Known>>)[value];
}

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
