import type { Side } from "./check-cases.js";

const proto2 = (body: string) => `syntax = "proto2"; package pkg; ${body}`;
const edition = (body: string) => `edition = "2023"; package pkg; ${body}`;
/** A field of a message that is in a package beside, before in one and after in the other. */
const imported = (v1: string, v2: string): readonly [Side, Side] => {
  const files = {
    "v1.proto": `syntax = "proto2"; package pkg.v1; ${v1}`,
    "v2.proto": `syntax = "proto2"; package pkg.v2; ${v2}`,
  };
  const user = (v: string) =>
    `syntax = "proto3"; package pkg; import "${v}.proto"; message M { ${v}.T t = 1; }`;
  return [
    { ...files, "a.proto": user("v1") },
    { ...files, "a.proto": user("v2") },
  ];
};

export type Claim = readonly [before: Side, after: Side];

/** What the account says is compatible: a claim each, before and after. */
export const compatible: Readonly<Record<string, Claim>> = {
  "nothing changed": ["message M { string a = 1; }", "message M { string a = 1; }"],
  "message moved within its file": [
    "message M {} message N { M m = 1; }",
    "message N { M m = 1; } message M {}",
  ],
  "message moved to another file of its package": [
    { "a.proto": "message M { string a = 1; } message N {}" },
    { "a.proto": "message N {}", "b.proto": "message M { string a = 1; }" },
  ],
  "message added": ["message M {}", "message M { message I { string a = 1; } } message N {}"],
  "message added with a required field": [
    proto2("message M {}"),
    proto2("message N { required int32 a = 1; }  message M {}"),
  ],
  "enum added": ["message M {}", "message M { enum I { IZ = 0; } } enum E { Z = 0; }"],
  "enum removed": ["message M { enum I { IZ = 0; } } enum E { Z = 0; }", "message M {}"],
  "constant added": ["enum E { Z = 0; }", "enum E { Z = 0; A = 1; }"],
  "constant changed": ["enum E { Z = 0; A = 1; }", "enum E { Z = 0; B = 1; }"],
  "constant removed": ["enum E { Z = 0; A = 1; }", "enum E { Z = 0; }"],
  "field added": ["message M {}", "message M { string a = 1; repeated int32 b = 2; map<string, M> c = 3; }"],
  "field removed": [
    "message M { string a = 1; repeated int32 b = 2; map<string, M> c = 3; }",
    "message M {}",
  ],
  "field renamed": ["message M { string a = 1; }", "message M { string b = 1; }"],
  "field renumbered, which removes one and adds another": [
    "message M { string a = 1; }",
    "message M { string a = 2; }",
  ],
  "map renamed": ["message M { map<string, int32> a = 1; }", "message M { map<string, int32> b = 1; }"],
  "maps that change names with each other": [
    "message M { map<string, int32> a = 1; map<string, M> b = 2; }",
    "message M { map<string, int32> b = 1; map<string, M> a = 2; }",
  ],
  "plain numbers of any size": [
    "message M { int32 a = 1; int64 b = 2; uint32 c = 3; uint64 d = 4; bool e = 5; E f = 6; E g = 7; } enum E { Z = 0; }",
    "message M { int64 a = 1; uint32 b = 2; uint64 c = 3; bool d = 4; E e = 5; int32 f = 6; F g = 7; } enum E { Z = 0; } enum F { FZ = 0; }",
  ],
  "zigzag numbers of any size": [
    "message M { sint32 a = 1; sint64 b = 2; }",
    "message M { sint64 a = 1; sint32 b = 2; }",
  ],
  "text and bytes, each way": [
    "message M { string a = 1; bytes b = 2; }",
    "message M { bytes a = 1; string b = 2; }",
  ],
  "fixed numbers, signed or not": [
    "message M { fixed32 a = 1; sfixed32 b = 2; fixed64 c = 3; sfixed64 d = 4; }",
    "message M { sfixed32 a = 1; fixed32 b = 2; sfixed64 c = 3; fixed64 d = 4; }",
  ],
  "parts of a map within their group": [
    "message M { map<int32, string> a = 1; map<string, E> b = 2; } enum E { Z = 0; }",
    "message M { map<uint64, bytes> a = 1; map<string, int64> b = 2; } enum E { Z = 0; }",
  ],
  "label of text changed": [
    "message M { string a = 1; repeated bytes b = 2; }",
    "message M { repeated string a = 1; bytes b = 2; }",
  ],
  "text that becomes required, or is no more": [
    proto2("message M { optional string a = 1; required bytes b = 2; }"),
    proto2("message M { required string a = 1; optional bytes b = 2; }"),
  ],
  "label of a message changed": [
    "message M { M a = 1; repeated M b = 2; }",
    "message M { repeated M a = 1; M b = 2; }",
  ],
  "presence of a number changed": [
    "message M { int32 a = 1; optional bool b = 2; }",
    "message M { optional int32 a = 1; bool b = 2; }",
  ],
  "oneof added, with fields of its own": [
    "message M {}",
    "message M { oneof o { int32 a = 1; string b = 2; } }",
  ],
  "oneof removed, its fields with it": [
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    "message M {}",
  ],
  "oneof removed, its fields kept": [
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    "message M { int32 a = 1; string b = 2; }",
  ],
  "oneof under another name": [
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    "message M { oneof p { int32 a = 1; string b = 2; string c = 3; } }",
  ],
  "field added to a oneof": [
    "message M { oneof o { int32 a = 1; } }",
    "message M { oneof o { int32 a = 1; string b = 2; } }",
  ],
  "field moved out of a oneof": [
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    "message M { oneof o { int32 a = 1; } string b = 2; }",
  ],
  "field moved out of a oneof into a new one, alone": [
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    "message M { oneof o { int32 a = 1; } oneof p { string b = 2; } }",
  ],
  "one field moved into a new oneof": [
    "message M { int32 a = 1; string b = 2; }",
    "message M { int32 a = 1; oneof o { string b = 2; int32 c = 3; } }",
  ],
  "a proto3 optional is no oneof": [
    "message M { optional string a = 1; optional string b = 2; }",
    "message M { string a = 1; }",
  ],
  "message of the same structure in another package": imported(
    "message T { optional int32 a = 1; }",
    "message T { optional int64 b = 1; optional T t = 2; }",
  ),
  "types of another package that refer to each other in circles": imported(
    "message T { optional U u = 1; } message U { optional T t = 1; map<string, T> m = 2; message N { repeated U u = 1; } }",
    "message T { optional U u = 1; } message U { optional T t = 1; map<string, T> n = 2; message N { repeated U v = 1; } }",
  ),
  "services, reserved ranges, options and extensions": [
    proto2(
      'message M { reserved 5; reserved "x"; extensions 100 to 200; optional int32 a = 1 [deprecated = true]; } extend M { optional int32 e = 100; } service S { rpc D(M) returns (M); }',
    ),
    proto2(
      "message M { extensions 100 to 150; optional int32 a = 1 [default = 3]; } extend M { repeated string e = 100; }",
    ),
  ],
  "a file that is gone, and its message with it in another one": [
    { "a.proto": "message M {}", "b.proto": "message N {}" },
    { "a.proto": "message M {} message N {}" },
  ],
  "a group whose fields change as they may": [
    proto2("message M { optional group G = 1 { optional int32 a = 1; } }"),
    proto2("message M { repeated group G = 1 { optional int64 b = 1; optional string c = 2; } }"),
  ],
};

