/**
 * Ids that older configurations name, each with the rules that took its place; none where what it asked no
 * longer matters to anybody. v1beta1 and v1 know all of them, v2 the last.
 * @see `buf config ls-breaking-rules --version v1 --include-deprecated`
 */
export const deprecatedRules: Readonly<Record<string, readonly string[]>> = {
  FIELD_SAME_CTYPE: ["FIELD_SAME_CPP_STRING_TYPE"],
  FIELD_SAME_LABEL: [
    "FIELD_SAME_CARDINALITY",
    "FIELD_WIRE_COMPATIBLE_CARDINALITY",
    "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",
  ],
  FILE_SAME_JAVA_STRING_CHECK_UTF8: ["FIELD_SAME_JAVA_UTF8_VALIDATION"],
  FILE_SAME_PHP_GENERIC_SERVICES: [],
  MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT: [],
};
