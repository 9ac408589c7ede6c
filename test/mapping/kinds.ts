import type { Contract } from "../../src/mapping/index.js";
import type { Pair } from "./pair.js";

/** What becomes of the message M of a pair of files. */
interface Kind extends Pair {
  /** A claim. */
  readonly name: string;
  readonly entries: readonly string[];
  readonly contract: Contract;
}

const terms = (text: string) => `[(proto4.field_terms) = {${text}}]`;

const numbers: readonly Kind[] = [
  {
    name: "integers of one range change their encoding and lose nothing",
    v3: "message M { int32 a = 1; uint32 b = 2; int64 c = 3; }",
    v4: "message M { sint32 a = 1; fixed32 b = 2; sfixed64 c = 3; }",
    entries: ["a → a number ISO", "b → b number ISO", "c → c number ISO"],
    contract: "CANON",
  },
  {
    name: "numbers of other ranges keep what fits",
    v3: "message M { int64 a = 1; bool b = 2; double c = 3; float d = 4; int32 e = 5; }",
    v4: "message M { int32 a = 1; int32 b = 2; int64 c = 3; double d = 4; uint32 e = 5; }",
    entries: [
      "a → a number PRISM",
      "b → b number PRISM",
      "c → c number PRISM",
      "d → d number LENS",
      "e → e number PRISM",
    ],
    contract: "CANON",
  },
  {
    name: "an open enum is its number",
    v3: "message M { E a = 1; int64 b = 2; }\nenum E { Z = 0; }",
    v4: "message M { int32 a = 1; E b = 2; }\nenum E { Z = 0; }",
    entries: ["a → a number ISO", "b → b number PRISM"],
    contract: "CANON",
  },
];

const texts: readonly Kind[] = [
  {
    name: "a mask speaks of fields in the words of its side",
    v3: "message M { N n = 1; google.protobuf.FieldMask mask = 2; } message N { string a = 1; }",
    v4: `message M { N n = 1; google.protobuf.FieldMask mask = 2; } message N { string b = 1 ${terms('was: "a"')}; }`,
    entries: ["n → n copy ISO", "mask → mask mask ISO"],
    contract: "CANON",
  },
  {
    name: "text becomes bytes, and bytes text where they are",
    v3: "message M { string a = 1; bytes b = 2; }",
    v4: "message M { bytes a = 1; string b = 2; }",
    entries: ["a → a text PRISM", "b → b text PRISM"],
    contract: "CANON",
  },
  {
    name: "text that need not be UTF-8 is not the same as text that has to",
    syntax: { v3: "2023", v4: "2023" },
    v3: "message M { string a = 1 [features.utf8_validation = NONE]; }",
    v4: "message M { string a = 1; }",
    entries: ["a → a text PRISM"],
    contract: "CANON",
  },
  {
    name: "bytes become the message that they hold, and a message its bytes",
    v3: "message M { bytes a = 1; N b = 2; repeated bytes c = 3; } message N {}",
    v4: "message M { N a = 1; bytes b = 2; repeated N c = 3; } message N { int32 x = 1; }",
    entries: ["a → a blob implicit→explicit PRISM", "b → b blob explicit→implicit PRISM", "c → c blob PRISM"],
    contract: "CANON",
  },
];