/** What it says is not, with the findings. */
export const incompatible: Readonly<
  Record<string, readonly [before: Side, after: Side, expected: readonly string[]]>
> = {
  "package changed": [
    "message M { string a = 1; message I {} } enum E { Z = 0; }",
    'syntax = "proto3"; package pkg.v2; message M { string a = 1; message I {} } enum E { Z = 0; }',
    ["CONFLUENT_FILE_SAME_PACKAGE a.proto"],
  ],
  "package changed, and a message gone": [
    "message M {} message N {}",
    'syntax = "proto3"; package pkg.v2; message M {}',
    ["CONFLUENT_FILE_SAME_PACKAGE a.proto", "CONFLUENT_MESSAGE_NO_DELETE N"],
  ],
  "package changed, and a nested message gone": [
    "message M { message I {} message J {} }",
    'syntax = "proto3"; package pkg.v2; message M { message J {} }',
    ["CONFLUENT_FILE_SAME_PACKAGE a.proto", "CONFLUENT_MESSAGE_NO_DELETE M.I"],
  ],
  "message removed, all that was in it with it": [
    "message M { message I { message J {} } string a = 1; map<string, I> b = 2; } message N {}",
    "message N {}",
    ["CONFLUENT_MESSAGE_NO_DELETE M"],
  ],
  "nested message removed": [
    "message M { message I {} }",
    "message M {}",
    ["CONFLUENT_MESSAGE_NO_DELETE M.I"],
  ],
  "message moved out of another one": [
    "message M { message I {} I i = 1; }",
    "message M { I i = 1; } message I {}",
    ["CONFLUENT_FIELD_SAME_NAMED_TYPE M.i", "CONFLUENT_MESSAGE_NO_DELETE M.I"],
  ],
  "message whose file is gone": [
    { "a.proto": "message M {}", "b.proto": "message N {}" },
    { "a.proto": "message M {}" },
    ["CONFLUENT_MESSAGE_NO_DELETE N"],
  ],
  "message that became an enum": [
    "message M {} message K { M m = 1; }",
    "enum M { Z = 0; } message K { M m = 1; }",
    ["CONFLUENT_FIELD_SAME_KIND K.m", "CONFLUENT_MESSAGE_NO_DELETE M"],
  ],
  "field kind changed": [
    "message M { string a = 1; M b = 2; map<string, M> c = 3; M d = 4; map<int32, int32> e = 5; E f = 6; } enum E { Z = 0; }",
    "message M { M a = 1; bytes b = 2; M c = 3; map<string, M> d = 4; int32 e = 5; M f = 6; } enum E { Z = 0; }",
    ["a", "b", "c", "d", "e", "f"].map((name) => `CONFLUENT_FIELD_SAME_KIND M.${name}`),
  ],
  "map that became a list of what looks like its entry": [
    "message M { map<string, int32> a = 1; }",
    "message M { repeated AEntry a = 1; message AEntry { string key = 1; int32 value = 2; } }",
    ["CONFLUENT_FIELD_SAME_KIND M.a"],
  ],
  "group that became a message, and the other way round": [
    proto2("message M { optional group G = 1 { } optional M m = 2; }"),
    proto2("message M { optional G g = 1; message G {} optional group H = 2 {} }"),
    ["CONFLUENT_FIELD_SAME_KIND M.g", "CONFLUENT_FIELD_SAME_KIND M.m"],
  ],
  "message that an edition delimits": [
    edition("message M { M a = 1; M b = 2; }"),
    edition("message M { M a = 1 [features.message_encoding = DELIMITED]; M b = 2; }"),
    ["CONFLUENT_FIELD_SAME_KIND M.a"],
  ],
  "group whose fields change as they may not": [
    proto2("message M { optional group G = 1 { optional int32 a = 1; } }"),
    proto2("message M { optional group G = 1 { optional string a = 1; } }"),
    ["CONFLUENT_FIELD_SAME_SCALAR_KIND M.G.a"],
  ],
  "group of another name": [
    proto2("message M { optional group G = 1 {} }"),
    proto2("message M { optional group H = 1 {} }"),
    ["CONFLUENT_FIELD_SAME_NAMED_TYPE M.g", "CONFLUENT_MESSAGE_NO_DELETE M.G"],
  ],
  "scalar kind changed": [
    "message M { int32 a = 1; sint32 b = 2; string c = 3; fixed32 d = 4; fixed64 e = 5; float f = 6; double g = 7; E h = 8; bool i = 9; sfixed32 j = 10; } enum E { Z = 0; }",
    "message M { sint32 a = 1; string b = 2; fixed32 c = 3; fixed64 d = 4; float e = 5; double f = 6; E g = 7; sint64 h = 8; bytes i = 9; int32 j = 10; } enum E { Z = 0; }",
    [..."abcdefghij"].map((name) => `CONFLUENT_FIELD_SAME_SCALAR_KIND M.${name}`),
  ],
  "key and value of a map changed": [
    "message M { map<int32, string> a = 1; map<string, M> b = 2; map<string, M> c = 3; } message N {}",
    "message M { map<string, string> a = 1; map<string, int32> b = 2; map<string, N> c = 3; } message N {}",
    [
      "CONFLUENT_FIELD_SAME_KIND M.BEntry.value",
      "CONFLUENT_FIELD_SAME_NAMED_TYPE M.CEntry.value",
      "CONFLUENT_FIELD_SAME_SCALAR_KIND M.AEntry.key",
    ],
  ],
  "value changed of a map that is renamed, too": [
    "message M { map<string, int32> a = 1; }",
    "message M { map<string, float> b = 1; }",
    ["CONFLUENT_FIELD_SAME_SCALAR_KIND M.a"],
  ],
  "named type changed, however alike": [
    "message M { A a = 1; repeated A b = 2; } message A { string s = 1; } message B { string s = 1; }",
    "message M { B a = 1; repeated B b = 2; } message A { string s = 1; } message B { string s = 1; }",
    ["CONFLUENT_FIELD_SAME_NAMED_TYPE M.a", "CONFLUENT_FIELD_SAME_NAMED_TYPE M.b"],
  ],
  "field changed in a nested and a recursive type": [
    "message M { message I { I i = 1; M m = 2; int32 a = 3; } I i = 1; }",
    "message M { message I { I i = 1; M m = 2; float a = 3; } I i = 1; }",
    ["CONFLUENT_FIELD_SAME_SCALAR_KIND M.I.a"],
  ],
  ...Object.fromEntries(
    Object.entries({
      "scalar kind": ["optional int32 a = 1;", "optional string a = 1;"],
      "kind of a map's value": ["map<string, T> a = 1;", "map<string, int32> a = 1;"],
      label: ["optional int32 a = 1;", "repeated int32 a = 1;"],
      "required field more": ["", "required int32 a = 1;"],
      "required field less": ["required int32 a = 1;", ""],
      "oneof's field less": ["oneof o { int32 a = 1; int32 b = 2; }", "oneof o { int32 a = 1; }"],
      "oneof that takes two in": [
        "optional int32 a = 1; optional int32 b = 2;",
        "oneof o { int32 a = 1; int32 b = 2; }",
      ],
      "nested message less": ["message N {}", ""],
      "nested message's field changed": [
        "message N { optional int32 a = 1; }",
        "message N { optional float a = 1; }",
      ],
      "circle with something wrong in it": [
        "optional T t = 1; message N { optional T t = 1; optional bool b = 2; } optional N n = 2;",
        "optional T t = 1; message N { optional T t = 1; optional bytes b = 2; } optional N n = 2;",
      ],
    }).map(([what, [v1, v2]]) => [
      `referenced type of another package: ${what}`,
      [...imported(`message T { ${v1} }`, `message T { ${v2} }`), ["CONFLUENT_FIELD_SAME_NAMED_TYPE M.t"]],
    ]),
  ),
  "numeric label changed": [
    "message M { int32 a = 1; repeated bool b = 2; repeated E c = 3; double d = 4; sint32 e = 5; repeated fixed64 f = 6; optional int32 g = 7; } enum E { Z = 0; }",
    "message M { repeated int32 a = 1; bool b = 2; E c = 3; repeated double d = 4; repeated sint32 e = 5; fixed64 f = 6; repeated int64 g = 7; } enum E { Z = 0; }",
    [..."abcdefg"].map((name) => `CONFLUENT_FIELD_SAME_NUMERIC_LABEL M.${name}`),
  ],
  "number that becomes required, or is no more": [
    proto2("message M { optional int32 a = 1; required bool b = 2; }"),
    proto2("message M { required int32 a = 1; optional bool b = 2; }"),
    ["CONFLUENT_FIELD_SAME_NUMERIC_LABEL M.a", "CONFLUENT_FIELD_SAME_NUMERIC_LABEL M.b"],
  ],
  "label changed along with the kind is one finding": [
    "message M { int32 a = 1; }",
    "message M { repeated string a = 1; }",
    ["CONFLUENT_FIELD_SAME_SCALAR_KIND M.a"],
  ],
  "required field added": [
    proto2("message M {}"),
    proto2("message M { required string a = 1; }"),
    ["CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS M.a"],
  ],
  "required field removed": [
    proto2("message M { required string a = 1; }"),
    proto2("message M {}"),
    ["CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS M.a"],
  ],
  "field added and removed that an edition requires": [
    edition("message M { string a = 1 [features.field_presence = LEGACY_REQUIRED]; }"),
    edition("message M { int32 b = 2 [features.field_presence = LEGACY_REQUIRED]; }"),
    ["CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS M.a", "CONFLUENT_MESSAGE_SAME_REQUIRED_FIELDS M.b"],
  ],
  "field removed from a oneof": [
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    "message M { oneof o { int32 a = 1; } reserved 2; }",
    ["CONFLUENT_ONEOF_FIELD_NO_DELETE M.b"],
  ],
  "several fields moved into a new oneof": [
    "message M { int32 a = 1; string b = 2; }",
    "message M { oneof o { int32 a = 1; string b = 2; } }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.a", "CONFLUENT_FIELD_SAME_ONEOF M.b"],
  ],
  "several fields moved into an existing oneof": [
    "message M { int32 a = 1; string b = 2; oneof o { int32 c = 3; } }",
    "message M { oneof o { int32 a = 1; string b = 2; int32 c = 3; } }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.a", "CONFLUENT_FIELD_SAME_ONEOF M.b"],
  ],
  "field moved into an existing oneof": [
    "message M { int32 a = 1; oneof o { int32 b = 2; } }",
    "message M { oneof o { int32 a = 1; int32 b = 2; } }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.a"],
  ],
  "field moved into an existing oneof that everything else left": [
    "message M { int32 a = 1; oneof o { int32 b = 2; } }",
    "message M { oneof o { int32 a = 1; } int32 b = 2; }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.a"],
  ],
  "field moved from one oneof into another": [
    "message M { oneof o { int32 a = 1; int32 b = 2; } oneof p { int32 c = 3; } }",
    "message M { oneof o { int32 a = 1; } oneof p { int32 b = 2; int32 c = 3; } }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.b"],
  ],
  "field moved into a oneof under another name": [
    "message M { oneof o { int32 a = 1; int32 b = 2; } int32 c = 3; }",
    "message M { oneof p { int32 a = 1; int32 b = 2; int32 c = 3; } }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.c"],
  ],
  "two oneofs made one": [
    "message M { oneof o { int32 a = 1; } oneof p { int32 b = 2; } }",
    "message M { oneof q { int32 a = 1; int32 b = 2; } }",
    ["CONFLUENT_FIELD_SAME_ONEOF M.b"],
  ],
  "package of an imported file changed, its types alike": [
    {
      "a.proto": 'syntax = "proto3"; package pkg; import "b.proto"; message M { v1.T t = 1; }',
      "b.proto": 'syntax = "proto3"; package pkg.v1; message T {}',
    },
    {
      "a.proto": 'syntax = "proto3"; package pkg; import "b.proto"; message M { v2.T t = 1; }',
      "b.proto": 'syntax = "proto3"; package pkg.v2; message T {}',
    },
    ["CONFLUENT_FILE_SAME_PACKAGE b.proto"],
  ],
};
