import { beforeAll, expect, test } from "vitest";
import {
  compileFilePlan,
  compilePlan,
  type Entry,
  type Mapping,
  mapSchema,
} from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "./compile.js";

const files = {
  "shop/v3/user.proto": `syntax = "proto3";
    package shop.v3;
    import "google/protobuf/timestamp.proto";
    import "proto4/options.proto";
    message User {
      string name = 1;
      int32 points = 2;
      bytes legacy_profile = 3;
      string mail = 5;
      State state = 6;
      string fax = 7 [(proto4.field_lifecycle) = DEPRECATED];
      map<string, Address> addresses = 8;
      google.protobuf.Timestamp born = 9;
      Tree tree = 10;
      string telex = 11;
    }
    message Address { string city = 2; message Zone { int32 code = 1; } Zone zone = 3; }
    message Tree { repeated Tree children = 1; Leaf leaf = 2; }
    message Leaf { Tree tree = 1; }
    enum State { STATE_UNSPECIFIED = 0; STATE_OPEN = 1; STATE_GONE = 2; }
    message Gone {}
  `,
  "shop/v4/user.proto": `syntax = "proto3";
    package shop.v4;
    import "google/protobuf/timestamp.proto";
    import "proto4/options.proto";
    message User {
      reserved 11, 20 to 29;
      string name = 1;
      int64 points = 2;
      bytes legacy_profile = 3 [(proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = {replaced_by: "profile_v2"}];
      ProfileV2 profile_v2 = 4;
      string email = 5;
      UserState state = 6;
      map<string, Place> addresses = 12;
      google.protobuf.Timestamp born = 9;
      Tree tree = 10;
      oneof greeting { string hello = 13; int32 wave = 14; }
    }
    message ProfileV2 { string bio = 1; }
    message Place {
      option (proto4.message_terms) = {was: "shop.v3.Address"};
      string city = 2;
      message Zone { int64 code = 1; }
      Zone zone = 3;
    }
    message Tree { repeated Tree children = 1; Leaf leaf = 2; }
    message Leaf { Tree tree = 1; }
    enum UserState {
      option (proto4.enum_terms) = {was: "shop.v3.State"};
      USER_STATE_UNSPECIFIED = 0;
      USER_STATE_OPEN = 3;
      USER_STATE_LEFT = 2;
    }
  `,
  "shop/v3/order.proto": `syntax = "proto3";
    package shop.v3;
    import "shop/v3/user.proto";
    import "google/protobuf/empty.proto";
    message Order { User user = 1; Tree tree = 2; }
    service Orders {
      rpc Get(Order) returns (Order);
      rpc Fetch(stream Order) returns (stream google.protobuf.Empty);
      rpc Fax(Order) returns (Order) { option (proto4.method_lifecycle) = DEPRECATED; }
    }
    import "proto4/options.proto";
  `,
  "shop/v4/order.proto": `syntax = "proto3";
    package shop.v4;
    import "shop/v4/user.proto";
    import "proto4/options.proto";
    import "google/protobuf/empty.proto";
    message Order { User user = 1; Tree tree = 2; }
    service OrderService {
      option (proto4.service_terms) = {was: "shop.v3.Orders"};
      rpc Pull(stream Order) returns (stream google.protobuf.Empty) {
        option (proto4.method_terms) = {was: "shop.v3.Orders.Fetch"};
      }
      rpc Get(Order) returns (Order);
      rpc Put(Order) returns (Order);
    }
  `,
  ...Object.fromEntries(
    ["v1alpha1", "v1alpha2", "v1beta1", "v1", "v2", "v10"].map((version) => [
      `order/${version}/m.proto`,
      `syntax = "proto3"; package order.${version}; message M {}`,
    ]),
  ),
  "named/elder/m.proto": 'syntax = "proto3"; package named.elder; message M {}',
  "named/newer/m.proto": `syntax = "proto3"; package named.newer; import "proto4/options.proto";
    option (proto4.upgrades) = "named.elder"; message M {}`,
};

let schema: Schema;
let mapping: Mapping;
beforeAll(async () => {
  ({ schema } = await compile(files));
  mapping = mapSchema(schema, { v4: "shop.v4" })!;
});

