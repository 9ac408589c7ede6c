import { expect, test } from "vitest";
import { mapSchema, prove } from "../../../src/mapping/index.js";
import { compile } from "../compile.js";

// Every kind of change, each proven on the engine: there and back, through stubs, with edits, and by value.

const p3 = (name: string, body: string) =>
  `syntax = "proto3"; package a.${name}; import "proto4/options.proto"; import "google/protobuf/wrappers.proto"; import "google/protobuf/timestamp.proto"; import "google/protobuf/duration.proto"; import "google/protobuf/any.proto"; ${body}`;
const p2 = (name: string, body: string) => p3(name, body).replace("proto3", "proto2");
const ed = (name: string, body: string) =>
  `edition = "2023"; package a.${name}; import "proto4/options.proto"; ${body}`;
const cases: readonly (readonly [string, string, string])[] = [
  [
    "numbers",
    p3(
      "v1",
      `message A { int64 a = 1; int32 b = 2; double c = 3; float d = 4; bool e = 5; uint64 f = 6; sint32 g = 7; repeated int64 h = 8; optional double i = 9; fixed64 j = 10; }`,
    ),
    p3(
      "v2",
      `message A { int32 a = 1; bool b = 2; float c = 3; int64 d = 4; int32 e = 5; int64 f = 6; int32 g = 7; repeated int32 h = 8; optional int32 i = 9; float j = 10; }`,
    ),
  ],
  [
    "presence",
    p3(
      "v1",
      `message A { int32 a = 1; optional int32 b = 2; repeated int32 c = 3; string d = 4; repeated string e = 5; B f = 6; repeated B g = 7; optional int32 h = 8; } message B { int32 x = 1; }`,
    ),
    p3(
      "v2",
      `message A { optional int32 a = 1; int32 b = 2; int32 c = 3; repeated string d = 4; optional string e = 5; repeated B f = 6; B g = 7; repeated int32 h = 8; } message B { int64 x = 1; }`,
    ),
  ],
  [
    "text and blob",
    p3(
      "v1",
      `message A { bytes a = 1; string b = 2; bytes c = 3; B d = 4; repeated bytes e = 5; } message B { string x = 1; B y = 2; }`,
    ),
    p3(
      "v2",
      `message A { string a = 1; bytes b = 2; B c = 3; bytes d = 4; repeated string e = 5; } message B { string x = 1; B y = 2; }`,
    ),
  ],
  [
    "wrap",
    p3(
      "v1",
      `message A { google.protobuf.Int64Value a = 1; int32 b = 2; google.protobuf.StringValue c = 3; optional bool d = 4; }`,
    ),
    p3(
      "v2",
      `message A { int64 a = 1; google.protobuf.Int32Value b = 2; optional string c = 3; google.protobuf.BoolValue d = 4; }`,
    ),
  ],
  [
    "time",
    p3(
      "v1",
      `message A { google.protobuf.Timestamp made = 1; int64 at_millis = 2; google.protobuf.Duration d = 3; optional int64 e_s = 4; }`,
    ),
    p3(
      "v2",
      `message A { int64 made = 1 [(proto4.field_terms) = {unit: "us"}]; google.protobuf.Timestamp at_millis = 2; int64 d = 3 [(proto4.field_terms) = {unit: "ns"}]; google.protobuf.Timestamp e_s = 4; }`,
    ),
  ],
  [
    "oneof in and out",
    p3(
      "v1",
      `message A { string a = 1; int32 b = 2; B c = 3; oneof o { string d = 4; int32 e = 5; } } message B { int32 x = 1; }`,
    ),
    p3(
      "v2",
      `message A { oneof q { string a = 1; int32 b = 2; B c = 3; string fresh = 9; } string d = 4; int32 e = 5; } message B { int64 x = 1; }`,
    ),
  ],
  [
    "flatten",
    p3("v1", `message A { Addr addr = 3; int32 k = 4; } message Addr { string city = 1; int32 n = 2; }`),
    p3(
      "v2",
      `message A { string city = 5 [(proto4.field_terms) = {was: "addr.city"}]; int64 n = 6 [(proto4.field_terms) = {was: "addr.n"}]; int32 k = 4; }`,
    ),
  ],
  [
    "maps that leave a submessage",
    p3(
      "v1",
      `message A { M m = 1; int32 k = 2; } message M { map<string, int32> a = 1; map<int32, B> b = 2; } message B { int32 x = 1; }`,
    ),
    p3(
      "v2",
      `message A { map<string, int32> a = 3 [(proto4.field_terms) = {was: "m.a"}]; map<int32, B> b = 4 [(proto4.field_terms) = {was: "m.b"}]; int32 k = 2; } message B { int64 x = 1; }`,
    ),
  ],
  [
    "maps",
    p3(
      "v1",
      `message A { map<int32, int32> a = 1; map<string, E> b = 2; map<int64, string> c = 3; map<string, B> d = 4; } enum E { Z = 0; X = 1; Y = 2; } message B { int32 x = 1; }`,
    ),
    p3(
      "v2",
      `message A { map<int64, int64> a = 1; map<string, E> b = 2; map<int32, bytes> c = 13; map<string, B> d = 4; } enum E { Z = 0; X = 2; Y = 1; } message B { int64 x = 1; }`,
    ),
  ],
  [
    "defaults",
    p3(
      "v1",
      `message A { optional int32 a = 1; string b = 2; N n = 3; repeated N ns = 4; } message N { optional int32 l = 1; }`,
    ),
    p3(
      "v2",
      `message A { optional int32 a = 1 [(proto4.field_terms) = {bridge_default: "7"}]; string b = 2 [(proto4.field_terms) = {bridge_default: "\\"x\\""}]; N n = 3; repeated N ns = 4; optional int32 fresh = 9 [(proto4.field_terms) = {bridge_default: "3"}]; } message N { optional int32 l = 1 [(proto4.field_terms) = {bridge_default: "5"}]; }`,
    ),
  ],
  [
    "proto2 defaults",
    p2("v1", `message A { optional int32 a = 1 [default = 3]; optional string s = 2 [default = "q"]; }`),
    p2("v2", `message A { optional int32 a = 1 [default = 4]; optional string s = 2; }`),
  ],
  [
    "any",
    p3(
      "v1",
      `message A { google.protobuf.Any any = 1; repeated google.protobuf.Any many = 2; B b = 3; map<string, google.protobuf.Any> m = 4; } message B { int32 x = 1; google.protobuf.Any y = 2; }`,
    ),
    p3(
      "v2",
      `message A { google.protobuf.Any any = 11; repeated google.protobuf.Any many = 2; B b = 3; map<string, google.protobuf.Any> m = 4; } message B { int64 x = 1; google.protobuf.Any y = 2; }`,
    ),
  ],
  [
    "closed and open enums",
    ed(
      "v1",
      `enum E { option features.enum_type = CLOSED; Z = 0; X = 1; Y = 2; } message A { E e = 1; repeated E r = 2; E i = 3; }`,
    ),
    ed("v2", `enum E { Z = 0; X = 5; W = 2; Y = 9; } message A { E e = 1; repeated E r = 2; E i = 3; }`),
  ],
  [
    "groups",
    ed(
      "v1",
      `message A { B b = 1 [features.message_encoding = DELIMITED]; B c = 2; repeated B d = 3 [features.message_encoding = DELIMITED]; } message B { A a = 1; int32 s = 2; }`,
    ),
    ed(
      "v2",
      `message A { B b = 11 [features.message_encoding = DELIMITED]; B c = 2 [features.message_encoding = DELIMITED]; repeated B d = 3; } message B { A a = 1; int64 s = 2; }`,
    ),
  ],
  [
    "enum and int",
    p3("v1", `enum E { Z = 0; X = 1; } message A { E a = 1; int32 b = 2; }`),
    p3("v2", `enum E { Z = 0; X = 1; } message A { int32 a = 1; E b = 2; }`),
  ],
  [
    "replaced any kind",
    p3("v1", `message A { int64 a = 1; string b = 2; } `),
    p3(
      "v2",
      `message A { int64 a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "aa"}]; int32 aa = 11; string b = 2 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "bb"}]; bytes bb = 12; }`,
    ),
  ],
];
test.each(cases)("%s", async (_, v1, v2) => {
  const { schema } = await compile({ "a/v1.proto": v1, "a/v2.proto": v2 });
  const { types } = await prove(mapSchema(schema, { v4: "a.v2" })!, { runs: 100, seed: 11 });
  expect(types.filter(({ failure }) => failure !== undefined)).toEqual([]);
});
