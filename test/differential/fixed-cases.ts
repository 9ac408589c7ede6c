import type { Side } from "./both-sides.js";

interface FixedCase {
  readonly before: Side;
  readonly after: Side;
}

/** What random edits reach seldom or never, and what was once judged otherwise. */
export const fixedCases: Readonly<Record<string, FixedCase>> = {
  "a file without a package": {
    before: { "a.proto": 'syntax = "proto3"; message Bare { message N {} } enum BareE { BZ = 0; }' },
    after: { "a.proto": 'syntax = "proto3"; message Bare {}' },
  },
  "a package that is given up": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message Given { int32 a = 1; }' },
    after: { "a.proto": 'syntax = "proto3"; message Given {}' },
  },
  "an import that is no longer needed": {
    before: {
      "a.proto":
        'syntax = "proto3"; package pkg; import "google/protobuf/empty.proto"; message M { google.protobuf.Empty a = 1; }',
    },
    after: { "a.proto": 'syntax = "proto3"; package pkg; message M { string a = 1; }' },
  },
  "the value and the key of a map": {
    before: {
      "a.proto":
        'syntax = "proto3"; package pkg; message M { map<string, int32> a = 1;\n map<int32, M> b = 2; }',
    },
    after: {
      "a.proto":
        'syntax = "proto3"; package pkg; message M { map<string, M> a = 1;\n map<int64, string> b = 2; }',
    },
  },
  "a map that is written out as its entries": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { map<string, int32> a = 1; }' },
    after: {
      "a.proto":
        'syntax = "proto3"; package pkg; message M { message Pair { string key = 1; int32 value = 2; } repeated Pair a = 1; }',
    },
  },
  "a type that turns from enum to message in another file": {
    before: {
      "a.proto": 'syntax = "proto3"; package pkg; enum T { Z = 0; }',
      "b.proto":
        'syntax = "proto3"; package pkg; import "a.proto"; message M { T t = 1; repeated T ts = 2; }',
    },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg; message T {}',
      "b.proto":
        'syntax = "proto3"; package pkg; import "a.proto"; message M { T t = 1; repeated T ts = 2; }',
    },
  },
  "proto3 that becomes an edition with the same features": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { int32 a = 1; optional int32 b = 2; }' },
    after: {
      "a.proto":
        'edition = "2023"; package pkg; option features.field_presence = IMPLICIT; message M { int32 a = 1; int32 b = 2 [features.field_presence = EXPLICIT]; }',
    },
  },
  "proto2 that becomes an edition with the same features": {
    before: {
      "a.proto":
        'syntax = "proto2"; package pkg; message M { required int32 a = 1; optional group B = 2 { optional int32 c = 1; } }',
    },
    after: {
      "a.proto":
        'edition = "2023"; package pkg; message M { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; message B { int32 c = 1; } B b = 2 [features.message_encoding = DELIMITED]; }',
    },
  },
  "a group that becomes a message": {
    before: {
      "a.proto":
        'syntax = "proto2"; package pkg; message M { optional group G = 1 { optional int32 c = 1; } }',
    },
    after: {
      "a.proto":
        'syntax = "proto2"; package pkg; message M { message G { optional int32 c = 1; } optional G g = 1; }',
    },
  },
  "an extension of another name and type": {
    before: {
      "a.proto":
        'syntax = "proto2"; package pkg; message M { extensions 5 to 9; }\nextend M { optional int32 x = 5; optional string gone = 6; }',
    },
    after: {
      "a.proto":
        'syntax = "proto2"; package pkg; message M { extensions 5 to 9; }\nextend M { repeated string y = 5; }',
    },
  },
  "presence that a oneof of one's own brings": {
    before: {
      "a.proto":
        'syntax = "proto3"; package pkg; message M { optional int32 a = 1; oneof o { int32 b = 2; } }',
    },
    after: {
      "a.proto":
        'syntax = "proto3"; package pkg; message M { oneof o { int32 a = 1; } optional int32 b = 2; }',
    },
  },
  "an enum that moved and grew": {
    before: {
      "a.proto": 'syntax = "proto3"; package pkg; enum E { Z = 0; A = 1; }\nmessage M { E e = 1; }',
    },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg; message M { enum E { Z = 0; A = 1; B = 2; } E e = 1; }',
    },
  },
  "an enum that moved to another file and shrank": {
    before: {
      "a.proto": 'syntax = "proto3"; package pkg; enum E { Z = 0; A = 1; B = 2; }',
      "b.proto": 'syntax = "proto3"; package pkg; message Filler {}',
    },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg; message Other {}',
      "b.proto": 'syntax = "proto3"; package pkg; message Filler {}\nenum E { Z = 0; X = 2; }',
    },
  },
  "an enum exchanged for one of another name, and for one that lacks a value": {
    before: {
      "a.proto":
        'syntax = "proto3"; package pkg; message X { enum E { Z = 0; A = 1; } } message Y { enum F { Z = 0; A = 1; } enum E { Q = 0; } }\nmessage M { X.E e = 1;\n X.E f = 2; }',
    },
    after: {
      "a.proto":
        'syntax = "proto3"; package pkg; message X { enum E { Z = 0; A = 1; } } message Y { enum F { Z = 0; A = 1; } enum E { Q = 0; } }\nmessage M { Y.F e = 1;\n Y.E f = 2; }',
    },
  },
  "text that becomes bytes, which only the other way is unreadable": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { string a = 1; }' },
    after: { "a.proto": 'syntax = "proto3"; package pkg; message M { bytes a = 1; }' },
  },
  "an alias that joins": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; enum E { Z = 0; A = 1; }' },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg; enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }',
    },
  },
  "reserved ranges up to the maximum": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { reserved 5, 100 to max; }' },
    after: { "a.proto": 'syntax = "proto3"; package pkg; message M { reserved 100 to 200, 202 to max; }' },
  },
  "fields of the same short name that Java's option tells apart by nothing": {
    before:
      'syntax = "proto2"; package pkg; message A { message N { optional string x = 1; map<string, string> t = 2; } } message B { message N { optional string x = 1; map<string, string> t = 2; } optional string x = 1; }',
    after:
      'syntax = "proto2"; package pkg; option java_string_check_utf8 = true; message A { message N { optional string x = 1; map<string, string> t = 2; } } message B { message N { optional string x = 1; map<string, string> t = 2; } optional string x = 1; }',
  },
  "elements of the same short name in many messages": {
    before:
      'message A { message N { int32 x = 1; oneof o { int32 y = 2; } reserved 9; reserved "z"; enum E { option allow_alias = true; Z = 0; P = 1; Q = 1; reserved 7; } } } message B { message N { int32 x = 1; oneof o { int32 y = 2; } reserved 9; reserved "z"; enum E { option allow_alias = true; Z = 0; P = 1; Q = 1; reserved 7; } } }',
    after:
      'message A { message N { string x = 3 [json_name = "q"]; string y = 2; enum E { option allow_alias = true; Z = 0; R = 1; S = 1; } } } message B { message N { string x = 3 [json_name = "q"]; string y = 2; enum E { option allow_alias = true; Z = 0; R = 1; S = 1; } } }',
  },
  "defaults of all types, some the same in another one": {
    before:
      'syntax = "proto2"; package pkg; enum E { option allow_alias = true; A = 0; B = 2; B2 = 2; } message M { optional int32 f1 = 1 [default = 1]; optional bool f2 = 2 [default = true]; optional bool f3 = 3 [default = true]; optional int64 f4 = 4 [default = 9007199254740993]; optional int64 f5 = 5 [default = 9007199254740993]; optional float f6 = 6 [default = 0.1]; optional double f7 = 7 [default = 0.1]; optional float f8 = 8 [default = 16777217]; optional float f9 = 9 [default = 16777217]; optional double f10 = 10 [default = nan]; optional double f11 = 11 [default = inf]; optional double f12 = 12 [default = inf]; optional double f13 = 13 [default = -0.0]; optional double f14 = 14 [default = -0.0]; optional double f15 = 15 [default = 1e40]; optional string f16 = 16 [default = "a"]; optional string f17 = 17 [default = "é"]; optional bytes f18 = 18 [default = "\\xff"]; optional bytes f19 = 19 [default = "\\001\\n\\t"]; optional string f20 = 20 [default = ""]; optional string f21 = 21 [default = "0"]; optional int32 f22 = 22 [default = 5]; optional E f23 = 23 [default = B]; optional int32 f24 = 24 [default = 3]; optional E f25 = 25 [default = B2]; optional E f26 = 26 [default = A]; }',
    after:
      'syntax = "proto2"; package pkg; enum E { option allow_alias = true; A = 0; B = 2; B2 = 2; } message M { optional bool f1 = 1 [default = true]; optional uint64 f2 = 2 [default = 1]; optional double f3 = 3 [default = 1]; optional double f4 = 4 [default = 9007199254740992]; optional uint64 f5 = 5 [default = 9007199254740993]; optional double f6 = 6 [default = 0.1]; optional float f7 = 7 [default = 0.1]; optional int32 f8 = 8 [default = 16777217]; optional int32 f9 = 9 [default = 16777216]; optional float f10 = 10 [default = nan]; optional float f11 = 11 [default = inf]; optional double f12 = 12 [default = -inf]; optional int32 f13 = 13 [default = 0]; optional double f14 = 14 [default = 0]; optional float f15 = 15 [default = inf]; optional bytes f16 = 16 [default = "a"]; optional bytes f17 = 17 [default = "\\303\\251"]; optional bytes f18 = 18 [default = "\\377"]; optional bytes f19 = 19 [default = "\\x01\\x0a\\x09"]; optional int32 f20 = 20 [default = 0]; optional int32 f21 = 21 [default = 0]; optional string f22 = 22 [default = ""]; optional int32 f23 = 23 [default = 2]; optional E f24 = 24 [default = B]; optional E f25 = 25 [default = B]; optional int32 f26 = 26 [default = 0]; }',
  },
  "defaults that come, go and stop to apply": {
    before:
      'syntax = "proto2"; package pkg; enum E { A = 3; B = 2; } message K {} message M { optional E a = 1; optional E b = 2 [default = B]; optional E c = 3; optional int32 d = 4 [default = 5]; optional int32 e = 5 [default = 5]; optional string g = 6; oneof o { int32 h = 7 [default = 1]; } repeated E i = 8; optional E j = 9; }',
    after:
      'syntax = "proto2"; package pkg; enum E { A = 3; B = 2; } message K {} message M { optional E a = 1 [default = A]; optional E b = 2; optional int32 c = 3; repeated int32 d = 4; optional K e = 5; optional string g = 6 [default = ""]; oneof o { int32 h = 7; } optional E i = 8; optional string j = 9; }',
  },
  "features in one piece, and of a language": {
    before:
      'edition = "2023"; package pkg; import "google/protobuf/cpp_features.proto"; import "google/protobuf/java_features.proto"; message M { string a = 1; string b = 2; bytes c = 3; string d = 4; string e = 5; string f = 6; map<string, string> g = 7; oneof o { string h = 8; } }',
    after:
      'edition = "2023"; package pkg; import "google/protobuf/cpp_features.proto"; import "google/protobuf/java_features.proto"; option features.(pb.java).utf8_validation = VERIFY; option features.utf8_validation = NONE; message M { string a = 1 [features = { utf8_validation: NONE, [pb.cpp]: { string_type: CORD } }]; string b = 2 [features.(pb.cpp).string_type = VIEW]; bytes c = 3 [features = { [pb.cpp] { string_type: CORD } }]; string d = 4 [ctype = CORD]; string e = 5 [features.(pb.java).utf8_validation = DEFAULT]; string f = 6 [features = { [pb.java] { utf8_validation: DEFAULT } field_presence: EXPLICIT }]; map<string, string> g = 7; oneof o { string h = 8; } }',
  },
  "a C++ feature of the whole file": {
    before:
      'edition = "2023"; package pkg; import "google/protobuf/cpp_features.proto"; option features.(pb.cpp).string_type = VIEW; message M { string a = 1; bytes b = 2 [features.(pb.cpp).string_type = CORD]; map<string, bytes> c = 3; string d = 4 [ctype = CORD]; string e = 5; }',
    after:
      'edition = "2023"; package pkg; import "google/protobuf/cpp_features.proto"; message M { string a = 1; bytes b = 2 [ctype = CORD]; map<string, bytes> c = 3; string d = 4 [features.(pb.cpp).string_type = CORD]; string e = 5 [features.(pb.cpp).string_type = VIEW]; }',
  },
  "edition 2024, whose text is a view in C++": {
    before:
      'edition = "2023"; package pkg; message M { string a = 1; bytes b = 2; map<string, string> c = 3; string d = 4 [ctype = CORD]; }',
    after:
      'edition = "2024"; package pkg; import "google/protobuf/cpp_features.proto"; option features.enforce_naming_style = STYLE_LEGACY; message M { string a = 1; bytes b = 2 [features.(pb.cpp).string_type = STRING]; map<string, string> c = 3; string d = 4 [features.(pb.cpp).string_type = CORD]; }',
  },
  "edition 2024 that imports only options": {
    before: 'edition = "2024"; package pkg; message M { string a = 1; }',
    after:
      'edition = "2024"; package pkg; import option "google/protobuf/cpp_features.proto"; message M { string a = 1 [features.(pb.cpp).string_type = CORD]; }',
  },
  "delimited messages of the whole file, but no maps": {
    before:
      'edition = "2023"; package pkg; message K {} message M { K a = 1; map<string, K> b = 2; repeated K c = 3; oneof o { K d = 4; } }',
    after:
      'edition = "2023"; package pkg; option features.message_encoding = DELIMITED; message K {} message M { K a = 1; map<string, K> b = 2; repeated K c = 3 [features.message_encoding = LENGTH_PREFIXED]; oneof o { K d = 4; } }',
  },
  "a delimited message of another name": {
    before:
      'edition = "2023"; package pkg; message K {} message L {} message M { K a = 1 [features.message_encoding = DELIMITED]; }',
    after:
      'edition = "2023"; package pkg; message K {} message L {} message M { L a = 1 [features.message_encoding = DELIMITED]; }',
  },
  "a nested type that moves to the top, and its uses with it": {
    before: "message M { message N { enum E { Z = 0; } E e = 1; } N n = 1; N.E e = 2; }",
    after: "message N { enum E { Z = 0; } E e = 1; } message M { N n = 1; N.E e = 2; }",
  },
  "a message and an enum that change places under one name": {
    before: "message A {} enum B { Z = 0; } message M { A a = 1; B b = 2; repeated A c = 3; }",
    after: "enum A { Z = 0; } message B {} message M { A a = 1; B b = 2; repeated A c = 3; }",
  },
  "a package that is renamed with all that is in it": {
    before: {
      "a.proto": "message M { M m = 1; enum E { Z = 0; } } service S { rpc A(M) returns (M); }",
      "b.proto":
        'syntax = "proto2"; package pkg; import "a.proto"; message K { extensions 5; } extend K { optional M m = 5; }',
    },
    after: {
      "a.proto":
        'syntax = "proto3"; package pkg.v2; message M { M m = 1; enum E { Z = 0; } } service S { rpc A(M) returns (M); }',
      "b.proto":
        'syntax = "proto2"; package pkg.v2; import "a.proto"; message K { extensions 5; } extend K { optional M m = 5; }',
    },
  },
  "a file of another name in the same package": {
    before: { "a.proto": "message M { int32 a = 1; } enum E { Z = 0; } service S {}" },
    after: { "z.proto": "message M { string a = 1; } enum E { Z = 0; A = 1; } service S {}" },
  },
  "a file without a package of another name": {
    before: { "a.proto": 'syntax = "proto3"; message Loose { int32 a = 1; }' },
    after: { "z.proto": 'syntax = "proto3"; message Loose { string a = 1; }' },
  },
  "imports only": {
    before: {
      "a.proto": "message M {}",
      "b.proto": 'import "a.proto"; import public "c.proto"; message N { M m = 1; }',
      "c.proto": "",
    },
    after: {
      "a.proto": "message M {}",
      "b.proto":
        'import "c.proto"; import "a.proto"; import "google/protobuf/any.proto"; message N { M m = 1; }',
      "c.proto": "",
    },
  },
  "an extension of another number, of another message, in another scope": {
    before:
      'syntax = "proto2"; package pkg; message M { extensions 5 to 9; } message K { extensions 5 to 9; } extend M { optional int32 a = 5; optional string b = 6; repeated int32 c = 7 [packed = true]; }',
    after:
      'syntax = "proto2"; package pkg; message M { extensions 5 to 9; } message K { extensions 5 to 9; } extend M { optional int32 a = 8; } extend K { optional string b = 6; } message L { extend M { repeated int32 c = 7; } }',
  },
  "extensions as fields": {
    before:
      'syntax = "proto2"; package pkg; message M { extensions 5 to 20; } enum E { A = 1; B = 2; } message K {} extend M { optional string a = 5; optional int64 b = 6; optional E c = 7; optional K d = 8; optional string e = 9 [ctype = STRING_PIECE]; optional int32 f = 10 [default = 1]; }',
    after:
      'syntax = "proto2"; package pkg; message M { extensions 5 to 20; } enum E { B = 2; A = 1; } message K {} extend M { optional bytes a = 5 [ctype = STRING_PIECE]; optional int64 b = 6 [jstype = JS_STRING]; optional E c = 7; optional group D = 8 {} optional string e = 9; repeated int32 f = 10; }',
  },
  "oneofs and what the compiler makes for optional": {
    before:
      "message M { oneof _a { int32 a = 1; } oneof b { int32 x = 2; int32 y = 3; } optional int32 c = 4; oneof gone { int32 z = 5; } oneof d { int32 w = 6; } }",
    after:
      "message M { optional int32 a = 1; oneof b2 { int32 x = 2; int32 y = 3; } oneof _c { int32 c = 4; } oneof d { int32 w = 6; int32 z = 5; } }",
  },
  "reserved numbers below zero, and up to the greatest": {
    before: "enum E { Z = 0; reserved -5 to -1, 10 to max, 3; }",
    after: "enum E { Z = 0; reserved -4 to -2, 11 to 2147483647; }",
  },
  "values with several names, reserved in part": {
    before: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; C = 2; D = 2; M = -1; }",
    after: 'enum E { option allow_alias = true; Z = 0; C = 2; X = 0; reserved 1; reserved "A"; }',
  },
  "JSON names that are spelled, swapped and left out": {
    before:
      'message M { int32 a_b = 1 [json_name = "aB"]; int32 c = 2 [json_name = "d"]; int32 d = 3 [json_name = "c"]; int32 e_f = 4; int32 g__h = 5; int32 _i = 6; int32 j_1 = 7; }',
    after:
      'message M { int32 a_b = 1; int32 c = 2; int32 d = 3; int32 e_f = 4 [json_name = "e_f"]; int32 g__h = 5 [json_name = "gH"]; int32 _i = 6 [json_name = "I"]; int32 j_1 = 7 [json_name = "j1"]; }',
  },
  "labels from syntax to syntax": {
    before:
      'syntax = "proto2"; package pkg; message M { required int32 a = 1; optional int32 b = 2; repeated int32 c = 3; optional group D = 4 {} required M e = 5; oneof o { int32 f = 6; } }',
    after:
      'edition = "2023"; package pkg; message M { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; int32 b = 2 [features.field_presence = IMPLICIT]; repeated int32 c = 3; D d = 4 [features.message_encoding = DELIMITED]; message D {} M e = 5; oneof o { int32 f = 6; } }',
  },
  "required by feature only": {
    before:
      'edition = "2023"; package pkg; message M { int32 a = 1; int32 b = 2 [features.field_presence = LEGACY_REQUIRED]; }',
    after:
      'edition = "2023"; package pkg; message M { int32 a = 1 [features.field_presence = LEGACY_REQUIRED]; int32 c = 3 [features.field_presence = LEGACY_REQUIRED]; }',
  },
  "packed or not": {
    before:
      "message M { repeated int32 a = 1; repeated int32 b = 2 [packed = false]; repeated E e = 3; } enum E { Z = 0; }",
    after:
      "message M { repeated int32 a = 1 [packed = false]; repeated int32 b = 2; repeated E e = 3 [packed = false]; } enum E { Z = 0; }",
  },
  "no syntax at all": {
    before: "package pkg; message M { optional string a = 1; }",
    after: 'syntax = "proto2"; package pkg; message M { optional string a = 1; }',
  },
  "proto2 that becomes proto3": {
    before:
      'syntax = "proto2"; package pkg; message M { optional string a = 1; map<string, string> b = 2; enum E { Z = 0; } optional E e = 3; message N { optional string c = 1; } }',
    after:
      "message M { string a = 1; map<string, string> b = 2; enum E { Z = 0; } E e = 3; message N { optional string c = 1; } }",
  },
  "proto3 that becomes proto2": {
    before:
      "message M { string a = 1; map<string, string> b = 2; enum E { Z = 0; } E e = 3; message N { optional string c = 1; } }",
    after:
      'syntax = "proto2"; package pkg; message M { optional string a = 1; map<string, string> b = 2; enum E { Z = 0; } optional E e = 3; message N { optional string c = 1; } }',
  },
  "a map that becomes a list and a list that becomes a map": {
    before: "message M { map<int64, string> a = 1; repeated string b = 2; map<string, M> c = 3; }",
    after: "message M { repeated string a = 1; map<int64, string> b = 2; map<string, string> c_d = 3; }",
  },
  "a map whose entry is then written by hand, with a oneof": {
    before: "message M { map<string, string> a = 1; }",
    after:
      "message M { message AEntry { oneof key { string k = 1; } optional string value = 2; } repeated AEntry a = 1; }",
  },
  "an entry written by hand that becomes a map": {
    before:
      'syntax = "proto2"; package pkg; message M { message AEntry { required string k = 1; optional string value = 2 [default = "x", ctype = CORD]; optional int32 more = 3; reserved 7; extensions 8; } repeated AEntry a = 1; }',
    after: 'syntax = "proto2"; package pkg; message M { map<string, string> a = 1; }',
  },
  "an enum exchanged for a smaller one of the same short name, in maps and lists": {
    before:
      "message X { enum E { Z = 0; A = 1; } } message Y { enum E { Z = 0; } } message M { map<string, X.E> a = 1; repeated X.E b = 2; X.E c = 3; }",
    after:
      "message X { enum E { Z = 0; A = 1; } } message Y { enum E { Z = 0; } } message M { map<string, Y.E> a = 1; repeated Y.E b = 2; Y.E c = 3; }",
  },
  "types of which one is an enum": {
    before:
      "enum E { Z = 0; } message M { int32 a = 1; E b = 2; M c = 3; bytes d = 4; string e = 5; sint32 f = 6; fixed32 g = 7; float h = 8; bool i = 9; }",
    after:
      "enum E { Z = 0; } message M { E a = 1; int32 b = 2; bytes c = 3; M d = 4; M e = 5; int32 f = 6; float g = 7; double h = 8; E i = 9; }",
  },
  "a service and a method that move": {
    before: {
      "a.proto": "message M {} service S { rpc A(M) returns (M); rpc B(M) returns (M); } service T {}",
      "b.proto": "",
    },
    after: {
      "a.proto": "message M {} service T { rpc B(M) returns (M); }",
      "b.proto":
        'import "a.proto"; service S { rpc A(stream M) returns (stream M) { option idempotency_level = NO_SIDE_EFFECTS; } }',
    },
  },
  "nothing but comments, places and options that nobody judges": {
    before:
      'syntax = "proto2"; package pkg; message M { optional int32 a = 1; optional string b = 2; } enum E { A = 0; B = 1; }',
    after:
      '// more\nsyntax = "proto2"; package pkg; \n\nenum E { B = 1 [deprecated = true]; A = 0; }\nmessage M { option deprecated = true; optional string b = 2 [deprecated = true];\n\n /* a */ optional int32 a = 1; }',
  },
  "what buf calls alike in two messages, and what it does not": {
    before: {
      "a.proto": `syntax = "proto2"; package pkg; enum E { Z = 0; } enum F { FZ = 0; }
message A { message N { required int32 a = 1; optional int32 r = 2; oneof o { int32 x = 3; } optional E t = 4; reserved 10 to 20; enum V { V0 = 0; VA = 1; } } }
message B { message N { required int32 b = 1; optional int32 r = 2; oneof p { int32 x = 3; } optional F t = 4; reserved 10 to 20; enum V { W0 = 0; WA = 1; } } }
message C { message N { optional int32 c = 1; } }`,
    },
    after: {
      "a.proto": `syntax = "proto2"; package pkg; enum E { Z = 0; } enum F { FZ = 0; }
message A { option no_standard_descriptor_accessor = true; message N { optional int32 a = 1; required int32 r = 2; optional int32 x = 3; optional int32 t = 4; reserved 10 to 18; enum V { V0 = 0; } } }
message B { option no_standard_descriptor_accessor = true; message N { optional int32 b = 1; required int32 r = 2; optional int32 x = 3; optional int32 t = 4; reserved 10 to 19; enum V { W0 = 0; } } }
message C { message N { required int32 c = 1; } }`,
    },
  },
  "features of enums, messages and fields in one piece": {
    before:
      'edition = "2023"; package pkg; enum E { Z = 0; } enum F { FZ = 0; } message M { enum G { GZ = 0; } string a = 1; string b = 2; }',
    after:
      'edition = "2023"; package pkg; enum E { option features = { enum_type: CLOSED, json_format: LEGACY_BEST_EFFORT }; Z = 0; } enum F { option features = { json_format: LEGACY_BEST_EFFORT }; FZ = 0; } message M { option features = { json_format: LEGACY_BEST_EFFORT }; enum G { option features = { enum_type: CLOSED }; GZ = 0; } string a = 1 [features = { field_presence: IMPLICIT, utf8_validation: NONE }]; string b = 2 [features.field_presence = IMPLICIT, features.utf8_validation = NONE]; }',
  },
  "features that only the file sets": {
    before:
      'edition = "2023"; package pkg; enum E { Z = 0; } message M { string a = 1 [features.field_presence = EXPLICIT]; map<string, string> b = 2; enum F { option features.enum_type = OPEN; FZ = 0; } }',
    after:
      'edition = "2023"; package pkg; option features = { enum_type: CLOSED, json_format: LEGACY_BEST_EFFORT, utf8_validation: NONE }; enum E { Z = 0; } message M { string a = 1 [features.field_presence = EXPLICIT]; map<string, string> b = 2; enum F { option features.enum_type = OPEN; FZ = 0; } }',
  },
};
