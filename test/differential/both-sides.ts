/** Sources by path, or the text of the one file `a.proto`; without a syntax it is proto3 of package `pkg`. */
export type Side = string | Readonly<Record<string, string>>;

/** What a rule of buf's stands between: a change that it reports, and one just beside it that it does not. */
interface BothSides {
  readonly before: Side;
  readonly fires: Side;
  /** Differs from `before`, too. */
  readonly passes: Side;
}

const p2 = 'syntax = "proto2"; package pkg; ';
const e23 = 'edition = "2023"; package pkg; ';

export const bothSides: Readonly<Record<string, BothSides>> = {
  ENUM_NO_DELETE: {
    before: "message M { enum E { Z = 0; } }",
    fires: "enum E { Z = 0; } message M {}",
    passes: "enum F { FZ = 0; } message M { enum E { Y = 0; } }",
  },
  EXTENSION_NO_DELETE: {
    before: `${p2}message M { extensions 5 to 9; } extend M { optional int32 a = 5; }`,
    fires: `${p2}message M { extensions 5 to 9; extend M { optional int32 a = 5; } }`,
    passes: `${p2}message M { extensions 5 to 9; } extend M { optional string a = 6; }`,
  },
  FILE_NO_DELETE: {
    before: { "a.proto": "message M {}", "b.proto": "message N {}" },
    fires: { "a.proto": "message M {} message N {}" },
    passes: { "a.proto": "message M {} message N {}", "b.proto": "" },
  },
  MESSAGE_NO_DELETE: {
    before: { "a.proto": "message M {}", "b.proto": "" },
    fires: { "a.proto": "", "b.proto": "message M {}" },
    passes: { "a.proto": "message N {} message M { message K {} }", "b.proto": "message L {}" },
  },
  SERVICE_NO_DELETE: {
    before: { "a.proto": "service S {}", "b.proto": "" },
    fires: { "a.proto": "", "b.proto": "service S {}" },
    passes: { "a.proto": "message M {} service S { rpc A(M) returns (M); }", "b.proto": "service T {}" },
  },
  ENUM_SAME_TYPE: {
    before: `${e23}enum E { Z = 0; }`,
    fires: `${e23}enum E { option features.enum_type = CLOSED; Z = 0; }`,
    passes: `${e23}option features.enum_type = CLOSED; enum E { option features.enum_type = OPEN; Z = 0; }`,
  },
  FIELD_SAME_CARDINALITY: {
    before: `${p2}message M { optional int32 a = 1; }`,
    fires: 'edition = "2023"; package pkg; message M { int32 a = 1 [features.field_presence = IMPLICIT]; }',
    passes: `${e23}message M { int32 a = 1; }`,
  },
  FIELD_SAME_CPP_STRING_TYPE: {
    before: `${p2}message M { optional string a = 1 [ctype = STRING_PIECE]; optional int32 b = 2; }`,
    fires: `${p2}message M { optional string a = 1 [ctype = CORD]; optional int32 b = 2; }`,
    passes: `${p2}message M { optional bytes a = 1; optional string b = 2 [ctype = CORD]; }`,
  },
  FIELD_SAME_JAVA_UTF8_VALIDATION: {
    before: `${p2}message M { optional string a = 1; optional bytes b = 2; }`,
    fires: `${p2}option java_string_check_utf8 = true; message M { optional string a = 1; optional bytes b = 2; }`,
    passes: `${p2}option java_string_check_utf8 = true; message M { optional bytes a = 1; optional string b = 2; }`,
  },
  FIELD_SAME_JSTYPE: {
    before: "message M { int64 a = 1; int32 b = 2; }",
    fires: "message M { uint64 a = 1 [jstype = JS_STRING]; int32 b = 2; }",
    passes: "message M { int64 a = 1 [jstype = JS_NORMAL]; int64 b = 2 [jstype = JS_STRING]; }",
  },
  FIELD_SAME_UTF8_VALIDATION: {
    before: `${e23}message M { string a = 1; bytes b = 2; }`,
    fires: `${e23}message M { string a = 1 [features.utf8_validation = NONE]; bytes b = 2; }`,
    passes: `${e23}message M { string a = 1 [features.utf8_validation = VERIFY]; string b = 2 [features.utf8_validation = NONE]; }`,
  },
  ...fileOption("cc_enable_arenas", "false", "true"),
  ...fileOption("cc_generic_services", "true", "false"),
  ...fileOption("csharp_namespace", '"x"', '""'),
  ...fileOption("go_package", '"x/y"', '""'),
  ...fileOption("java_generic_services", "true", "false"),
  ...fileOption("java_multiple_files", "true", "false"),
  ...fileOption("java_outer_classname", '"X"', '""'),
  ...fileOption("java_package", '"x"', '""'),
  ...fileOption("objc_class_prefix", '"X"', '""'),
  ...fileOption("optimize_for", "CODE_SIZE", "SPEED"),
  ...fileOption("php_class_prefix", '"X"', '""'),
  ...fileOption("php_metadata_namespace", '"X"', '""'),
  ...fileOption("php_namespace", '"X"', '""'),
  ...fileOption("py_generic_services", "true", "false"),
  ...fileOption("ruby_package", '"X"', '""'),
  ...fileOption("swift_prefix", '"X"', '""'),
  RPC_NO_DELETE: {
    before: "message M {} service S { rpc A(M) returns (M); }",
    fires: "message M {} service S {} service T { rpc A(M) returns (M); }",
    passes: "message M {} service S { rpc B(M) returns (M); rpc A(M) returns (stream M); }",
  },
  ENUM_VALUE_NO_DELETE: {
    before: "enum E { Z = 0; A = 1; }",
    fires: 'enum E { Z = 0; reserved 1; reserved "A"; }',
    passes: "enum E { Z = 0; B = 1; }",
  },
  EXTENSION_MESSAGE_NO_DELETE: {
    before: `${p2}message M { extensions 5 to 9, 20 to max; }`,
    fires: `${p2}message M { extensions 5 to 9, 20 to 29, 31 to max; }`,
    passes: `${p2}message M { extensions 4 to 6, 7 to 9; extensions 20 to 25, 26 to max; }`,
  },
  FIELD_NO_DELETE: {
    before: "message M { int32 a = 1; int32 b = 2; }",
    fires: 'message M { int32 a = 1; reserved 2; reserved "b"; }',
    passes: "message M { int32 b = 1; int32 a = 2; }",
  },
  FIELD_SAME_TYPE: {
    before: "message K {} message M { K a = 1; }",
    fires: "message K {} message M { message K {} K a = 1; }",
    passes: "message K {} message M { repeated K a = 1; }",
  },
  FILE_SAME_SYNTAX: {
    before: `${p2}message M { optional int32 a = 1; }`,
    fires: `${e23}message M { int32 a = 1; }`,
    passes: "package pkg; message M { optional int32 a = 1; }",
  },
  MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR: {
    before: "message M {} message N { option no_standard_descriptor_accessor = true; }",
    fires:
      "message M { option no_standard_descriptor_accessor = true; } message N { option no_standard_descriptor_accessor = true; }",
    passes: "message M { option no_standard_descriptor_accessor = false; } message N {}",
  },
  ONEOF_NO_DELETE: {
    before: "message M { oneof _a { int32 a = 1; } optional int32 b = 2; }",
    fires: "message M { oneof o { int32 a = 1; } optional int32 b = 2; }",
    passes: "message M { optional int32 a = 1; int32 b = 2; }",
  },
  ENUM_SAME_JSON_FORMAT: {
    before: `${e23}enum E { Z = 0; } enum F { option features.json_format = LEGACY_BEST_EFFORT; FZ = 0; }`,
    fires: `${e23}enum E { option features.json_format = LEGACY_BEST_EFFORT; Z = 0; } enum F { option features.json_format = LEGACY_BEST_EFFORT; FZ = 0; }`,
    passes: `${e23}enum E { option features.json_format = ALLOW; Z = 0; } enum F { FZ = 0; }`,
  },
  ENUM_VALUE_SAME_NAME: {
    before: "enum E { Z = 0; A = 1; }",
    fires: "enum E { option allow_alias = true; Z = 0; B = 1; C = 1; }",
    passes: "enum E { option allow_alias = true; Z = 0; B = 1; A = 1; }",
  },
  FIELD_SAME_JSON_NAME: {
    before: "message M { int32 a_b = 1; }",
    fires: "message M { int32 ab = 1; }",
    passes: 'message M { int32 c = 1 [json_name = "aB"]; }',
  },
  FIELD_SAME_NAME: {
    before: "message M { int32 a_b = 1; }",
    fires: "message M { int32 aB = 1; }",
    passes: 'message M { int32 a_b = 1 [json_name = "x"]; }',
  },
  MESSAGE_SAME_JSON_FORMAT: {
    before: `${e23}message M {} message N { option features.json_format = LEGACY_BEST_EFFORT; }`,
    fires: `${e23}message M { option features = { json_format: LEGACY_BEST_EFFORT }; } message N { option features.json_format = LEGACY_BEST_EFFORT; }`,
    passes: `${e23}option features.json_format = LEGACY_BEST_EFFORT; message M { option features.json_format = ALLOW; } message N { option features.json_format = ALLOW; }`,
  },
  FIELD_SAME_DEFAULT: {
    before: `${p2}message M { optional int32 a = 1 [default = 0x10]; optional float b = 2 [default = 0.1]; optional string c = 3; optional E e = 4; } enum E { A = 1; B = 2; }`,
    fires: `${p2}message M { optional int32 a = 1 [default = 16]; optional float b = 2 [default = 0.1]; optional string c = 3; optional E e = 4; } enum E { B = 2; A = 1; }`,
    passes: `${p2}message M { optional double a = 1 [default = 16]; optional double b = 2 [default = 0.1]; optional int32 c = 3; optional E e = 4 [default = A]; } enum E { B = 2; A = 1; }`,
  },
  FIELD_SAME_ONEOF: {
    before: "message M { oneof o { int32 a = 1; } int32 b = 2; }",
    fires: "message M { oneof o { int32 a = 1; int32 b = 2; } }",
    passes: "message M { oneof o { int32 a = 1; int32 c = 3; } optional int32 b = 2; }",
  },
  FILE_SAME_PACKAGE: {
    before: { "a.proto": "message M {}" },
    fires: { "a.proto": 'syntax = "proto3"; package pkg.other; message M {}' },
    passes: { "b.proto": 'syntax = "proto3"; package pkg.other; message M {}' },
  },
  MESSAGE_SAME_REQUIRED_FIELDS: {
    before: `${p2}message M { required int32 a = 1; optional int32 b = 2; }`,
    fires: `${p2}message M { required int32 a = 1; required int32 b = 2; }`,
    passes: `${p2}message M { required string c = 1; optional int32 b = 2; } message N { required int32 a = 1; }`,
  },
  RESERVED_ENUM_NO_DELETE: {
    before: 'enum E { Z = 0; reserved 5 to 9, 20 to max; reserved "X"; }',
    fires: 'enum E { Z = 0; reserved 5 to 9, 21 to max; reserved "X"; }',
    passes: 'enum E { Z = 0; reserved 4 to 6, 7 to 9, 20, 21 to max; reserved "Y", "X"; }',
  },
  RESERVED_MESSAGE_NO_DELETE: {
    before: 'message M { reserved 5 to 9, 20 to max; reserved "x"; }',
    fires: 'message M { reserved 5 to 9, 20 to max; reserved "y"; }',
    passes: 'message M { reserved 4 to 6, 7 to 9, 20, 21 to max; reserved "y", "x"; }',
  },
  RPC_SAME_CLIENT_STREAMING: {
    before: "message M {} service S { rpc A(M) returns (M); }",
    fires: "message M {} service S { rpc A(stream M) returns (M); }",
    passes: "message M {} service S { rpc A(M) returns (stream M); }",
  },
  RPC_SAME_IDEMPOTENCY_LEVEL: {
    before: "message M {} service S { rpc A(M) returns (M); }",
    fires: "message M {} service S { rpc A(M) returns (M) { option idempotency_level = IDEMPOTENT; } }",
    passes:
      "message M {} service S { rpc A(M) returns (M) { option idempotency_level = IDEMPOTENCY_UNKNOWN; } }",
  },
  RPC_SAME_REQUEST_TYPE: {
    before: "message M {} message N {} service S { rpc A(M) returns (M); }",
    fires: "message M {} message N {} service S { rpc A(N) returns (M); }",
    passes: "message M {} message N {} service S { rpc A(.pkg.M) returns (N); }",
  },
  RPC_SAME_RESPONSE_TYPE: {
    before: "message M {} message N {} service S { rpc A(M) returns (M); }",
    fires: "message M {} message N {} service S { rpc A(M) returns (N); }",
    passes: "message M {} message N {} service S { rpc A(N) returns (pkg.M); }",
  },
  RPC_SAME_SERVER_STREAMING: {
    before: "message M {} service S { rpc A(M) returns (stream M); }",
    fires: "message M {} service S { rpc A(M) returns (M); }",
    passes: "message M {} service S { rpc A(stream M) returns (stream M); }",
  },
  PACKAGE_ENUM_NO_DELETE: {
    before: { "a.proto": "enum E { Z = 0; }", "b.proto": "message M {}" },
    fires: { "b.proto": "message M { enum E { Z = 0; } }" },
    passes: { "b.proto": "message M {} enum E { Z = 0; }" },
  },
  PACKAGE_EXTENSION_NO_DELETE: {
    before: {
      "a.proto": `${p2}message M { extensions 5 to 9; }`,
      "b.proto": `${p2}import "a.proto"; extend M { optional int32 a = 5; }`,
    },
    fires: { "a.proto": `${p2}message M { extensions 5 to 9; } extend M { optional int32 b = 5; }` },
    passes: { "a.proto": `${p2}message M { extensions 5 to 9; } extend M { optional int32 a = 6; }` },
  },
  PACKAGE_MESSAGE_NO_DELETE: {
    before: { "a.proto": "message M { message N {} }", "b.proto": "message K {}" },
    fires: { "a.proto": "message M {} message N {}", "b.proto": "message K {}" },
    passes: { "b.proto": "message K {} message M { message N {} }" },
  },
  PACKAGE_NO_DELETE: {
    before: { "a.proto": "message M {}", "b.proto": 'syntax = "proto3"; package pkg.v1; message N {}' },
    fires: { "a.proto": "message M {}", "b.proto": 'syntax = "proto3"; package pkg.v2; message N {}' },
    passes: { "a.proto": "message M {}", "c.proto": 'syntax = "proto3"; package pkg.v1;' },
  },
  PACKAGE_SERVICE_NO_DELETE: {
    before: { "a.proto": "service S {}", "b.proto": "" },
    fires: { "a.proto": "service T {}", "b.proto": "" },
    passes: { "b.proto": "service S {}" },
  },
  ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED: {
    before: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
    fires: 'enum E { Z = 0; reserved 1; reserved "A"; }',
    passes: 'enum E { Z = 0; reserved "A", "B"; }',
  },
  FIELD_NO_DELETE_UNLESS_NAME_RESERVED: {
    before: "message M { int32 a = 1; }",
    fires: "message M { reserved 1; }",
    passes: 'message M { reserved "a"; }',
  },
  FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY: {
    before: "message M { int32 a = 1; }",
    fires: "message M { repeated int32 a = 1; }",
    passes: "message M { optional int32 a = 1; }",
  },
  FIELD_WIRE_JSON_COMPATIBLE_TYPE: {
    before: "message M { string a = 1; int64 b = 2; }",
    fires: "message M { bytes a = 1; int64 b = 2; }",
    passes: "message M { string a = 1; uint64 b = 2; }",
  },
  ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED: {
    before: "enum E { Z = 0; A = 1; }",
    fires: 'enum E { Z = 0; reserved "A"; }',
    passes: "enum E { Z = 0; reserved 1 to max; }",
  },
  FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED: {
    before: "message M { int32 a = 1; }",
    fires: 'message M { reserved "a"; }',
    passes: "message M { reserved 1 to max; }",
  },
  FIELD_WIRE_COMPATIBLE_CARDINALITY: {
    before: `${p2}message M { required int32 a = 1; map<string, int32> b = 2; }`,
    fires: `${p2}message M { optional int32 a = 1; map<string, int32> b = 2; }`,
    passes: `${p2}message M { required int32 a = 1; repeated BEntry b = 2; message BEntry { optional string key = 1; optional int32 value = 2; } }`,
  },
  FIELD_WIRE_COMPATIBLE_TYPE: {
    before: "message M { bytes a = 1; string b = 2; int32 c = 3; }",
    fires: "message M { string a = 1; string b = 2; int32 c = 3; }",
    passes: "message M { bytes a = 1; bytes b = 2; bool c = 3; }",
  },
};

/** To spell an option's default is no change. */
function fileOption(name: string, other: string, preset: string): Readonly<Record<string, BothSides>> {
  return {
    [`FILE_SAME_${name.toUpperCase()}`]: {
      before: "message M {}",
      fires: `syntax = "proto3"; package pkg; option ${name} = ${other}; message M {}`,
      passes: `syntax = "proto3"; package pkg; option ${name} = ${preset}; message M {}`,
    },
  };
}

/** A side as sources that compile. */
export function toSources(side: Side): ReadonlyMap<string, string> {
  const files = typeof side === "string" ? { "a.proto": side } : side;
  return new Map(Object.entries(files).map(([path, text]) => [path, whole(text)]));
}

function whole(text: string): string {
  return /^(\/\/.*\n)?(syntax|edition|package) /.test(text)
    ? text
    : `syntax = "proto3"; package pkg; ${text}`;
}
