/** What `--fix` does about a rule's findings. One of both is there at least. */
export interface FixEntry {
  /** What it writes. */
  readonly fix?: string;
  /** What it leaves to people, and why. */
  readonly unfixable?: string;
}

/** By the id of the rule; every rule is here. docs/fix.md shows it. */
export const fixTable: Readonly<Record<string, FixEntry>> = {
  ...entries(
    "brings the file back from its descriptor",
    "what stands in another file now is not taken from it",
    ["FILE_NO_DELETE", "PACKAGE_NO_DELETE"],
  ),
  ...entries(
    "brings it back, DEPRECATED, with all that it held and with the types that left with it",
    "its name may be taken by now, or it stands in another file",
    [
      "MESSAGE_NO_DELETE",
      "ENUM_NO_DELETE",
      "EXTENSION_NO_DELETE",
      "SERVICE_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
      "PACKAGE_ENUM_NO_DELETE",
      "PACKAGE_EXTENSION_NO_DELETE",
      "PACKAGE_SERVICE_NO_DELETE",
      "CONFLUENT_MESSAGE_NO_DELETE",
      "RPC_NO_DELETE",
    ],
  ),
  ...entries(
    "brings it back, DEPRECATED, with its comments and its options, out of `reserved` if it is there",
    "its name or number may be taken by now",
    ["FIELD_NO_DELETE", "ENUM_VALUE_NO_DELETE", "CONFLUENT_ONEOF_FIELD_NO_DELETE"],
  ),
  ...entries("reserves number and names", "a name that something else has cannot be reserved", [
    "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
    "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
    "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",
    "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
  ]),
  ...entries("reserves them again", "what is in use by now cannot be reserved", [
    "RESERVED_MESSAGE_NO_DELETE",
    "RESERVED_ENUM_NO_DELETE",
    "RESERVED_PRECISE_NUMBERS",
  ]),
  ...entries("gives them to extensions again", "what is in use or reserved by now cannot be given away", [
    "EXTENSION_MESSAGE_NO_DELETE",
  ]),
  ...entries(
    "writes label and type as they were, with the options that go with them and the imports they need",
    "a group's message is declared along with its field, and stays as it is",
    [
      "FIELD_SAME_TYPE",
      "FIELD_WIRE_COMPATIBLE_TYPE",
      "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
      "FIELD_SAME_CARDINALITY",
      "FIELD_WIRE_COMPATIBLE_CARDINALITY",
      "FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY",
      "FIELD_NO_NARROWING",
      "FIELD_SAME_PRESENCE",
      "FIELD_PRECISE_TYPE",
      "FIELD_PRECISE_CARDINALITY",
      "FIELD_PRECISE_PRESENCE",
      "CONFLUENT_FIELD_SAME_KIND",
      "CONFLUENT_FIELD_SAME_SCALAR_KIND",
      "CONFLUENT_FIELD_SAME_NAMED_TYPE",
      "CONFLUENT_FIELD_SAME_NUMERIC_LABEL",
    ],
  ),
  ...entries(
    "makes a new field optional, and an old one required again",
    "where the syntax is another now, its author must choose",
    ["MESSAGE_SAME_REQUIRED_FIELDS", "CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS", "FIELD_PRECISE_REQUIRED"],
  ),
  ...entries("writes the default as it was", "proto3 has no defaults but an enum's first value", [
    "FIELD_SAME_DEFAULT",
    "FIELD_PRECISE_DEFAULT",
  ]),
  ...entries(
    "takes fields back into their oneof, or out of it; a oneof that was renamed gets its name back",
    "a field may need another label where the syntax is another now",
    ["FIELD_SAME_ONEOF", "FIELD_PRECISE_ONEOF", "CONFLUENT_FIELD_SAME_ONEOF", "ONEOF_NO_DELETE"],
  ),
  ...entries(
    "writes the name as it was; a number that another field took goes back to its owner",
    "a name may be taken by now",
    ["FIELD_SAME_NAME", "FIELD_NUMBER_REUSED"],
  ),
  ...entries(
    "writes the name as it was, or the lost names beside it",
    "a name that is reserved now stays so",
    ["ENUM_VALUE_SAME_NAME"],
  ),
  ...entries("sets the option as it was", "without editions, a feature is what the syntax says", [
    "FIELD_SAME_JSON_NAME",
    "FIELD_SAME_UTF8_VALIDATION",
    "FIELD_SAME_JAVA_UTF8_VALIDATION",
    "FIELD_SAME_CPP_STRING_TYPE",
    "FIELD_SAME_JSTYPE",
    "FIELD_SAME_PACKED",
    "FIELD_PRECISE_UTF8",
    "MESSAGE_SAME_JSON_FORMAT",
    "ENUM_SAME_JSON_FORMAT",
    "ENUM_SAME_TYPE",
  ]),
  OPTION_SAME: {
    fix: "sets the option as it was",
    unfixable: "an option that is a list is set by several statements, which stay as they are",
  },
  MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR: { fix: "takes the option away" },
  ...entries(
    "sets the option as it was, or takes it away",
    undefined,
    [
      "CC_ENABLE_ARENAS",
      "CC_GENERIC_SERVICES",
      "CSHARP_NAMESPACE",
      "GO_PACKAGE",
      "JAVA_GENERIC_SERVICES",
      "JAVA_MULTIPLE_FILES",
      "JAVA_OUTER_CLASSNAME",
      "JAVA_PACKAGE",
      "OBJC_CLASS_PREFIX",
      "OPTIMIZE_FOR",
      "PHP_CLASS_PREFIX",
      "PHP_METADATA_NAMESPACE",
      "PHP_NAMESPACE",
      "PY_GENERIC_SERVICES",
      "RUBY_PACKAGE",
      "SWIFT_PREFIX",
    ].map((option) => `FILE_SAME_${option}`),
  ),
  ...entries(undefined, "the package is in every name of the file, and others may call them by it", [
    "FILE_SAME_PACKAGE",
    "CONFLUENT_FILE_SAME_PACKAGE",
  ]),
  FILE_SAME_SYNTAX: {
    unfixable: "what its statements mean hangs on the syntax, so that each would have to be written anew",
  },
  IMPORT_PUBLIC_NO_DELETE: { fix: "writes the import again, or makes it public" },
  SYMBOL_SAME_VISIBILITY: {
    fix: "writes `export` before it",
    unfixable: "under STRICT no nested type is named, and to change that for a file only its author may",
  },
  ...entries("writes what the method took and returned", undefined, [
    "RPC_SAME_REQUEST_TYPE",
    "RPC_SAME_RESPONSE_TYPE",
    "RPC_SAME_CLIENT_STREAMING",
    "RPC_SAME_SERVER_STREAMING",
    "RPC_PRECISE_REQUEST_TYPE",
    "RPC_PRECISE_RESPONSE_TYPE",
  ]),
  RPC_SAME_IDEMPOTENCY_LEVEL: { fix: "sets the option as it was" },
  ENUM_VALUE_NO_ADD_TO_CLOSED: {
    unfixable: "whether every reader knows the value already, no source tells",
  },
  ENUM_PRECISE_VALUES: {
    fix: "brings a value back that left, and leaves an enum open or closed as it was",
    unfixable: "whether every reader knows a new value already, no source tells",
  },
  LIFECYCLE_MOVE: {
    fix: "declares the state as it was, and the sunset that was promised with it",
    unfixable: "what is to be used instead of something that is new and DEPRECATED, only its author knows",
  },
  LIFECYCLE_FROZEN: {
    fix: "undoes the change, as the rule for that change does",
    unfixable: "where something that was added belongs, only its author knows",
  },
  LIFECYCLE_REMOVAL: {
    fix: "brings it back, DEPRECATED, or as it was if its sunset is still to come; reserves what has left lawfully otherwise",
    unfixable: "its name or number may be taken by now",
  },
  LIFECYCLE_REFERENCE: {
    fix: "lets an element be in a state that what holds it allows",
    unfixable: "whether to promise more of a type or less of what names it, only its author may choose",
  },
  LIFECYCLE_SUNSET: { fix: "puts the sunset back, or off to the first day that the policy allows" },
  LIFECYCLE_AGE: {
    fix: "declares the state as it was, brings back what left, and puts `since` back",
    unfixable: "on which day a state really began, only its author knows",
  },
  LIFECYCLE_TOMBSTONE: { unfixable: "another name for it, only its author can choose" },
  LIFECYCLE_REPLACEMENT: { unfixable: "what takes its place in the end, only its author knows" },
  LIFECYCLE_REASON: { unfixable: "why it is DEPRECATED, only its author knows" },
  LIFECYCLE_DEPRECATED_OPTION: { fix: "writes `deprecated = true`" },
  LIFECYCLE_ADVICE: {
    fix: "writes `replaced_by` where the comment names a field beside it",
    unfixable: "a last day is a promise, which only its author can make",
  },
  LIFECYCLE_TERMS: {
    fix: "spells a day as it must be, and takes the sunset of something EXPERIMENTAL away",
    unfixable: "which of two contradicting terms is wrong, only their author knows",
  },
  LIFECYCLE_GRADUATION: { unfixable: "whether nobody uses it in the stable version yet, no source tells" },
  LIFECYCLE_UNANNOTATED: { fix: "declares the state that was taken for granted" },
};

function entries(
  fix: string | undefined,
  unfixable: string | undefined,
  ids: readonly string[],
): Readonly<Record<string, FixEntry>> {
  const entry = { ...(fix === undefined ? {} : { fix }), ...(unfixable === undefined ? {} : { unfixable }) };
  return Object.fromEntries(ids.map((id) => [id, entry]));
}
