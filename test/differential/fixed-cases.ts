interface FixedCase {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** The rules that buf reports with a path, in any category. */
  readonly expected: readonly string[];
}

/** What random edits reach seldom or never, and what was once judged otherwise. */
export const fixedCases: Readonly<Record<string, FixedCase>> = {
  "a file without a package": {
    before: { "a.proto": 'syntax = "proto3"; message Bare { message N {} } enum BareE { BZ = 0; }' },
    after: { "a.proto": 'syntax = "proto3"; message Bare {}' },
    expected: ["ENUM_NO_DELETE", "MESSAGE_NO_DELETE"],
  },
  "a package that is given up": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message Given { int32 a = 1; }' },
    after: { "a.proto": 'syntax = "proto3"; message Given {}' },
    expected: ["FILE_SAME_PACKAGE"],
  },
  "an import that is no longer needed": {
    before: {
      "a.proto":
        'syntax = "proto3"; package pkg; import "google/protobuf/empty.proto"; message M { google.protobuf.Empty a = 1; }',
    },
    after: { "a.proto": 'syntax = "proto3"; package pkg; message M { string a = 1; }' },
    expected: ["FIELD_SAME_CARDINALITY", "FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"],
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
    expected: ["FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"],
  },
  "a map that is written out as its entries": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { map<string, int32> a = 1; }' },
    after: {
      "a.proto":
        'syntax = "proto3"; package pkg; message M { message Pair { string key = 1; int32 value = 2; } repeated Pair a = 1; }',
    },
    expected: [
      "FIELD_SAME_CARDINALITY",
      "FIELD_SAME_TYPE",
      "FIELD_WIRE_COMPATIBLE_TYPE",
      "MESSAGE_NO_DELETE",
    ],
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
    expected: ["ENUM_NO_DELETE", "FIELD_SAME_CARDINALITY", "FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"],
  },
  "proto3 that becomes an edition with the same features": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { int32 a = 1; optional int32 b = 2; }' },
    after: {
      "a.proto":
        'edition = "2023"; package pkg; option features.field_presence = IMPLICIT; message M { int32 a = 1; int32 b = 2 [features.field_presence = EXPLICIT]; }',
    },
    expected: [],
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
    expected: [],
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
    expected: ["FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"],
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
    expected: ["FIELD_SAME_CARDINALITY", "FIELD_SAME_NAME", "FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"],
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
    expected: ["FIELD_SAME_ONEOF"],
  },
  "an enum that moved and grew": {
    before: {
      "a.proto": 'syntax = "proto3"; package pkg; enum E { Z = 0; A = 1; }\nmessage M { E e = 1; }',
    },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg; message M { enum E { Z = 0; A = 1; B = 2; } E e = 1; }',
    },
    expected: ["ENUM_NO_DELETE", "FIELD_SAME_TYPE"],
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
    expected: ["FIELD_SAME_TYPE", "FIELD_WIRE_COMPATIBLE_TYPE"],
  },
  "text that becomes bytes, which only the other way is unreadable": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { string a = 1; }' },
    after: { "a.proto": 'syntax = "proto3"; package pkg; message M { bytes a = 1; }' },
    expected: ["FIELD_SAME_TYPE"],
  },
  "an alias that joins": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; enum E { Z = 0; A = 1; }' },
    after: {
      "a.proto": 'syntax = "proto3"; package pkg; enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }',
    },
    expected: [],
  },
  "reserved ranges up to the maximum": {
    before: { "a.proto": 'syntax = "proto3"; package pkg; message M { reserved 5, 100 to max; }' },
    after: { "a.proto": 'syntax = "proto3"; package pkg; message M { reserved 100 to 200, 202 to max; }' },
    expected: ["RESERVED_MESSAGE_NO_DELETE"],
  },
};