test("a package continues the next lower version, unstable ones below stable ones", () => {
  const elders = ["v10", "v2", "v1", "v1beta1", "v1alpha2", "v1alpha1"].map(
    (version) => mapSchema(schema, { v4: `order.${version}` })?.v3,
  );
  expect(elders).toEqual([
    "order.v2",
    "order.v1",
    "order.v1beta1",
    "order.v1alpha2",
    "order.v1alpha1",
    undefined,
  ]);
});

test("upgrades names a package that the convention does not find", () => {
  expect(mapSchema(schema, { v4: "named.newer" })?.v3).toBe("named.elder");
});

test("a package that the input does not hold is an error", () => {
  expect(() => mapSchema(schema, { v4: "absent.v1" })).toThrow(/holds no file of the package absent.v1/);
  expect(() => mapSchema(schema, { v4: "shop.v4", v3: "absent.v1" })).toThrow(
    /holds no file of the package absent.v1/,
  );
});

test("messages pair by was, by name, and within what they are nested in", () => {
  expect(mapping.messages.map(({ v3, v4 }) => [v3.fullName, v4.fullName])).toEqual([
    ["shop.v3.User", "shop.v4.User"],
    ["shop.v3.User.AddressesEntry", "shop.v4.User.AddressesEntry"],
    ["shop.v3.Address", "shop.v4.Place"],
    ["shop.v3.Address.Zone", "shop.v4.Place.Zone"],
    ["shop.v3.Tree", "shop.v4.Tree"],
    ["shop.v3.Leaf", "shop.v4.Leaf"],
    ["shop.v3.Order", "shop.v4.Order"],
  ]);
});

test("a message changes if one that it reaches does, and messages that reach each other do not for that", () => {
  const identical = mapping.messages.filter((message) => message.identical).map(({ v4 }) => v4.name);
  expect(identical.sort()).toEqual(["Leaf", "Tree"]);
  expect(mapping.messages.filter(({ contract }) => contract === "BYTES").length).toBe(2);
});

test("each field gets its entry and the class of its loss", () => {
  const user = mapping.messages.find(({ v4 }) => v4.name === "User");
  expect(user?.entries.map(tell)).toEqual([
    "name → name copy ISO",
    "points → points number PRISM",
    "legacy_profile → profile_v2 replaced, legacy_profile beside it LENS",
    "mail → email copy ISO",
    "state → state enum PRISM",
    "addresses → addresses nested ISO",
    "born → born copy ISO",
    "tree → tree copy ISO",
    "v4 only: hello travels ISO",
    "v4 only: wave travels ISO",
    "v3 only: fax travels ISO",
    "v3 only: telex stashed LENS",
  ]);
});

function tell(entry: Entry): string {
  if (entry.kind === "only")
    return `${entry.side} only: ${entry.field.name} ${entry.travels ? "travels" : "stashed"} ${entry.loss}`;
  if (entry.kind !== "paired" && entry.kind !== "replaced") return entry.kind;
  const names = `${entry.v3.name} → ${entry.v4.name}`;
  return entry.kind === "replaced"
    ? `${names} replaced, ${entry.bridge.name} beside it ${entry.loss}`
    : `${names} ${entry.conversion.kind} ${entry.loss}`;
}

test("values pair by name, whatever enum's name is in front, and by number", () => {
  const [state] = mapping.enums;
  expect(state?.values.map(({ v3, v4 }) => [v3.name, v4.name])).toEqual([
    ["STATE_UNSPECIFIED", "USER_STATE_UNSPECIFIED"],
    ["STATE_OPEN", "USER_STATE_OPEN"],
    ["STATE_GONE", "USER_STATE_LEFT"],
  ]);
  expect(state?.renumbered).toEqual([[1, 3]]);
});

test("methods pair by was and name; what is new or DEPRECATED may stand alone", () => {
  const [service] = mapping.services;
  expect([service?.v3.name, service?.v4.name]).toEqual(["Orders", "OrderService"]);
  expect(
    service?.methods.map(({ v3, v4, kind, output }) => [v3.name, v4.name, kind, output.v3, output.v4]),
  ).toEqual([
    ["Fetch", "Pull", "bidi-streaming", "google.protobuf.Empty", "google.protobuf.Empty"],
    ["Get", "Get", "unary", "shop.v3.Order", "shop.v4.Order"],
  ]);
});