const wellKnown: readonly Kind[] = [
  {
    name: "a wrapper gives and takes its value",
    v3: "message M { int32 a = 1; google.protobuf.StringValue b = 2; google.protobuf.UInt32Value c = 3; google.protobuf.BytesValue d = 4; google.protobuf.Int32Value e = 5; }",
    v4: "message M { google.protobuf.Int64Value a = 1; string b = 2; fixed32 c = 3; bytes d = 4; google.protobuf.Int64Value e = 5; }",
    entries: [
      "a → a wrap in v4 (number) implicit→explicit PRISM",
      "b → b wrap in v3 (copy) explicit→implicit LENS",
      "c → c wrap in v3 (number) explicit→implicit LENS",
      "d → d wrap in v3 (copy) explicit→implicit LENS",
      "e → e wrap in v3 (wrap in v4 (number)) PRISM",
    ],
    contract: "CANON",
  },
  {
    name: "an integer counts what the end of its name says",
    v3: "message M { int64 at_seconds = 1; google.protobuf.Duration took = 2; uint32 wait_ms = 3; int64 then_us = 4; }",
    v4: `message M {
      google.protobuf.Timestamp at = 1 ${terms('was: "at_seconds"')};
      int64 took_nanos = 2 ${terms('was: "took"')};
      google.protobuf.Duration wait = 3 ${terms('was: "wait_ms"')};
      google.protobuf.Timestamp then_time = 4 ${terms('was: "then_us"')};
    }`,
    entries: [
      "at_seconds → at time in v4, s implicit→explicit LENS",
      "took → took_nanos time in v3, ns explicit→implicit PRISM",
      "wait_ms → wait time in v4, ms implicit→explicit PRISM",
      "then_us → then_time time in v4, us implicit→explicit LENS",
    ],
    contract: "CANON",
  },
  {
    name: "an integer counts what its unit says, on either side and against its name",
    v3: `message M { int64 a = 1 ${terms('unit: "ms"')}; int64 b = 2; int64 c_s = 3 ${terms('unit: "ns"')}; }`,
    v4: `message M {
      google.protobuf.Timestamp a = 1;
      google.protobuf.Timestamp b = 2 ${terms('unit: "us"')};
      google.protobuf.Timestamp c_s = 3;
    }`,
    entries: [
      "a → a time in v4, ms implicit→explicit LENS",
      "b → b time in v4, us implicit→explicit LENS",
      "c_s → c_s time in v4, ns implicit→explicit PRISM",
    ],
    contract: "CANON",
  },
];

const labels: readonly Kind[] = [
  {
    name: "presence comes and goes",
    v3: "message M { int32 a = 1; optional string b = 2; }",
    v4: "message M { optional int32 a = 1; string b = 2; }",
    entries: ["a → a copy implicit→explicit LENS", "b → b copy explicit→implicit LENS"],
    contract: "CANON",
  },
  {
    name: "one becomes many, and many one, changed or not",
    v3: "message M { int32 a = 1; repeated N b = 2; N c = 3; N d = 4; } message N { int32 x = 1; }",
    v4: "message M { repeated int64 a = 1; N b = 2; repeated N c = 3; repeated N d = 5; } message N { int64 x = 1; }",
    entries: [
      "a → a number implicit→repeated PRISM",
      "b → b nested N repeated→explicit LENS",
      "c → c nested N explicit→repeated LENS",
      "d → d nested N explicit→repeated LENS",
    ],
    contract: "CANON",
  },
  {
    name: "what v4 requires it gets, and v3 likewise",
    syntax: "proto2",
    v3: "message M { optional int32 a = 1; required string b = 2; repeated int32 c = 3; required N d = 4; } message N {}",
    v4: "message M { required int32 a = 1; optional string b = 2; required int32 c = 3; optional N d = 4; } message N {}",
    entries: [
      "a → a copy explicit→required no v3: 0x00 LENS",
      "b → b copy required→explicit no v4: 0x LENS",
      "c → c copy repeated→required no v3: 0x00 LENS",
      "d → d copy required→explicit no v4: 0x LENS",
    ],
    contract: "CANON",
  },
];

