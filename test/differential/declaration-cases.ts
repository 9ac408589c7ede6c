interface DeclarationCase {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** The rules that buf reports, in any category. */
  readonly expected: readonly string[];
}

const proto3 = 'syntax = "proto3"; package pkg; ';
const proto2 = 'syntax = "proto2"; package pkg; ';
const edition = 'edition = "2023"; package pkg; ';

/** Files, packages, enums, extensions and methods: what random edits reach seldom or never. */
export const declarationCases: Readonly<Record<string, DeclarationCase>> = {
  "file options that are changed, dropped, and put on a line of their own": {
    before: {
      "a.proto": `${proto3}option java_multiple_files = true; option optimize_for = CODE_SIZE; option go_package = "x/y"; option php_namespace = "P";`,
    },
    after: {
      "a.proto": `${proto3}\noption optimize_for = LITE_RUNTIME;\n  option go_package = "x/z";\noption cc_enable_arenas = false; option ruby_package = "R";`,
    },
    expected: [
      "FILE_SAME_CC_ENABLE_ARENAS",
      "FILE_SAME_GO_PACKAGE",
      "FILE_SAME_JAVA_MULTIPLE_FILES",
      "FILE_SAME_OPTIMIZE_FOR",
      "FILE_SAME_PHP_NAMESPACE",
      "FILE_SAME_RUBY_PACKAGE",
    ],
  },
  "the other file options": {
    before: {
      "a.proto": `${proto2}option java_package = "j"; option java_outer_classname = "J"; option java_generic_services = true; option cc_generic_services = true; option py_generic_services = true; option csharp_namespace = "C";`,
    },
    after: {
      "a.proto": `${proto2}\noption java_package = "k";\noption objc_class_prefix = "OBJ";\noption swift_prefix = "SW";\noption php_class_prefix = "PH";\noption php_metadata_namespace = "PM";`,
    },
    expected: [
      "FILE_SAME_CC_GENERIC_SERVICES",
      "FILE_SAME_CSHARP_NAMESPACE",
      "FILE_SAME_JAVA_GENERIC_SERVICES",
      "FILE_SAME_JAVA_OUTER_CLASSNAME",
      "FILE_SAME_JAVA_PACKAGE",
      "FILE_SAME_OBJC_CLASS_PREFIX",
      "FILE_SAME_PHP_CLASS_PREFIX",
      "FILE_SAME_PHP_METADATA_NAMESPACE",
      "FILE_SAME_PY_GENERIC_SERVICES",
      "FILE_SAME_SWIFT_PREFIX",
    ],
  },
  "file options that are written out as their defaults": {
    before: { "a.proto": proto2 },
    after: {
      "a.proto": `${proto2}option cc_enable_arenas = true; option optimize_for = SPEED; option java_multiple_files = false; option java_generic_services = false; option go_package = "";`,
    },
    expected: [],
  },
  "a file option that moves with its file": {
    before: { "a.proto": proto3, "b.proto": `${proto3}option go_package = "x";` },
    after: { "a.proto": `${proto3}option go_package = "x";`, "b.proto": proto3 },
    expected: ["FILE_SAME_GO_PACKAGE"],
  },
  "a syntax that is left out, which is proto2": {
    before: { "a.proto": `${proto2}message M {}`, "b.proto": `${proto3}message N {}` },
    after: { "a.proto": "package pkg; message M {}", "b.proto": "package pkg;\n message N {}" },
    expected: ["FILE_SAME_SYNTAX", "MESSAGE_SAME_JSON_FORMAT"],
  },
  "the first line of a file beside the file as a whole": {
    before: { "a.proto": `${proto2}option go_package = "x"; message M {} enum E { Z = 0; } service S {}` },
    after: { "a.proto": proto3 },
    expected: [
      "ENUM_NO_DELETE",
      "FILE_SAME_GO_PACKAGE",
      "FILE_SAME_SYNTAX",
      "MESSAGE_NO_DELETE",
      "PACKAGE_SERVICE_NO_DELETE",
      "SERVICE_NO_DELETE",
    ],
  },
  "from one edition to the next": {
    before: { "a.proto": `${edition}message M { string a = 1; } enum E { Z = 0; }` },
    after: { "a.proto": 'edition = "2024"; package pkg; message M { string a = 1; } enum E { Z = 0; }' },
    expected: ["FIELD_SAME_CPP_STRING_TYPE"],
  },
  "a package that another file keeps": {
    before: {
      "a.proto": `${proto2}message M { message N {} enum E { Z = 0; } extensions 5 to 9; extend M { optional int32 x = 5; } } enum F { FZ = 0; } service S {} extend M { optional int32 y = 6; }`,
      "b.proto": `${proto2}import "a.proto"; message K {} enum G { GZ = 0; } extend M { optional int32 z = 7; }`,
    },
    after: {
      "a.proto": 'syntax = "proto2"; package pkg.other;\nmessage M { enum E { Z = 0; } extensions 5 to 9; }',
      "b.proto": `${proto2}import "a.proto"; message K {} enum G { GZ = 0; } extend other.M { optional int32 z = 7; }`,
    },
    expected: [
      "ENUM_NO_DELETE",
      "EXTENSION_NO_DELETE",
      "FILE_SAME_PACKAGE",
      "MESSAGE_NO_DELETE",
      "PACKAGE_ENUM_NO_DELETE",
      "PACKAGE_EXTENSION_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
      "PACKAGE_SERVICE_NO_DELETE",
      "SERVICE_NO_DELETE",
    ],
  },
  "the last message, enum, extension and service of a package": {
    before: {
      "a.proto": `${proto2}message M { extensions 5 to 9; }`,
      "b.proto": `${proto2}import "a.proto"; extend M { optional int32 x = 5; } enum E { Z = 0; } service S {}`,
    },
    after: { "a.proto": `${proto2}message M { extensions 5 to 9; }`, "b.proto": proto2 },
    expected: ["ENUM_NO_DELETE", "EXTENSION_NO_DELETE", "PACKAGE_SERVICE_NO_DELETE", "SERVICE_NO_DELETE"],
  },
  "what a package keeps only in a file that did not change": {
    before: {
      "a.proto": `${proto3}enum E { Z = 0; } message M {}`,
      "b.proto": `${proto3}message K { message L { enum F { FZ = 0; } } }`,
    },
    after: { "a.proto": proto3, "b.proto": `${proto3}message K { message L { enum F { FZ = 0; } } }` },
    expected: ["ENUM_NO_DELETE", "MESSAGE_NO_DELETE", "PACKAGE_ENUM_NO_DELETE", "PACKAGE_MESSAGE_NO_DELETE"],
  },
  "what was in a file that is gone": {
    before: {
      "a.proto": `${proto3}message K {} enum F { FZ = 0; }`,
      "b.proto": `${proto3}message M { enum E { Z = 0; } message N {} } service S {}`,
    },
    after: { "a.proto": `${proto3}message K {} enum F { FZ = 0; }\nmessage M {}` },
    expected: [
      "FILE_NO_DELETE",
      "PACKAGE_ENUM_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
      "PACKAGE_SERVICE_NO_DELETE",
    ],
  },
  "a nested message and enum whose parent moved to another file": {
    before: {
      "a.proto": `${proto3}message M { message N { message O {} } enum E { Z = 0; } } message L {}`,
      "b.proto": `${proto3}message K {} enum F { FZ = 0; }`,
    },
    after: {
      "a.proto": `${proto3}message L {}`,
      "b.proto": `${proto3}message K {} enum F { FZ = 0; }\nmessage M {}`,
    },
    expected: ["ENUM_NO_DELETE", "MESSAGE_NO_DELETE", "PACKAGE_ENUM_NO_DELETE", "PACKAGE_MESSAGE_NO_DELETE"],
  },
  "everything of a package in other files of it": {
    before: {
      "a.proto": `${proto2}message M { extensions 5 to 9; enum E { Z = 0; } }`,
      "b.proto": `${proto2}import "a.proto"; enum F { FZ = 0; } extend M { optional int32 x = 5; } service S { rpc A(M) returns (M); }`,
    },
    after: {
      "a.proto": `${proto2}message M { extensions 5 to 9; enum E { Z = 0; } } enum F { FZ = 0; } extend M { optional int32 x = 5; }\nservice S { rpc A(M) returns (M); }`,
      "b.proto": proto2,
    },
    expected: ["ENUM_NO_DELETE", "EXTENSION_NO_DELETE", "SERVICE_NO_DELETE"],
  },
  "a package that becomes a message of its name": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message K {} message M { message N {} }' },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg.M; message N {}',
      "b.proto": `${proto3}message K {}`,
    },
    expected: ["FILE_SAME_PACKAGE", "MESSAGE_NO_DELETE", "PACKAGE_MESSAGE_NO_DELETE"],
  },
  "the entry of a map, which leaves with its field": {
    before: { "a.proto": `${proto3}message M { map<int32, string> a = 1; }` },
    after: { "a.proto": `${proto3}message M {}` },
    expected: [
      "FIELD_NO_DELETE",
      "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
      "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
      "MESSAGE_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
    ],
  },
  "extensions that leave several depths, are renamed and go into a message": {
    before: {
      "a.proto": `${proto2}message M { extensions 5 to 20; extend M { optional int32 a = 6; } message N { extend M { optional int32 b = 8; } message O { extend M { optional int32 c = 9; } } } } extend M { optional int32 d = 10; optional int32 e = 11; }`,
    },
    after: {
      "a.proto": `${proto2}\nmessage M { extensions 5 to 20;\n message N {} extend M { optional int32 d = 10; } }\nextend M { optional int32 f = 11; }`,
    },
    expected: [
      "EXTENSION_NO_DELETE",
      "FIELD_SAME_NAME",
      "MESSAGE_NO_DELETE",
      "PACKAGE_EXTENSION_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
    ],
  },
  "an extension of a package with a message of another one": {
    before: {
      "a.proto": 'syntax = "proto2"; package pkg.base; message M { extensions 5 to 20; }',
      "b.proto": `${proto2}import "a.proto"; extend base.M { optional int32 a = 6; optional int32 b = 7; }`,
    },
    after: {
      "a.proto":
        'syntax = "proto2"; package pkg.base; message M { extensions 5 to 20; } extend M { optional int32 a = 6; }',
      "b.proto": `${proto2}import "a.proto"; extend base.M { optional int32 b = 7; }`,
    },
    expected: ["EXTENSION_NO_DELETE", "FIELD_SAME_NAME", "PACKAGE_EXTENSION_NO_DELETE"],
  },
  "enums that close and open by syntax": {
    before: { "a.proto": `${proto3}enum E { Z = 0; }`, "b.proto": `${proto2}enum F { FZ = 0; }` },
    after: { "a.proto": `${proto2}enum E { Z = 0; }`, "b.proto": `${proto3}enum F { FZ = 0; }` },
    expected: ["ENUM_SAME_JSON_FORMAT", "ENUM_SAME_TYPE", "FILE_SAME_SYNTAX"],
  },
  "enums that close by a feature of their own, of their file, and together with another feature": {
    before: {
      "a.proto": `${edition}enum E { Z = 0; }\nenum F { FZ = 0; }`,
      "b.proto": `${edition}enum G { GZ = 0; } message M { enum H { HZ = 0; } }`,
    },
    after: {
      "a.proto": `${edition}enum E {\n option features.enum_type = CLOSED; Z = 0; }\nenum F {\n option features = { json_format: LEGACY_BEST_EFFORT\n enum_type: CLOSED }; FZ = 0; }`,
      "b.proto": `${edition}option features.enum_type = CLOSED;\nenum G { GZ = 0; } message M {\n enum H { HZ = 0; } }`,
    },
    expected: ["ENUM_SAME_JSON_FORMAT", "ENUM_SAME_TYPE"],
  },
  "a feature that is dropped where another one stays in one piece": {
    before: {
      "a.proto": `${edition}enum E { option features = { enum_type: CLOSED }; Z = 0; }`,
    },
    after: {
      "a.proto": `${edition}enum E { option features = { json_format: LEGACY_BEST_EFFORT };\n Z = 0; }`,
    },
    expected: ["ENUM_SAME_JSON_FORMAT", "ENUM_SAME_TYPE"],
  },
  "JSON that is checked from now on": {
    before: {
      "a.proto": `${edition}option features.json_format = LEGACY_BEST_EFFORT; enum E { Z = 0; } message M {}`,
    },
    after: { "a.proto": `${edition}enum E { Z = 0; } message M {}` },
    expected: [],
  },
  "JSON of a message, and of what is in it": {
    before: { "a.proto": `${edition}message M { enum E { Z = 0; } map<int32, string> a = 1; }` },
    after: {
      "a.proto": `${edition}message M {\n option features.json_format = LEGACY_BEST_EFFORT;\n enum E { Z = 0; }\n map<int32, string> a = 1; }`,
    },
    expected: ["ENUM_SAME_JSON_FORMAT", "MESSAGE_SAME_JSON_FORMAT"],
  },
  "numbers of an enum that leave with and without a reservation": {
    before: {
      "a.proto": `${proto3}enum E { option allow_alias = true; Z = 0; A = 1; B = 1; C = 2; D = 3; N = -4; }`,
    },
    after: { "a.proto": `${proto3}\nenum E { Z = 0; reserved 1, 3 to 9; reserved "A", "C", "N"; }` },
    expected: [
      "ENUM_VALUE_NO_DELETE",
      "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
      "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",
    ],
  },
  "numbers of an enum that leave properly": {
    before: {
      "a.proto": `${edition}enum E { option allow_alias = true; Z = 0; A = 1; B = 1; N = -4; }`,
    },
    after: { "a.proto": `${edition}\nenum E { Z = 0; reserved 1, -5 to -4; reserved A, B, N; }` },
    expected: ["ENUM_VALUE_NO_DELETE"],
  },
  "aliases that leave, stay, and change their number": {
    before: {
      "a.proto": `${proto3}enum E { option allow_alias = true; Z = 0; A = 1; B = 1; C = 2; D = 2; }`,
    },
    after: {
      "a.proto": `${proto3}enum E { option allow_alias = true; Z = 0;\n A = 1; \n C = 2; B = 2; }`,
    },
    expected: ["ENUM_VALUE_SAME_NAME"],
  },
  "an enum that moved to another file, and there lost what it reserved": {
    before: {
      "a.proto": `${proto3}enum E { Z = 0; reserved 5 to 10, 20 to max, -9 to -5; reserved "A", "B"; }`,
      "b.proto": proto3,
    },
    after: {
      "a.proto": proto3,
      "b.proto": `${proto3}\nenum E { Z = 0; reserved 6, 7, 9, 21 to 30, 40 to max; reserved "A"; }`,
    },
    expected: ["ENUM_NO_DELETE", "RESERVED_ENUM_NO_DELETE"],
  },
  "reserved ranges of an enum, cut and joined": {
    before: { "a.proto": `${proto3}enum E { Z = 0; reserved 5 to 10, 11, 12, -1; }` },
    after: { "a.proto": `${proto3}enum E { Z = 0; reserved 11 to 12, 5 to 6, 7 to 10, -3 to -1; }` },
    expected: [],
  },
  "elements that have one short name": {
    before: {
      "a.proto": `${proto3}message A { enum E { Z = 0; X = 1; reserved 7; } message M { int32 a = 1; int32 b = 2; enum F { FZ = 0; } } }\nmessage B { enum E { Z = 0; X = 1; reserved 7; } message M { int32 a = 1; int32 b = 2; enum F { FZ = 0; } } }`,
    },
    after: {
      "a.proto": `${proto3}message A { enum E { Z = 0; } message M { string a = 1; } }\nmessage B { enum E { Z = 0; } message M { string a = 1; } }`,
    },
    expected: [
      "ENUM_NO_DELETE",
      "ENUM_VALUE_NO_DELETE",
      "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
      "ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED",
      "FIELD_NO_DELETE",
      "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
      "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
      "FIELD_SAME_TYPE",
      "FIELD_WIRE_COMPATIBLE_TYPE",
      "FIELD_WIRE_JSON_COMPATIBLE_TYPE",
      "PACKAGE_ENUM_NO_DELETE",
      "RESERVED_ENUM_NO_DELETE",
    ],
  },
  "an extension that is a group, and the message that it brings": {
    before: {
      "a.proto": `${proto2}message M { extensions 5 to 9; } message K { extend M { optional group G = 5 { optional int32 a = 1; } } } extend M { optional int32 x = 6; }`,
    },
    after: {
      "a.proto": `${proto2}message M { extensions 5 to 9; }\nmessage K {} extend M { optional int32 x = 6; }`,
    },
    expected: [
      "EXTENSION_NO_DELETE",
      "MESSAGE_NO_DELETE",
      "PACKAGE_EXTENSION_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
    ],
  },
  "an import that is no longer there, and its package with it": {
    before: {
      "a.proto": `${proto3}import "google/protobuf/timestamp.proto"; message M { google.protobuf.Timestamp a = 1; }`,
    },
    after: { "a.proto": `${proto3}message M {}` },
    expected: [
      "FIELD_NO_DELETE",
      "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
      "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED",
    ],
  },
  "a file that is renamed": {
    before: {
      "a.proto": `${proto2}option go_package = "x"; message M { extensions 5 to 9; } enum E { Z = 0; } service S { rpc A(M) returns (M); } extend M { optional int32 x = 5; }`,
    },
    after: {
      "b.proto": `${proto2}option go_package = "y"; message M { extensions 5 to 9; } enum E { Z = 0; } service S { rpc A(M) returns (M); } extend M { optional int32 x = 5; }`,
    },
    expected: ["FILE_NO_DELETE"],
  },
  "a package whose files all go into another one": {
    before: { "a.proto": `${proto3}message M {}`, "b.proto": `${proto3}enum E { Z = 0; }` },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg.v2; message M {}',
      "b.proto": 'syntax = "proto3"; package pkg.v2; enum E { Z = 0; }',
    },
    expected: ["FILE_SAME_PACKAGE", "PACKAGE_NO_DELETE"],
  },
  "one kind that becomes another under its name": {
    before: {
      "a.proto": `${proto3}message T {} enum E { Z = 0; } message K {} enum F { FZ = 0; } service S {}`,
    },
    after: {
      "a.proto": `${proto3}enum T { Z = 0; } message E {} message K {} enum F { FZ = 0; } message S {}`,
    },
    expected: [
      "ENUM_NO_DELETE",
      "MESSAGE_NO_DELETE",
      "PACKAGE_ENUM_NO_DELETE",
      "PACKAGE_MESSAGE_NO_DELETE",
      "PACKAGE_SERVICE_NO_DELETE",
      "SERVICE_NO_DELETE",
    ],
  },
  "streams that come and go": {
    before: {
      "a.proto": `${proto3}message M {} service S { rpc A(M) returns (M); rpc B(stream M) returns (M); rpc C(M) returns (stream M); rpc D(stream M) returns (stream M); }`,
    },
    after: {
      "a.proto": `${proto3}message M {} service S { rpc A(stream M) returns (stream M);\n rpc B(M) returns (stream M);\n rpc C(M) returns (M) {}\n rpc D(stream M) returns (stream M); }`,
    },
    expected: ["RPC_SAME_CLIENT_STREAMING", "RPC_SAME_SERVER_STREAMING"],
  },
  "promises of being called again, made, changed, taken back, and written out": {
    before: {
      "a.proto": `${proto3}message M {} service S { rpc A(M) returns (M); rpc B(M) returns (M) { option idempotency_level = IDEMPOTENT; } rpc C(M) returns (M) { option idempotency_level = NO_SIDE_EFFECTS; } rpc D(M) returns (M); }`,
    },
    after: {
      "a.proto": `${proto3}message M {} service S { rpc A(M) returns (M) {\n option idempotency_level = IDEMPOTENT; }\n rpc B(M) returns (M) { option idempotency_level = NO_SIDE_EFFECTS; } rpc C(M) returns (M); rpc D(M) returns (M) { option idempotency_level = IDEMPOTENCY_UNKNOWN; } }`,
    },
    expected: ["RPC_SAME_IDEMPOTENCY_LEVEL"],
  },
  "a service that moved to another file and changed there": {
    before: {
      "a.proto": `${proto3}message M {} message N {}`,
      "b.proto": `${proto3}import "a.proto"; service S { rpc A(M) returns (M) { option idempotency_level = IDEMPOTENT; } rpc B(M) returns (M); }`,
    },
    after: {
      "a.proto": `${proto3}message M {} message N {}\nservice S { rpc A(N) returns (stream M); }`,
      "b.proto": proto3,
    },
    expected: [
      "RPC_NO_DELETE",
      "RPC_SAME_IDEMPOTENCY_LEVEL",
      "RPC_SAME_REQUEST_TYPE",
      "RPC_SAME_SERVER_STREAMING",
      "SERVICE_NO_DELETE",
    ],
  },
};
