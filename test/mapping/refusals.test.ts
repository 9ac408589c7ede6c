import { beforeAll, expect, test } from "vitest";
import { formatError, Proto4Error } from "../../src/diagnostics/index.js";
import { mapSchema } from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "./compile.js";
import { type Pair, sourcesOf } from "./pair.js";

interface Refusal extends Pair {
  readonly name: string;
  readonly error: string;
}

const refusals: readonly Refusal[] = [
  {
    name: "another type",
    v3: "message M { string a = 1; }",
    v4: "message M { int32 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is int32, PACKAGE.v3.M.a is string; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "an enum that becomes text",
    v3: "message M { E a = 1; } enum E { Z = 0; }",
    v4: "message M { string a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is string, PACKAGE.v3.M.a is PACKAGE.v3.E; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "a message that becomes a number",
    v3: "message M { google.protobuf.BytesValue a = 1; }",
    v4: "message M { int32 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is int32, PACKAGE.v3.M.a is google.protobuf.BytesValue; keep the type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "an integer that nobody says what it counts",
    v3: "message M { int64 at = 1; map<string, int64> waits = 2; }",
    v4: "message M { google.protobuf.Timestamp at = 1; map<string, int64> waits = 2; }",
    error:
      'mapping-ambiguous PACKAGE/v3/m.proto:2:13: PACKAGE.v3.M.at (int64) and PACKAGE.v4.M.at (Timestamp) are one time, and nothing says what the integer counts; write (proto4.field_terms) = {unit: "s"}, "ms", "us" or "ns" here, or on PACKAGE.v4.M.at',
  },
  {
    name: "an integer that counts something else",
    v3: 'message M { int64 at_ms = 1 [(proto4.field_terms) = {unit: "days"}]; }',
    v4: "message M { google.protobuf.Timestamp at_ms = 1; }",
    error:
      'mapping-ambiguous PACKAGE/v3/m.proto:2:13: PACKAGE.v3.M.at_ms (int64) and PACKAGE.v4.M.at_ms (Timestamp) are one time, and their unit is "days"; write (proto4.field_terms) = {unit: "s"}, "ms", "us" or "ns" here, or on PACKAGE.v4.M.at_ms',
  },
  {
    name: "a default that v4 cannot say",
    syntax: "proto2",
    v3: "message M { optional E a = 1 [default = A]; }\nenum E { Z = 0; A = 1; }",
    v4: "message M { optional E a = 1; }\nenum E { Z = 0; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a has no default, PACKAGE.v3.M.a has the default A; keep the default",
  },
  {
    name: "a zero that becomes another number, of a field with presence",
    v3: "message M { optional E a = 1; }\nenum E { A = 0; B = 1; }",
    v4: "message M { optional E a = 1; }\nenum E { B = 0; A = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:10: cannot translate this: B = 1 becomes B = 0, so that an absent field changes its meaning; keep zero for what zero was",
  },
  {
    name: "a zero that is something else in v4",
    v3: "message M { E a = 1; }\nenum E { A = 0; B = 1; }",
    v4: "message M { E a = 1; }\nenum E { B = 0; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:10: cannot translate this: B = 1 becomes B = 0, so that an absent field changes its meaning; keep zero for what zero was",
  },
  {
    name: "a bridge_default that is no JSON",
    v3: "message M { string a = 1; }",
    v4: 'message M { string a = 1 [(proto4.field_terms) = {bridge_default: "EUR"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:51: the bridge_default of PACKAGE.v4.M.a is "EUR", which is no protobuf JSON of string; write it like bridge_default: "\\"text\\""',
  },
  {
    name: "a bridge_default of another type",
    v3: "message M { int32 a = 1; }",
    v4: 'message M { int32 a = 1 [(proto4.field_terms).bridge_default = "\\"x\\""]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:26: the bridge_default of PACKAGE.v4.M.a is "\\"x\\"", which is no protobuf JSON of int32; write it like bridge_default: "7"',
  },
  {
    name: "a bridge_default that no value of the enum has",
    v3: "message M { E a = 1; } enum E { Z = 0; ONE = 1; }",
    v4: 'message M { E a = 1 [(proto4.field_terms) = {bridge_default: "\\"TWO\\""}]; } enum E { Z = 0; ONE = 1; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:46: the bridge_default of PACKAGE.v4.M.a is "\\"TWO\\"", which is no protobuf JSON of PACKAGE.v4.E; write it like bridge_default: "\\"ONE\\""',
  },
  {
    name: "a bridge_default of a list",
    v3: "message M { repeated int32 a = 1; }",
    v4: 'message M { repeated int32 a = 1 [(proto4.field_terms) = {bridge_default: "[1]"}]; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a has a bridge_default, and is a list; leave it out: nothing there is what v3 said",
  },
  {
    name: "a bridge_default in a oneof that changes",
    v3: "message M { int32 a = 1; }",
    v4: 'message M { oneof o { int32 a = 1 [(proto4.field_terms) = {bridge_default: "1"}]; } }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:23: cannot translate this: PACKAGE.v4.M.a has a bridge_default, and is or was in a oneof; leave it out: where no member is set, none is",
  },
  {
    name: "a member that leaves its oneof without a word",
    v3: "message M { oneof o { string a = 1; string b = 2; } }",
    v4: "message M { oneof o { string a = 1; string c = 3; } }",
    error:
      'mapping-loss PACKAGE/v3/m.proto:2:37: field 2 "b" of PACKAGE.v3.M has no counterpart in PACKAGE.v4.M; write (proto4.field_terms) = {was: "b"} on the field that continues it, or say that it ended: [(proto4.field_lifecycle) = DEPRECATED] here, or reserved 2; reserved "b"; there',
  },
  {
    name: "a required field of v3 alone",
    syntax: "proto2",
    v3: "message M { required int32 a = 1 [(proto4.field_lifecycle) = DEPRECATED]; }",
    v4: "message M {}",
    error:
      "mapping-unsupported PACKAGE/v3/m.proto:2:13: cannot translate this: PACKAGE.v3.M.a is required, and the other generation does not know it; make it optional",
  },
  {
    name: "an extension of another type",
    syntax: "proto2",
    v3: "message M { extensions 10 to 20; }\nextend M { optional int32 x = 10; }",
    v4: "message M { extensions 10 to 20; }\nextend M { optional string x = 10; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:12: cannot translate this: PACKAGE.v4.x is string, PACKAGE.v3.x is int32; keep the type, or begin a new field under another name and number and declare x DEPRECATED",
  },
  {
    name: "an extension's number taken by a field",
    syntax: "proto2",
    v3: "message M { extensions 10 to 20; }\nextend M { optional int32 x = 10; }",
    v4: "message M { optional string y = 10; }",
    error:
      'mapping-loss PACKAGE/v3/m.proto:3:12: field 10 "x" of PACKAGE.v3.M has no counterpart in PACKAGE.v4.M; write (proto4.field_terms) = {was: "x"} on the field that continues it, or say that it ended: [(proto4.field_lifecycle) = DEPRECATED] here, or reserved 10; reserved "x"; there',
  },
  {
    name: "a MessageSet that was none",
    syntax: "proto2",
    v3: "message M { extensions 4 to 10; }",
    v4: "message M { option message_set_wire_format = true; extensions 4 to max; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:1: cannot translate this: of PACKAGE.v4.M and PACKAGE.v3.M only one is a MessageSet; pair a MessageSet with a MessageSet, and a message that has fields with one that has",
  },
  {
    name: "a MessageSet of which something changes",
    syntax: "proto2",
    v3: "message M { option message_set_wire_format = true; extensions 4 to max; }\nmessage N { extend M { optional N n = 5; } optional int32 a = 1; }",
    v4: "message M { option message_set_wire_format = true; extensions 4 to max; }\nmessage N { extend M { optional N n = 5; } optional int64 a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:24: cannot translate this: PACKAGE.v4.M is a MessageSet, which is carried as it is, and what it may hold under 5 changes; keep the number and the message of the extension",
  },
  {
    name: "a field that two hooks convert",
    v3: "message M { string a = 1; }",
    v4: 'message M { string b = 2 [(proto4.field_terms) = {hook: "x" was: "a"}]; string c = 3 [(proto4.field_terms) = {hook: "y" was: "a"}]; }',
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:73: both the hooks "x" and "y" convert PACKAGE.v3.M.a; give their fields one hook, or name the field in one of them',
  },
  {
    name: "a hook of a field that is nowhere",
    v3: "message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED]; }",
    v4: 'message M { string b = 2 [(proto4.field_terms) = {hook: "x" was: "a, c"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.b was "a, c", and the elder message has no field "c"; write names of its fields, separated by commas, or leave was out',
  },
  {
    name: "a bridge_default of a field that replaces another",
    v3: "message M { string a = 1; }",
    v4: 'message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; bytes b = 2 [(proto4.field_terms) = {bridge_default: "\\"\\""}]; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:110: cannot translate this: PACKAGE.v4.M.b has a bridge_default, and is replaced or replaces another field; leave it out: where v3 says nothing, neither field is there",
  },
  {
    name: "a bridge_default of a hook",
    v3: "message M { string a = 1; }",
    v4: 'message M { string a = 1 [(proto4.field_terms) = {hook: "x" bridge_default: "\\"\\""}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a has a bridge_default and goes through the hook "x"; leave it out, and let the hook say what is there where v3 says nothing',
  },
  {
    name: "a hook in a oneof",
    v3: "message M { string a = 1; }",
    v4: 'message M { oneof o { string b = 2 [(proto4.field_terms) = {hook: "x" was: "a"}]; } }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:23: cannot translate this: PACKAGE.v4.M.b is in a oneof and goes through the hook "x"; let a hook convert optional fields outside of oneofs',
  },
  {
    name: "a type that is no continuation",
    v3: "message M { A a = 1; } message A {} ",
    v4: "message M { B a = 1; } message B {}",
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is PACKAGE.v4.B, PACKAGE.v3.M.a is PACKAGE.v3.A; write (proto4.message_terms) = {was: "PACKAGE.v3.A"} on PACKAGE.v4.B if it continues it, or begin a new field under another name and number and declare a DEPRECATED',
  },
  {
    name: "an enum that is no continuation",
    v3: "message M { A a = 1; } enum A { Z = 0; }",
    v4: "message M { B a = 1; } enum B { Z = 0; }",
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is PACKAGE.v4.B, PACKAGE.v3.M.a is PACKAGE.v3.A; write (proto4.enum_terms) = {was: "PACKAGE.v3.A"} on PACKAGE.v4.B if it continues it, or begin a new field under another name and number and declare a DEPRECATED',
  },
  {
    name: "a map that was a list",
    v3: "message M { repeated string a = 1; }",
    v4: "message M { map<string, string> a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is a map, PACKAGE.v3.M.a is repeated; make it repeated here too, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "the value of a map",
    v3: "message M { map<string, int32> a = 1; }",
    v4: "message M { map<string, string> a = 1; }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: the value of the map PACKAGE.v4.M.a is string, that of PACKAGE.v3.M.a is int32; keep its type, or begin a new field under another name and number and declare a DEPRECATED",
  },
  {
    name: "a required field of one side",
    syntax: "proto2",
    v3: "message M {}",
    v4: "message M { required int32 a = 1; }",
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is required, and the other generation does not know it; make it optional, or write (proto4.field_terms) = {bridge_default: "…"} with what it is for messages of v3',
  },
  {
    name: "a was that is a path to nowhere",
    v3: "message M { reserved 1; }",
    v4: 'message M { string b = 1 [(proto4.field_terms) = {was: "c.a"}]; }',
    error:
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.b was "c.a", which is no field outside of oneofs in a singular message of the elder parent that v4 does not have any more; keep the field in its message, or leave was out: it then begins anew',
  },
  {
    name: "a message that loses fields without a word while others leave it",
    v3: "message M { A a = 1; } message A { string b = 1; string c = 2; }",
    v4: 'message M { string b = 2 [(proto4.field_terms) = {was: "a.b"}]; }',
    error:
      'mapping-loss PACKAGE/v3/m.proto:2:50: PACKAGE.v4.M continues other fields of "a", and none continues PACKAGE.v3.A.c; write (proto4.field_terms) = {was: "a.c"} on the field that continues it, or say that it ended: [(proto4.field_lifecycle) = DEPRECATED] here',
  },
  {
    name: "a field that leaves a message for a oneof",
    v3: "message M { A a = 1; } message A { string b = 1; }",
    v4: 'message M { oneof o { string b = 2 [(proto4.field_terms) = {was: "a.b"}]; } }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:23: cannot translate this: PACKAGE.v4.M.b goes to or comes from PACKAGE.v3.M.a, and is in a oneof or has a bridge_default; move it out of the oneof, and leave bridge_default out",
  },
  {
    name: "a map that leaves its submessage with other values",
    v3: "message M { N a = 1; } message N { map<string, int32> b = 1; }",
    v4: 'message M { map<string, int64> b = 2 [(proto4.field_terms) = {was: "a.b"}]; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.b goes to or comes from PACKAGE.v3.M.a, and is a map whose keys or values change; leave its types as they are where it moves, or the map where it is",
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
      'mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a is replaced by "b.c", which is no other field of PACKAGE.v4.M; write the name of a field of the same message, or of one in a singular message that v3 does not have',
  },
  {
    name: "a replacement of another type",
    v3: "message M { string a = 1; }",
    v4: 'message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; M b = 2; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a (string) is replaced by b (PACKAGE.v4.M); a singular field outside of oneofs, of v3's own type, can be replaced by one that its values turn into; without replaced_by the two fields live side by side",
  },
  {
    name: "a replacement that is a list",
    v3: "message M { bytes a = 1; }",
    v4: 'message M { bytes a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; repeated M b = 2; }',
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:2:13: cannot translate this: PACKAGE.v4.M.a (bytes) is replaced by b (PACKAGE.v4.M); a singular field outside of oneofs, of v3's own type, can be replaced by one that its values turn into; without replaced_by the two fields live side by side",
  },
  {
    name: "a method that streams otherwise",
    v3: "message M {}\nservice S { rpc Do(M) returns (M); }",
    v4: "message M {}\nservice S { rpc Do(M) returns (stream M); }",
    error:
      "mapping-unsupported PACKAGE/v4/m.proto:3:13: cannot translate this: PACKAGE.v4.S.Do is server-streaming, PACKAGE.v3.S.Do is unary; keep what streams, or write a new method",
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
    name: "a service that ends without a word",
    v3: "message M {}\nservice S { rpc Do(M) returns (M); }\nservice T { rpc Do(M) returns (M); option (proto4.service_lifecycle) = DEPRECATED; }",
    v4: "message M {}",
    error:
      'mapping-loss PACKAGE/v3/m.proto:3:1: service PACKAGE.v3.S has no counterpart in PACKAGE.v4, and who calls it would get no answer; write (proto4.service_terms) = {was: "PACKAGE.v3.S"} on the service that continues it, or option (proto4.service_lifecycle) = DEPRECATED; here',
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
    name: "two fields of which each may continue either",
    v3: "message M { int64 work_completed = 1; int64 work_estimated = 2; }",
    v4: "message M { int64 estimated_work = 1; int64 completed_work = 2; }",
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:13: nothing but type and number tells what continues what: work_completed = 1, work_estimated = 2 of PACKAGE.v3.M, estimated_work = 1, completed_work = 2 of PACKAGE.v4.M; write (proto4.field_terms) = {was: "work_completed"} on the field that continues it, or say what ended: [(proto4.field_lifecycle) = DEPRECATED] in PACKAGE.v3.M, or reserved in PACKAGE.v4.M',
  },
  {
    name: "two fields that may continue one",
    v3: "message M { string mail = 1; }",
    v4: "message M { string email = 1; string nick = 2; }",
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:13: nothing but type and number tells what continues what: mail = 1 of PACKAGE.v3.M, email = 1, nick = 2 of PACKAGE.v4.M; write (proto4.field_terms) = {was: "mail"} on the field that continues it, or say what ended: [(proto4.field_lifecycle) = DEPRECATED] in PACKAGE.v3.M, or reserved in PACKAGE.v4.M',
  },
  {
    name: "two values of which each may continue either",
    v3: "enum E { Z = 0; RED = 1; BLUE = 2; }",
    v4: "enum E { Z = 0; AZURE = 1; SCARLET = 2; }",
    error:
      'mapping-ambiguous PACKAGE/v4/m.proto:2:17: nothing but the number tells what continues what: RED = 1, BLUE = 2 of PACKAGE.v3.E, AZURE = 1, SCARLET = 2 of PACKAGE.v4.E; write (proto4.enum_value_terms) = {was: "RED"} on the value that continues it, or say what ended: [(proto4.enum_value_lifecycle) = DEPRECATED] in PACKAGE.v3.E, or reserved in PACKAGE.v4.E',
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
    Object.fromEntries(refusals.flatMap((refusal, index) => sourcesOf(refusal, index))),
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
