import { create, fromBinary, type Message, toBinary, type UnknownField } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import {
  GetOrderResponseSchema,
  ImportOrdersRequestSchema,
  type Order,
  OrderSchema,
} from "../../fixtures/shop/gen/shop/v3/order_pb.js";
import { attachStash, detachStash } from "../../src/runtime/index.js";

/** A field that shop.v3 does not know: `\"hi\"` in field 500. */
const unknown: UnknownField = { no: 500, wireType: 2, data: Uint8Array.of(2, 0x68, 0x69) };
const group: UnknownField = { no: 501, wireType: 3, data: Uint8Array.of(8, 1, 0xac, 0x1f) };

describe("what unknown fields carry", () => {
  test("comes back to its places: root, list, map, oneof", () => {
    const bytes = toBinary(OrderSchema, makeOrder());
    const { value, stash } = detachStash(OrderSchema, bytes);
    expect(toBinary(OrderSchema, fromBinary(OrderSchema, bytes), { writeUnknownFields: false })).toEqual(
      value,
    );
    expect(attachStash(OrderSchema, value, stash)).toEqual({ value: bytes, lost: [] });
  });

  test("is not there where there was nothing", () => {
    const bytes = toBinary(OrderSchema, create(OrderSchema, { id: "o-1" }));
    expect(detachStash(OrderSchema, bytes)).toEqual({ value: bytes, stash: new Uint8Array() });
  });

  test("finds the order in a request that holds what the response was, and the reverse", () => {
    const order = toBinary(OrderSchema, makeOrder());
    const response = toBinary(GetOrderResponseSchema, create(GetOrderResponseSchema, { order: makeOrder() }));
    const inside = detachStash(GetOrderResponseSchema, response);
    const alone = detachStash(OrderSchema, order);
    const request = toBinary(
      ImportOrdersRequestSchema,
      create(ImportOrdersRequestSchema, { order: makeOrder() }),
    );
    const bare = detachStash(ImportOrdersRequestSchema, request).value;
    expect(attachStash(ImportOrdersRequestSchema, bare, inside.stash)).toEqual({ value: request, lost: [] });
    expect(attachStash(ImportOrdersRequestSchema, bare, alone.stash)).toEqual({ value: request, lost: [] });
    expect(attachStash(OrderSchema, alone.value, inside.stash)).toEqual({ value: order, lost: [] });
  });

  test("of an element of a list goes to no other element, and the loss is told", () => {
    const { value, stash } = detachStash(OrderSchema, toBinary(OrderSchema, makeOrder()));
    const edited = fromBinary(OrderSchema, value);
    edited.items.shift();
    const attached = attachStash(OrderSchema, toBinary(OrderSchema, edited), stash);
    expect(attached.lost).toEqual([{ path: "items.1", reason: "edited" }]);
    expect(fromBinary(OrderSchema, attached.value).items.map(({ $unknown }) => $unknown)).toEqual([
      undefined,
    ]);
  });

  test("of a part that is gone is lost, and told; what is edited beside it is kept", () => {
    const { value, stash } = detachStash(OrderSchema, toBinary(OrderSchema, makeOrder()));
    const edited = fromBinary(OrderSchema, value);
    edited.parcels = {};
    edited.userName = "grace";
    const { lost, value: attached } = attachStash(OrderSchema, toBinary(OrderSchema, edited), stash);
    expect(lost).toEqual([{ path: "parcels.1Z", reason: "edited" }]);
    expect(fromBinary(OrderSchema, attached)).toMatchObject({
      userName: "grace",
      $unknown: [unknown, group],
    });
  });

  test("belongs to a type, and to no other that has the same fields", () => {
    const { stash } = detachStash(OrderSchema, toBinary(OrderSchema, withUnknown(create(OrderSchema))));
    const other = toBinary(GetOrderResponseSchema, create(GetOrderResponseSchema));
    expect(attachStash(GetOrderResponseSchema, other, stash)).toEqual({
      value: other,
      lost: [{ path: "", reason: "edited" }],
    });
  });

  test.each([[[7]], [[0x12, 5]], [[0x12, 3, 0x1a, 1, 7]]])(
    "%j is malformed, and changes nothing",
    (stash) => {
      const bytes = toBinary(OrderSchema, create(OrderSchema, { id: "o-1" }));
      expect(attachStash(OrderSchema, bytes, Uint8Array.from(stash))).toEqual({
        value: bytes,
        lost: [{ path: "", reason: "malformed" }],
      });
    },
  );
});

function makeOrder(): Order {
  const order: Order = create(OrderSchema, {
    id: "o-1",
    items: [{ sku: "nut" }, { sku: "bolt" }],
    parcels: { "1Z": { carrier: "Royal Mail" } },
    payment: { case: "card", value: { lastDigits: "4242" } },
  });
  withUnknown(order.items[1]!);
  withUnknown(order.parcels["1Z"]!);
  if (order.payment.case === "card") withUnknown(order.payment.value);
  order.$unknown = [unknown, group];
  return order;
}

function withUnknown<Shape extends Message>(message: Shape): Shape {
  message.$unknown = [unknown];
  return message;
}
