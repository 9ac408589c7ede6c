/** Resolved features, in the words of google.protobuf.FeatureSet. @see https://protobuf.dev/editions/features/ */
export interface Features {
  readonly fieldPresence: "EXPLICIT" | "IMPLICIT" | "LEGACY_REQUIRED";
  readonly enumType: "OPEN" | "CLOSED";
  readonly repeatedFieldEncoding: "PACKED" | "EXPANDED";
  readonly utf8Validation: "VERIFY" | "NONE";
  readonly messageEncoding: "LENGTH_PREFIXED" | "DELIMITED";
  readonly jsonFormat: "ALLOW" | "LEGACY_BEST_EFFORT";
  /** `(pb.cpp).string_type` */
  readonly cppStringType: "STRING" | "VIEW" | "CORD";
  /** `(pb.java).utf8_validation`, or `java_string_check_utf8` before editions. */
  readonly javaUtf8Validation: "DEFAULT" | "VERIFY";
}
