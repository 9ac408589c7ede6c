import { create, toBinary } from "@bufbuild/protobuf";
import { expect, expectTypeOf, test } from "vitest";
import * as elder from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import type * as newer from "../../fixtures/shop/gen/shop/v4/user_pb.js";
import {
  downUserMessage,
  upAddress,
  upAddressMessage,
  upUser,
  upUserMessage,
} from "../../fixtures/shop/gen/shop/v4/user_proto4.js";
import type { Translated } from "../../src/runtime/index.js";

const trust = { stash: "trust" } as const;

test("a message of v3 becomes one of v4 and comes back, unknown fields and what v4 cannot say included", () => {
  const $unknown = [{ no: 700, wireType: 0, data: Uint8Array.of(7) }];
  const user = create(elder.UserSchema, { name: "ada", mail: "ada@shop.example", fax: "12" });
  user.$unknown = $unknown;
  const up = upUserMessage(user);
  expectTypeOf(up).toEqualTypeOf<Translated<newer.User>>();
  expect(up).toMatchObject({ value: { name: "ada", email: "ada@shop.example" }, lost: [] });
  expect(downUserMessage(up.value, trust)).toEqual({ value: user, lost: [] });
});

test("a stash that is not trusted is told as lost by the twin as well", () => {
  const { value } = upUserMessage(create(elder.UserSchema, { fax: "12" }));
  expect(downUserMessage(value).lost).toEqual([{ path: "", reason: "stripped" }]);
});

test("what cannot lose anything gives the value alone, on bytes and on messages", () => {
  const address = create(elder.AddressSchema, { city: "London" });
  const bytes = toBinary(elder.AddressSchema, address);
  expectTypeOf(upAddress(bytes)).toEqualTypeOf<Uint8Array>();
  expect(upAddress(bytes)).toBe(bytes);
  expectTypeOf(upAddressMessage(address)).toEqualTypeOf<newer.Address>();
  expect(upAddressMessage(address)).toMatchObject({ locality: "London" });
  expectTypeOf(upUser(bytes)).toEqualTypeOf<Translated>();
});