const defaults: readonly Kind[] = [
  {
    name: "defaults that differ are written out",
    syntax: "proto2",
    v3: 'message M { optional int32 a = 1 [default = 1]; optional string b = 2 [default = "x"]; optional E c = 3; optional bytes d = 4 [default = "\\001\\"a\\377"]; } enum E { A = 0; B = 1; }',
    v4: "message M { optional int64 a = 1 [default = 2]; optional string b = 2; optional E c = 3 [default = B]; optional bytes d = 4; } enum E { A = 0; B = 1; }",
    entries: [
      "a → a number no v3: 0x01 no v4: 0x02 PRISM",
      "b → b copy no v3: 0x78 no v4: 0x LENS",
      "c → c copy no v3: 0x00 no v4: 0x01 LENS",
      "d → d copy no v3: 0x012261ff no v4: 0x LENS",
    ],
    contract: "MODULO",
  },
  {
    name: "defaults that are spelled otherwise are one",
    syntax: "proto2",
    v3: "message M { optional float a = 1 [default = 1]; optional double b = 2 [default = inf]; optional int32 c = 3 [default = 7]; }",
    v4: "message M { optional float a = 1 [default = 1.0]; optional double b = 2 [default = inf]; optional int64 c = 3 [default = 7]; }",
    entries: ["a → a copy ISO", "b → b copy ISO", "c → c number PRISM"],
    contract: "CANON",
  },
  {
    name: "a bridge_default is what v4 gets, whatever its type",
    v3: "message M { int32 a = 1; E b = 2; N c = 3; string d = 4; } enum E { Z = 0; A = 1; } message N { int32 x = 1; }",
    v4: `message M {
      int64 a = 1 ${terms('bridge_default: "\\"-1\\""')};
      E b = 2 ${terms('bridge_default: "\\"A\\""')};
      N c = 3 ${terms('bridge_default: "{\\"x\\": 300}"')};
      string d = 4 ${terms('bridge_default: "\\"EUR\\""')};
      bytes e = 5 ${terms('bridge_default: "\\"AQI=\\""')};
      google.protobuf.Duration f = 6 ${terms('bridge_default: "\\"1.5s\\""')};
      double g = 7 ${terms('bridge_default: "0.5"')};
      bool h = 8 ${terms('bridge_default: "true"')};
    } enum E { Z = 0; A = 1; } message N { int32 x = 1; }`,
    entries: [
      "a → a number no v3: 0xffffffffffffffffff01 PRISM",
      "b → b copy no v3: 0x01 LENS",
      "c → c copy no v3: 0x08ac02 LENS",
      "d → d copy no v3: 0x455552 LENS",
      "v4 only: e travels else 0x0102 LENS",
      "v4 only: f travels else 0x08011080cab5ee01 LENS",
      "v4 only: g travels else 0x000000000000e03f LENS",
      "v4 only: h travels else 0x01 LENS",
    ],
    contract: "MODULO",
  },
  {
    name: "a required field that only v4 has needs a bridge_default",
    syntax: "proto2",
    v3: "message M {}",
    v4: `message M { required int32 a = 1 ${terms('bridge_default: "0"')}; }`,
    entries: ["v4 only: a travels else 0x00 LENS"],
    contract: "MODULO",
  },
  {
    name: "what holds a message that comes back up to a default does so itself",
    v3: "message M { N n = 1; } message N { int32 a = 1; }",
    v4: `message M { N n = 1; } message N { int32 a = 1 ${terms('bridge_default: "1"')}; }`,
    entries: ["n → n nested N ISO"],
    contract: "MODULO",
  },
];

const enums: readonly Kind[] = [
  {
    name: "closed enums change numbers",
    syntax: "proto2",
    v3: "message M { optional E a = 1; }\nenum E { Z = 0; A = 1; }",
    v4: "message M { optional E a = 1; }\nenum E { Z = 0; A = 2; }",
    entries: ["a → a enum 1:2 PRISM"],
    contract: "CANON",
  },
  {
    name: "enums open and close",
    syntax: { v3: "2023", v4: "2023" },
    v3: "message M { E a = 1; F b = 2; }\nenum E { Z = 0; } enum F { Y = 0; option features.enum_type = CLOSED; }",
    v4: "message M { E a = 1; F b = 2; }\nenum E { Z = 0; option features.enum_type = CLOSED; } enum F { Y = 0; }",
    entries: ["a → a enum PRISM", "b → b enum PRISM"],
    contract: "CANON",
  },
  {
    name: "open values that change hands lose nothing, zero included",
    v3: "message M { E a = 1; repeated E b = 2; }\nenum E { A = 0; B = 1; }",
    v4: "message M { E a = 1; repeated E b = 2; }\nenum E { B = 0; A = 1; }",
    entries: ["a → a enum 1:0 0:1 no v3: 0x01 no v4: 0x01 ISO", "b → b enum 1:0 0:1 ISO"],
    contract: "CANON",
  },
];

