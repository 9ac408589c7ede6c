import { create } from "@bufbuild/protobuf";
import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { type RegisterOptions, registerBoth } from "proto4/connect";
import type { Lost } from "proto4/runtime";
import { afterEach, expect, test } from "vitest";
import { createUsers } from "../../fixtures/shop/app/users.js";
import * as v3 from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import * as v4 from "../../fixtures/shop/gen/shop/v4/user_pb.js";
import { userServiceBridge } from "../../fixtures/shop/gen/shop/v4/user_proto4.js";
import { startShop } from "./shop.js";
import { type RunningServer, startServer } from "./start-server.js";

let server: RunningServer | undefined;

afterEach(() => server?.stop());

test("a v3 client that reads, edits and writes loses nothing of v4", async () => {
  const { elder, newer } = await connect({ stash: "trust" });
  await newer.updateUser({ user: grace });
  const { user: read } = await elder.getUser({ name: "grace" });
  await elder.updateUser({ user: { ...read!, phone: "+1 555 0100" } });
  const { user: after } = await newer.getUser({ name: "grace" });
  expect(after).toMatchObject({ ...grace, phone: "+1 555 0100" });
});

test("a v4 client that reads, edits and writes loses nothing of v3", async () => {
  const { elder, newer } = await connect({ stash: "trust" });
  await elder.updateUser({ user: { name: "emmy", fax: "+49 551 39 0", mail: "emmy@shop.example" } });
  const { user: read } = await newer.getUser({ name: "emmy" });
  await newer.updateUser({ user: { ...read!, email: "noether@shop.example" } });
  const { user: after } = await elder.getUser({ name: "emmy" });
  expect(after).toMatchObject({ fax: "+49 551 39 0", mail: "noether@shop.example" });
});

test("a value that v3 edits wins over the stashed one", async () => {
  const { elder, newer } = await connect({ stash: "trust" });
  await newer.updateUser({ user: grace });
  const { user: read } = await elder.getUser({ name: "grace" });
  await elder.updateUser({ user: { ...read!, loyaltyPoints: 7 } });
  const { user: after } = await newer.getUser({ name: "grace" });
  expect(after?.loyaltyPoints).toBe(7n);
});

test("bytes of v3 that are no profile stay bytes in v4 and come back", async () => {
  const { elder, newer } = await connect({ stash: "trust" });
  const legacyProfile = Uint8Array.of(0x0a, 0xff);
  await elder.updateUser({ user: { name: "eve", legacyProfile } });
  const { user: v4Eve } = await newer.getUser({ name: "eve" });
  expect(v4Eve?.legacyProfile).toEqual(legacyProfile);
  expect(v4Eve?.profileV2).toBeUndefined();
  const { user: v3Eve } = await elder.getUser({ name: "eve" });
  expect(v3Eve?.legacyProfile).toEqual(legacyProfile);
});

test("a stash that comes back is not believed by default, and the loss is told", async () => {
  const told: Lost[] = [];
  const { elder, newer } = await connect({ onLost: (lost) => told.push(...lost) });
  await newer.updateUser({ user: grace });
  const { user: read } = await elder.getUser({ name: "grace" });
  await elder.updateUser({ user: read! });
  expect(told).toEqual([{ path: "user", reason: "stripped" }]);
  const { user: after } = await newer.getUser({ name: "grace" });
  expect(after?.loyaltyPoints).toBe(BigInt(read!.loyaltyPoints));
});

test("a stash that a v4 client sends reaches no v3 client by default", async () => {
  const told: Lost[] = [];
  const { elder, newer } = await connect({ onLost: (lost) => told.push(...lost) });
  await elder.updateUser({ user: { name: "emmy", fax: "+49 551 39 0" } });
  const { user: read } = await newer.getUser({ name: "emmy" });
  expect(read?.$unknown).toHaveLength(1);
  await newer.updateUser({ user: read! });
  expect(told).toEqual([{ path: "user", reason: "stripped" }]);
  const { user: after } = await elder.getUser({ name: "emmy" });
  expect(after?.fax).toBeUndefined();
});

test("a stash is stripped from a v3 message in which nothing changes, too", async () => {
  const told: Lost[] = [];
  const { elder } = await connect({ onLost: (lost) => told.push(...lost) });
  const $unknown = [{ no: 19404, wireType: 2, data: Uint8Array.of(0) }];
  const request = Object.assign(create(v3.GetUserRequestSchema, { name: "ada" }), { $unknown });
  await elder.getUser(request);
  expect(told).toEqual([{ path: "", reason: "stripped" }]);
});

test("where stashes travel in another field, it is that one that is stripped", async () => {
  const told: Lost[] = [];
  const bridge = { ...userServiceBridge, stashNumber: 50_001 };
  server = await startServer((router) =>
    registerBoth(router, bridge, createUsers(), { onLost: (lost) => told.push(...lost) }),
  );
  const elder = createClient(v3.UserService, createGrpcTransport({ baseUrl: server.http2 }));
  const ask = (no: number) => {
    const $unknown = [{ no, wireType: 2, data: Uint8Array.of(0) }];
    return elder.getUser(Object.assign(create(v3.GetUserRequestSchema, { name: "ada" }), { $unknown }));
  };
  await ask(19404);
  expect(told).toEqual([]);
  await ask(50_001);
  expect(told).toEqual([{ path: "", reason: "stripped" }]);
});

test("a v3 client that speaks JSON and drops the header writes back no more than v3 knows", async () => {
  const { elder, newer } = await connect({ stash: "trust" }, { useBinaryFormat: false });
  await newer.updateUser({ user: grace });
  const { user: read } = await elder.getUser({ name: "grace" });
  await elder.updateUser({ user: read! });
  const { user: after } = await newer.getUser({ name: "grace" });
  expect(after).toMatchObject({ profileV2: grace.profileV2, loyaltyPoints: 5n, locale: "", suggestions: [] });
});

const grace = {
  name: "grace",
  profileV2: { displayName: "Grace", biography: "Finds bugs." },
  loyaltyPoints: 2n ** 40n + 5n,
  locale: "en-US",
  suggestions: ["a nanosecond of wire"],
};

async function connect(
  options: RegisterOptions,
  format: { readonly useBinaryFormat?: boolean } = {},
): Promise<{
  elder: Client<typeof v3.UserService>;
  newer: Client<typeof v4.UserService>;
}> {
  server = await startShop(options);
  const transport = createGrpcTransport({ baseUrl: server.http2, ...format });
  return {
    elder: createClient(v3.UserService, transport),
    newer: createClient(v4.UserService, transport),
  };
}