test("the plan of a file holds its messages and names the files it leans on", () => {
  const order = compileFilePlan(mapping, "shop/v4/order.proto");
  expect(order.plan.messages.map(({ v4 }) => v4)).toEqual(["shop.v4.Order"]);
  expect(order.uses).toEqual(["shop/v4/user.proto"]);
  expect(compileFilePlan(mapping, "shop/v4/user.proto").uses).toEqual([]);
});

test("the plan says what decides about bytes, and nothing else", () => {
  const { messages, shapes } = compilePlan(mapping);
  expect(messages.find(({ v4 }) => v4 === "shop.v4.User")).toMatchInlineSnapshot(`
    {
      "changes": {
        "changed": [
          {
            "digest": "ec2d70236bbbb930",
            "element": {
              "kind": "number",
            },
            "kind": "convert",
            "v3": {
              "label": "implicit",
              "name": "points",
              "number": 2,
              "type": "int32",
            },
            "v4": {
              "label": "implicit",
              "name": "points",
              "number": 2,
              "type": "int64",
            },
          },
          {
            "bridge": {
              "label": "implicit",
              "name": "legacy_profile",
              "number": 3,
              "type": "bytes",
            },
            "digest": "70b0bb52c8bf1aa9",
            "element": {
              "kind": "blob",
            },
            "kind": "replaced",
            "v3": {
              "label": "implicit",
              "name": "legacy_profile",
              "number": 3,
              "type": "bytes",
            },
            "v4": {
              "message": "shop.v4.ProfileV2",
              "name": "profile_v2",
              "number": 4,
              "type": "message",
            },
          },
          {
            "digest": "78abdf7c785c1446",
            "element": {
              "kind": "enum",
              "values": [
                [
                  1,
                  3,
                ],
              ],
            },
            "kind": "convert",
            "v3": {
              "label": "implicit",
              "name": "state",
              "number": 6,
              "type": "enum",
            },
            "v4": {
              "label": "implicit",
              "name": "state",
              "number": 6,
              "type": "enum",
            },
          },
          {
            "kind": "nested",
            "message": "shop.v3.User.AddressesEntry",
            "v3": {
              "label": "map",
              "name": "addresses",
              "number": 8,
              "type": "message",
            },
            "v4": {
              "label": "map",
              "name": "addresses",
              "number": 12,
              "type": "message",
            },
          },
        ],
        "digest": "7a8e642af1dfcce1",
        "only": [
          {
            "digest": "1c80de5be2a1815a",
            "field": {
              "name": "hello",
              "number": 13,
              "oneof": "greeting",
              "type": "string",
            },
            "side": "v4",
          },
          {
            "digest": "1c80de5be2a1815a",
            "field": {
              "name": "wave",
              "number": 14,
              "oneof": "greeting",
              "type": "int32",
            },
            "side": "v4",
          },
          {
            "digest": "bdbe5d2bdff03533",
            "field": {
              "label": "implicit",
              "name": "fax",
              "number": 7,
              "type": "string",
            },
            "side": "v3",
          },
          {
            "field": {
              "label": "implicit",
              "name": "telex",
              "number": 11,
              "type": "string",
            },
            "side": "v3",
          },
        ],
        "reserved": [
          [
            11,
            11,
          ],
          [
            20,
            29,
          ],
        ],
        "same": [
          {
            "label": "implicit",
            "name": "name",
            "number": 1,
            "type": "string",
          },
          {
            "label": "implicit",
            "name": "email",
            "number": 5,
            "type": "string",
          },
          {
            "name": "born",
            "number": 9,
            "type": "message",
          },
          {
            "name": "tree",
            "number": 10,
            "type": "message",
          },
        ],
      },
      "contract": "CANON",
      "v3": "shop.v3.User",
      "v4": "shop.v4.User",
    }
  `);
  expect(messages.find(({ v4 }) => v4 === "shop.v4.Tree")).toMatchInlineSnapshot(`
    {
      "contract": "BYTES",
      "v3": "shop.v3.Tree",
      "v4": "shop.v4.Tree",
    }
  `);
  expect(shapes).toMatchInlineSnapshot(`
    [
      {
        "fields": [
          {
            "label": "implicit",
            "name": "bio",
            "number": 1,
            "type": "string",
          },
        ],
        "message": "shop.v4.ProfileV2",
      },
    ]
  `);
});
