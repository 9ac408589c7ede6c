import { beforeAll, expect, test } from "vitest";
import { formatError, Proto4Error } from "../../src/diagnostics/index.js";
import { mapSchema } from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "./compile.js";

interface Refusal {
  readonly name: string;
  /** Bodies of the two files, after syntax, package and imports, which are line 1. */
  readonly v3: string;
  readonly v4: string;
  readonly syntax?: string;
  readonly error: string;
}

const refusals: readonly Refusal[] = [
  {
    name: "another type",
    v3: "message M { string a = 1; }",
    v4: "message M { bytes a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is bytes, PACKAGE.v3.M.a is string; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "a narrower type",
    v3: "message M { int64 a = 1; }",
    v4: "message M { int32 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is int32, PACKAGE.v3.M.a is int64; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "a type that is no continuation",
    v3: "message M { A a = 1; } message A {} ",
    v4: "message M { B a = 1; } message B {}",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is PACKAGE.v4.B, PACKAGE.v3.M.a is PACKAGE.v3.A; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "an enum that is no continuation",
    v3: "message M { A a = 1; } enum A { Z = 0; }",
    v4: "message M { B a = 1; } enum B { Z = 0; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is PACKAGE.v4.B, PACKAGE.v3.M.a is PACKAGE.v3.A; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "presence",
    v3: "message M { int32 a = 1; }",
    v4: "message M { optional int32 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is optional, PACKAGE.v3.M.a is singular without presence; make it singular without presence here too, or begin a new field and declare a DEPRECATED",
  },
  {
    name: "cardinality",
    v3: "message M { int32 a = 1; }",
    v4: "message M { repeated int32 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is repeated, PACKAGE.v3.M.a is singular without presence; make it singular without presence here too, or begin a new field and declare a DEPRECATED",
  },
  {
    name: "a map that was a list",
    v3: "message M { repeated string a = 1; }",
    v4: "message M { map<string, string> a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is a map, PACKAGE.v3.M.a is repeated; make it repeated here too, or begin a new field and declare a DEPRECATED",
  },
  {
    name: "the key of a map",
    v3: "message M { map<int32, string> a = 1; }",
    v4: "message M { map<int64, string> a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: the key of the map PACKAGE.v4.M.a changes its type; keep the types of keys and scalar values, or make the value a message and change it inside",
  },
  {
    name: "the value of a map",
    v3: "message M { map<string, int32> a = 1; }",
    v4: "message M { map<string, string> a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: the value of the map PACKAGE.v4.M.a changes its type; keep the types of keys and scalar values, or make the value a message and change it inside",
  },
  {
    name: "the enum of a map",
    v3: "message M { map<string, E> a = 1; }\nenum E { Z = 0; A = 1; }",
    v4: "message M { map<string, E> a = 1; }\nenum E { Z = 0; A = 2; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: the value of the map PACKAGE.v4.M.a changes its type; keep the types of keys and scalar values, or make the value a message and change it inside",
  },
  {
    name: "a default",
    syntax: "proto2",
    v3: "message M { optional int32 a = 1 [default = 1]; }",
    v4: "message M { optional int32 a = 1 [default = 2]; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a has the default 2, PACKAGE.v3.M.a has the default 1; keep the default",
  },
  {
    name: "a required field of one side",
    syntax: "proto2",
    v3: "message M {}",
    v4: "message M { required int32 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is required, and the other generation does not know it; make it optional",
  },
  {
    name: "a field that moved into a oneof",
    v3: "message M { optional string a = 1; }",
    v4: "message M { oneof o { string a = 1; } }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:23: cannot translate this: PACKAGE.v4.M.a is in oneof o (a), PACKAGE.v3.M.a is in no oneof; let the members of the one oneof be the counterparts of the members of the other",
  },
  {
    name: "a oneof with another member",
    v3: "message M { oneof o { string a = 1; } }",
    v4: "message M { oneof o { string a = 1; string b = 2; } }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:23: cannot translate this: PACKAGE.v4.M.a is in oneof o (a, b), PACKAGE.v3.M.a is in oneof o (a); let the members of the one oneof be the counterparts of the members of the other",
  },
  {
    name: "a group that changes inside",
    syntax: "proto2",
    v3: "message M { optional group G = 1 { optional int32 a = 1; } }",
    v4: "message M { optional group G = 1 { optional int64 a = 1; } }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: the group PACKAGE.v4.M.g changes inside; keep PACKAGE.v4.M.G as the elder generation has it, or begin a new field that is no group",
  },
  {
    name: "a group that changes its number",
    syntax: "proto2",
    v3: "message M { optional group G = 1 { } }",
    v4: "message M { optional group G = 2 { } }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: the group PACKAGE.v4.M.g changes its number; keep the number 1",
  },
  {
    name: "a closed enum with other numbers",
    syntax: "proto2",
    v3: "message M { optional E a = 1; }\nenum E { Z = 0; A = 1; }",
    v4: "message M { optional E a = 1; }\nenum E { Z = 0; A = 2; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:17: cannot translate this: PACKAGE.v4.E is closed and gives values other numbers than PACKAGE.v3.E; keep the numbers",
  },
  {
    name: "a zero that becomes another number",
    v3: "enum E { A = 0; B = 1; }",
    v4: "enum E { B = 0; A = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:10: cannot translate this: B = 1 becomes B = 0, so that an absent field changes its meaning; keep zero for what zero was",
  },
  {
    name: "a MessageSet",
    syntax: "proto2",
    v3: "message M { option message_set_wire_format = true; extensions 4 to max; }",
    v4: "message M { option message_set_wire_format = true; extensions 4 to max; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:1: cannot translate this: PACKAGE.v4.M is a MessageSet, or continues one; pair a message with ordinary fields: a MessageSet drops unknown ones",
  },
  {
    name: "a bridge_default",
    v3: "message M { int32 a = 1; }",
    v4: 'message M { int32 a = 1 [(proto4.field_terms) = {bridge_default: "1"}]; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a has a bridge_default; leave it out and let readers of v4 treat an absent field as they need",
  },
  {
    name: "a was that is a path",
    v3: "message M { string a = 1; }",
    v4: 'message M { string b = 1 [(proto4.field_terms) = {was: "c.a"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.b was "c.a", a field of another message; keep the field in its message, or leave was out: it then begins anew, and c.a has to be declared DEPRECATED',
  },
  {
    name: "a was that is nowhere",
    v3: "message M { string a = 1; }",
    v4: 'message M { string b = 1 [(proto4.field_terms) = {was: "c"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.b was "c", and PACKAGE.v3.M has no such field; write the name of a field of PACKAGE.v3.M, or leave was out',
  },
  {
    name: "a message's was that is nowhere",
    v3: "message M {}",
    v4: 'message N { option (proto4.message_terms) = {was: "M"}; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:1: cannot translate this: PACKAGE.v4.N was "M", and PACKAGE.v3 has no message of that name; write the full name of a message of PACKAGE.v3',
  },
  {
    name: "a oneof with a closed enum that has other numbers",
    syntax: "proto2",
    v3: "message M { oneof o { E a = 1; string b = 2; } }\nenum E { A = 1; }",
    v4: "message M { oneof o { E a = 1; string b = 2; } }\nenum E { A = 1; B = 2; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:23: cannot translate this: PACKAGE.v4.M.a is in a oneof, and PACKAGE.v4.E is closed and has other numbers than PACKAGE.v3.E; keep its numbers, or the field out of the oneof",
  },
  {
    name: "a closed enum with another first value",
    syntax: "proto2",
    v3: "message M { optional E a = 1; }\nenum E { A = 1; B = 2; }",
    v4: "message M { optional E a = 1; }\nenum E { B = 2; A = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:10: cannot translate this: PACKAGE.v4.E begins with B, PACKAGE.v3.E with A, so that an absent field changes its meaning; keep first what was first",
  },
  {
    name: "the number of an enum value whose name is reserved",
    v3: "enum E { Z = 0; A = 1; }",
    v4: 'enum E { reserved "A"; Z = 0; B = 1; }',
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:31: PACKAGE.v4.B has the number of PACKAGE.v3.A, which is retired; write (proto4.enum_value_terms) = {was: "A"} if it continues it, and take another number if it does not',
  },
  {
    name: "the number of an enum value that is on its way out",
    v3: "enum E { Z = 0; A = 1 [(proto4.enum_value_lifecycle) = DEPRECATED]; }",
    v4: "enum E { Z = 0; B = 1; }",
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:17: PACKAGE.v4.B has the number of PACKAGE.v3.A, which is retired; write (proto4.enum_value_terms) = {was: "A"} if it continues it, and take another number if it does not',
  },
  {
    name: "an enum value's was that is nowhere",
    v3: "enum E { Z = 0; }",
    v4: 'enum E { Z = 0 [(proto4.enum_value_terms) = {was: "Y"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:10: cannot translate this: Z was "Y", and PACKAGE.v3.E has no such value; write the name of a value of PACKAGE.v3.E',
  },
  {
    name: "a replacement that is nowhere",
    v3: "message M { bytes a = 1; }",
    v4: 'message M { bytes a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b.c"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is replaced by "b.c", which is no other field of PACKAGE.v4.M; write the name of a field of the same message',
  },
  {
    name: "a replacement of another type",
    v3: "message M { string a = 1; }",
    v4: 'message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; M b = 2; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a (string) is replaced by b (PACKAGE.v4.M); only singular bytes can be replaced by a message, and a scalar by one of its type; without replaced_by the two fields live side by side",
  },
  {
    name: "a replacement that is a list",
    v3: "message M { bytes a = 1; }",
    v4: 'message M { bytes a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; repeated M b = 2; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a (bytes) is replaced by b (PACKAGE.v4.M); only singular bytes can be replaced by a message, and a scalar by one of its type; without replaced_by the two fields live side by side",
  },
  {
    name: "an extension with another type",
    syntax: "proto2",
    v3: "message M { extensions 10 to 20; }\nextend M { optional int32 x = 10; }",
    v4: "message M { extensions 10 to 20; }\nextend M { optional int64 x = 10; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:12: cannot translate this: the extension PACKAGE.v4.x differs from PACKAGE.v3.x, which extends PACKAGE.v3.M under the same number; keep its type, or take another number",
  },
  {
    name: "a FieldMask beside a rename",
    v3: "message M { string a = 1; google.protobuf.FieldMask mask = 2; }\nservice S { rpc Do(M) returns (M); }",
    v4: "message M { string b = 1; google.protobuf.FieldMask mask = 2; }\nservice S { rpc Do(M) returns (M); }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:13: cannot translate this: the request of PACKAGE.v4.S.Do holds a google.protobuf.FieldMask while PACKAGE.v3.M.a becomes b, so that its paths would lead nowhere; keep the names of fields that masks can name, or leave the mask out of the request",
  },
  {
    name: "a FieldMask beside a field that goes",
    v3: "message M { string a = 1 [deprecated = true, (proto4.field_lifecycle) = DEPRECATED]; google.protobuf.FieldMask mask = 2; }\nservice S { rpc Do(M) returns (M); }",
    v4: "message M { reserved 1; google.protobuf.FieldMask mask = 2; }\nservice S { rpc Do(M) returns (M); }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:13: cannot translate this: the request of PACKAGE.v4.S.Do holds a google.protobuf.FieldMask while v4 has no PACKAGE.v3.M.a, so that its paths would lead nowhere; keep the names of fields that masks can name, or leave the mask out of the request",
  },
  {
    name: "a method that streams otherwise",
    v3: "message M {}\nservice S { rpc Do(M) returns (M); }",
    v4: "message M {}\nservice S { rpc Do(M) returns (stream M); }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:13: cannot translate this: PACKAGE.v4.S.Do is server-streaming, PACKAGE.v3.S.Do is unary; keep what streams, or write a new method",
  },
  {
    name: "a method with another input",
    v3: "message M {}\nservice S { rpc Do(M) returns (M); }",
    v4: "message M {}\nmessage N {}\nservice S { rpc Do(N) returns (M); }",
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:4:13: cannot translate this: the input of PACKAGE.v4.S.Do is PACKAGE.v4.N, which does not continue PACKAGE.v3.M; write (proto4.message_terms) = {was: "PACKAGE.v3.M"} on PACKAGE.v4.N if it does',
  },
  {
    name: "a field that ends without a word",
    v3: "message M { string a = 1; string note = 5; }",
    v4: "message M { string a = 1; }",
    error:
      'mapping-loss PACKAGE/v3/m.proto:2:27: field 5 "note" of PACKAGE.v3.M has no counterpart in PACKAGE.v4.M; write (proto4.field_terms) = {was: "note"} on the field that continues it, or say that it ended: [(proto4.field_lifecycle) = DEPRECATED] here, or reserved 5; reserved "note"; there',
  },
  {
    name: "a deprecated option that no lifecycle explains",
    v3: "message M { string note = 5 [deprecated = true]; }",
    v4: "message M { }",
    error:
      'mapping-loss PACKAGE/v3/m.proto:2:13: field 5 "note" of PACKAGE.v3.M has no counterpart in PACKAGE.v4.M; write (proto4.field_terms) = {was: "note"} on the field that continues it, or say that it ended: [(proto4.field_lifecycle) = DEPRECATED] here, or reserved 5; reserved "note"; there',
  },
  {
    name: "a method that ends without a word",
    v3: "message M {}\nservice S { rpc Do(M) returns (M); rpc Undo(M) returns (M); }",
    v4: "message M {}\nservice S { rpc Do(M) returns (M); }",
    error:
      'mapping-loss PACKAGE/v3/m.proto:3:36: method PACKAGE.v3.S.Undo has no counterpart in PACKAGE.v4.S, and who calls it would get no answer; write (proto4.method_terms) = {was: "PACKAGE.v3.S.Undo"} on the method that continues it, or option (proto4.method_lifecycle) = DEPRECATED; here',
  },
  {
    name: "two fields that were one",
    v3: "message M { string a = 1; }",
    v4: 'message M { string b = 1 [(proto4.field_terms) = {was: "a"}]; string c = 2 [(proto4.field_terms) = {was: "a"}]; }',
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:63: both PACKAGE.v4.M.b and c say that they continue PACKAGE.v3.M.a; leave (proto4.field_terms) = {was: "a"} on one of them',
  },
  {
    name: "two messages that were one",
    v3: "message M {}",
    v4: 'message A { option (proto4.message_terms) = {was: "PACKAGE.v3.M"}; }\nmessage B { option (proto4.message_terms) = {was: "PACKAGE.v3.M"}; }',
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:3:1: both PACKAGE.v4.A and PACKAGE.v4.B continue PACKAGE.v3.M; leave (proto4.message_terms) = {was: "PACKAGE.v3.M"} on one of them',
  },
  {
    name: "a number taken again",
    v3: "message M { string nick = 5; }",
    v4: 'message M { reserved "nick"; string motto = 5; }',
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:30: PACKAGE.v4.M.motto has number and type of PACKAGE.v3.M.nick, which is retired; write (proto4.field_terms) = {was: "nick"} if it continues it, and take another number if it does not',
  },
  {
    name: "a deprecated field's number taken again",
    v3: "message M { string nick = 5 [(proto4.field_lifecycle) = DEPRECATED]; }",
    v4: "message M { string motto = 5; }",
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:13: PACKAGE.v4.M.motto has number and type of PACKAGE.v3.M.nick, which is retired; write (proto4.field_terms) = {was: "nick"} if it continues it, and take another number if it does not',
  },
  {
    name: "two values that were one",
    v3: "enum E { Z = 0; A = 1; }",
    v4: 'enum E { Z = 0; B = 1 [(proto4.enum_value_terms) = {was: "A"}]; C = 2 [(proto4.enum_value_terms) = {was: "A"}]; }',
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:65: several values of PACKAGE.v4.E say that they continue A; leave (proto4.enum_value_terms) = {was: "A"} on one of them',
  },
  {
    name: "aliases that part",
    v3: "enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
    v4: "enum E { Z = 0; A = 1; B = 2; }",
    error:
      "mapping-ambiguous PACKAGE/v4/m.proto:2:24: A becomes A and B becomes B, but two of the numbers are one; give aliases of one number aliases of one number as counterparts, with (proto4.enum_value_terms).was",
  },
  {
    name: "two methods that were one",
    v3: "message M {}\nservice S { rpc Do(M) returns (M); }",
    v4: 'message M {}\nservice S {\n  rpc Do(M) returns (M);\n  rpc A(M) returns (M) { option (proto4.method_terms) = {was: "PACKAGE.v3.S.Do"}; }\n  rpc B(M) returns (M) { option (proto4.method_terms) = {was: "PACKAGE.v3.S.Do"}; }\n}',
    error:
      "mapping-ambiguous PACKAGE/v4/m.proto:6:3: both PACKAGE.v4.S.A and B say that they continue PACKAGE.v3.S.Do; leave (proto4.method_terms).was on one of them",
  },
  {
    name: "an elder generation that is not there",
    v3: "",
    v4: 'option (proto4.upgrades) = "elsewhere.v1";',
    error:
      'generation-missing PACKAGE/v4/m.proto:2:1: PACKAGE.v4 upgrades "elsewhere.v1", which the input does not hold; a plug-in sees both generations only with `strategy: all` in buf.gen.yaml, and `--path` on the newer one hides the elder',
  },
];

let schema: Schema;
beforeAll(async () => {
  ({ schema } = await compile(
    Object.fromEntries(refusals.flatMap((refusal, index) => sources(refusal, index))),
  ));
});

test.each(refusals.map((refusal, index) => ({ ...refusal, index })))(
  "$name is refused",
  ({ index, error }) => {
    expect(refuse(`case${index}.v4`).replaceAll(`case${index}`, "PACKAGE")).toBe(error);
  },
);

function refuse(v4: string): string {
  try {
    mapSchema(schema, { v4 });
  } catch (error) {
    if (error instanceof Proto4Error) return `${error.code} ${formatError(error)}`;
    throw error;
  }
  return "nothing";
}

function sources(
  { syntax = "proto3", v3, v4 }: Refusal,
  index: number,
): readonly (readonly [string, string])[] {
  return (["v3", "v4"] as const).map((generation) => {
    const head = `syntax = "${syntax}"; package case${index}.${generation}; import "proto4/options.proto"; import "google/protobuf/field_mask.proto";`;
    const body = (generation === "v3" ? v3 : v4).replaceAll("PACKAGE", `case${index}`);
    return [`case${index}/${generation}/m.proto`, `${head}\n${body}\n`];
  });
}