const oneofs: readonly Kind[] = [
  {
    name: "a oneof with the same members is streamed",
    v3: "message M { oneof o { string a = 1; int32 b = 2; } }",
    v4: "message M { oneof p { string a = 1; int64 b = 2; } }",
    entries: ["a → a copy ISO", "b → b number PRISM"],
    contract: "CANON",
  },
  {
    name: "fields go into a oneof, and out of one",
    v3: "message M { string a = 1; string b = 2; oneof o { string c = 3; N d = 4; } string e = 5; } message N { int32 x = 1; }",
    v4: "message M { oneof p { string a = 1; string b = 2; } string c = 3; repeated N d = 4; string e = 5; } message N { int64 x = 1; }",
    entries: [
      "oneof {a → a copy, b → b copy} PRISM",
      "oneof {c → c copy, d → d nested N} PRISM",
      "e → e copy ISO",
    ],
    contract: "CANON",
  },
  {
    name: "oneofs that exchange members are one entry, with the members that one side has alone",
    v3: "message M { oneof o { string a = 1; string b = 2; } oneof p { string c = 3; string d = 4 [(proto4.field_lifecycle) = DEPRECATED]; } oneof q { string f = 6; } }",
    v4: "message M { oneof o { string a = 1; string c = 3; } oneof p { string b = 2; string e = 5; } oneof q { string f = 6; } oneof r { string g = 7; } }",
    entries: [
      "oneof {a → a copy, c → c copy, b → b copy, e of v4, d of v3} PRISM",
      "f → f copy ISO",
      "v4 only: g travels ISO",
    ],
    contract: "CANON",
  },
  {
    name: "a member of a closed enum that grows makes its oneof an entry",
    syntax: "proto2",
    v3: "message M { oneof o { E a = 1; string b = 2; } }\nenum E { A = 1; }",
    v4: "message M { oneof o { E a = 1; string b = 2; } }\nenum E { A = 1; B = 2; }",
    entries: ["oneof {a → a enum, b → b copy} PRISM"],
    contract: "CANON",
  },
];

const containers: readonly Kind[] = [
  {
    name: "keys and values of maps change",
    v3: "message M { map<int32, string> a = 1; map<string, E> b = 2; map<int32, N> c = 3; map<string, N> d = 4; } enum E { Z = 0; A = 1; } message N { int32 x = 1; }",
    v4: "message M { map<int64, string> a = 1; map<string, E> b = 2; map<sint32, N> c = 3; map<string, N> d = 4; } enum E { Z = 0; A = 2; } message N { int64 x = 1; }",
    entries: [
      "a → a entry (number, copy) PRISM",
      "b → b entry (copy, enum 1:2) PRISM",
      "c → c entry (number, nested N) ISO",
      "d → d nested DEntry ISO",
    ],
    contract: "CANON",
  },
  {
    name: "a map's values are times, counted as the map's name says",
    v3: "message M { map<string, int64> waits_ms = 1; }",
    v4: `message M { map<string, google.protobuf.Duration> waits = 1 ${terms('was: "waits_ms"')}; }`,
    entries: ["waits_ms → waits entry (copy, time in v4, ms) LENS"],
    contract: "CANON",
  },
  {
    name: "groups change inside, and their numbers",
    syntax: "proto2",
    v3: "message M { optional group G = 1 { optional int32 a = 1; } optional group H = 2 { } repeated group I = 4 { optional int32 a = 1; } }",
    v4: "message M { optional group G = 1 { optional int64 a = 1; } optional group H = 3 { } repeated group I = 5 { optional int64 a = 1; } }",
    entries: ["g → g nested G ISO", "h → h copy ISO", "i → i nested I ISO"],
    contract: "CANON",
  },
  {
    name: "a message in delimited form is none to whoever expects a length",
    syntax: { v3: "2023", v4: "2023" },
    v3: "message M { N a = 1; N b = 2 [features.message_encoding = DELIMITED]; google.protobuf.Timestamp c = 3; } message N {}",
    v4: "message M { N a = 1 [features.message_encoding = DELIMITED]; N b = 2; google.protobuf.Timestamp c = 3 [features.message_encoding = DELIMITED]; } message N {}",
    entries: ["a → a nested N ISO", "b → b nested N ISO", "c → c nested Timestamp ISO"],
    contract: "CANON",
  },
];

const extensions: readonly Kind[] = [
  {
    name: "extensions pair like fields",
    syntax: "proto2",
    v3: "message M { extensions 10 to 30; } extend M { optional int32 x = 10; optional string y = 11; optional string gone = 12; }\nmessage S { extend M { optional S s = 13; } optional int32 a = 1; }",
    v4: `message M { extensions 10 to 30; } extend M { optional int64 x = 10; optional string z = 14 ${terms('was: "PACKAGE.v3.y"')}; optional string fresh = 15; }\nmessage S { extend M { optional S s = 13; } optional int64 a = 1; }`,
    entries: [
      "x → x number PRISM",
      "y → z copy ISO",
      "v4 only: fresh travels ISO",
      "s → s nested S ISO",
      "v3 only: gone travels ISO",
    ],
    contract: "CANON",
  },
  {
    name: "an extension travels where its number is free, and not where it is taken",
    syntax: "proto2",
    v3: "message M { extensions 10 to 19; } extend M { optional int32 x = 10; optional int32 y = 11 [(proto4.field_lifecycle) = DEPRECATED]; }",
    v4: "message M { optional string other = 11; }",
    entries: ["v4 only: other stashed LENS", "v3 only: x travels ISO", "v3 only: y stashed LENS"],
    contract: "CANON",
  },
  {
    name: "a MessageSet travels whole",
    syntax: "proto2",
    v3: "message M { option message_set_wire_format = true; extensions 4 to max; } message N { extend M { optional N n = 5; } optional int32 a = 1; }",
    v4: "message M { option message_set_wire_format = true; extensions 4 to max; } message N { extend M { optional N n = 5; } optional int32 a = 1; }",
    entries: [],
    contract: "BYTES",
  },
];

const moves: readonly Kind[] = [
  {
    name: "fields leave a submessage",
    v3: "message M { Address address = 1; string name = 2; } message Address { string street = 1; int32 zip = 2; string fax = 3 [(proto4.field_lifecycle) = DEPRECATED]; }",
    v4: `message M { string street = 3 ${terms('was: "address.street"')}; string name = 2; int64 zip_code = 4 ${terms('was: "address.zip"')}; }`,
    entries: ["v3 holds in address {street|street copy, zip|zip_code number} LENS", "name → name copy ISO"],
    contract: "CANON",
  },
  {
    name: "fields go into a submessage, as v3 says, or v4 where it keeps them",
    v3: 'message M { string email = 1 [(proto4.field_terms) = {replaced_by: "contact.email"}]; string phone = 2; }',
    v4: 'message M { Contact contact = 3; string phone = 2 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "contact.phone"}]; } message Contact { string email = 1; string phone = 2; string telex = 3; }',
    entries: ["v4 holds in contact {email|email copy, phone|phone copy} LENS", "v4 only: phone stashed LENS"],
    contract: "CANON",
  },
  {
    name: "fields of a hook are converted together",
    v3: "message M { string first = 1; string last = 2; string note = 3; }",
    v4: `message M { string name = 4 [(proto4.field_terms) = {hook: "names" was: "first, last"}]; int32 length = 5 ${terms('hook: "names"')}; string note = 3 ${terms('hook: "notes"')}; }`,
    entries: ["hook names first+last → name+length OPAQUE", "hook notes note → note OPAQUE"],
    contract: "MODULO",
  },
  {
    name: "a field is replaced by one of another type",
    v3: "message M { string a = 1; int64 at_ms = 2; }",
    v4: 'message M { string a = 1 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "b"}]; bytes b = 3; int64 at_ms = 2 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "at"}]; google.protobuf.Timestamp at = 4; }',
    entries: [
      "a → b replaced text, a beside it LENS",
      "at_ms → at replaced time in v4, ms, at_ms beside it LENS",
    ],
    contract: "CANON",
  },
];

const payloads: readonly Kind[] = [
  {
    name: "a payload of Any changes",
    v3: "message M { google.protobuf.Any a = 1; map<string, google.protobuf.Any> b = 2; }",
    v4: "message M { google.protobuf.Any a = 1; map<string, google.protobuf.Any> b = 2; }",
    entries: ["a → a nested Any ISO", "b → b nested BEntry ISO"],
    contract: "CANON",
  },
];

export const kinds: readonly Kind[] = [
  ...numbers,
  ...texts,
  ...wellKnown,
  ...labels,
  ...defaults,
  ...enums,
  ...oneofs,
  ...containers,
  ...extensions,
  ...moves,
  ...payloads,
];
