import { type Client, createClient, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { credentials, Client as GrpcClient, Metadata } from "@grpc/grpc-js";
import { type RegisterOptions, stashHeader } from "proto4/connect";
import type { Lost } from "proto4/runtime";
import { afterEach, describe, expect, test } from "vitest";
import * as tsProto from "../../fixtures/shop/gen/shop/v3/user.js";
import * as v3 from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import * as v4 from "../../fixtures/shop/gen/shop/v4/user_pb.js";
import { startShop } from "./shop.js";
import type { RunningServer } from "./start-server.js";

let server: RunningServer | undefined;

afterEach(() => server?.stop());

const json = { useBinaryFormat: false };

const dialects: readonly (readonly [name: string, connect: (server: RunningServer) => Transport])[] = [
  ["Connect", ({ http1 }) => createConnectTransport({ baseUrl: http1, httpVersion: "1.1", ...json })],
  ["gRPC", ({ http2 }) => createGrpcTransport({ baseUrl: http2, ...json })],
  ["gRPC-Web", ({ http1 }) => createGrpcWebTransport({ baseUrl: http1, httpVersion: "1.1", ...json })],
];

describe.each(dialects)("a v3 client that speaks JSON over %s", (_, connect) => {
  test("loses nothing of v4 when it sends back the header that it got", async () => {
    const { newer } = await start({ stash: "trust" });
    const elder = createClient(v3.UserService, connect(server!));
    await newer.updateUser({ user: grace });
    const { user, stash } = await read(elder);
    expect(stash).not.toBe("");
    await elder.updateUser(
      { user: { ...user!, phone: "+1 555 0100" } },
      { headers: { [stashHeader]: stash } },
    );
    const { user: after } = await newer.getUser({ name: "grace" });
    expect(after).toMatchObject({ ...grace, phone: "+1 555 0100" });
  });

  test("edits what the stash has the original of, and the edit wins", async () => {
    const { newer } = await start({ stash: "trust" });
    const elder = createClient(v3.UserService, connect(server!));
    await newer.updateUser({ user: grace });
    const { user, stash } = await read(elder);
    await elder.updateUser({ user: { ...user!, loyaltyPoints: 7 } }, { headers: { [stashHeader]: stash } });
    const { user: after } = await newer.getUser({ name: "grace" });
    expect(after).toMatchObject({ ...grace, loyaltyPoints: 7n });
  });
});

test("a v4 client that speaks JSON loses nothing of v3, and what the service keeps stays whole", async () => {
  await start({ stash: "trust" });
  const elder = createClient(v3.UserService, createGrpcTransport({ baseUrl: server!.http2 }));
  const newer = createClient(v4.UserService, dialects[0]![1](server!));
  await elder.updateUser({ user: { name: "emmy", fax: "+49 551 39 0" } });
  const headers = new Headers();
  const { user } = await newer.getUser({ name: "emmy" }, { onHeader: (got) => copy(got, headers) });
  expect((await elder.getUser({ name: "emmy" })).user?.fax).toBe("+49 551 39 0");
  await newer.updateUser({ user: { ...user!, email: "noether@shop.example" } }, { headers });
  const { user: after } = await elder.getUser({ name: "emmy" });
  expect(after).toMatchObject({ fax: "+49 551 39 0", mail: "noether@shop.example" });
});

test("a binary client whose stub drops unknown fields loses nothing when it asks for the header", async () => {
  const { newer } = await start({ stash: "trust" });
  await newer.updateUser({ user: grace });
  const client = new GrpcClient(new URL(server!.http2).host, credentials.createInsecure());
  const asked = new Metadata();
  asked.set(stashHeader, Buffer.alloc(0));
  const { user, stash } = await call(client, "GetUser", calls.GetUser("grace"), asked);
  expect(stash).toBeDefined();
  const echoed = new Metadata();
  echoed.set(stashHeader, stash!);
  await call(client, "UpdateUser", calls.UpdateUser({ ...user!, phone: "+1 555 0100" }), echoed);
  client.close();
  const { user: after } = await newer.getUser({ name: "grace" });
  expect(after).toMatchObject({ ...grace, phone: "+1 555 0100" });
});

test("a binary client that does not ask has the stash in the message, and no header", async () => {
  const { newer } = await start({ stash: "trust" });
  await newer.updateUser({ user: grace });
  const elder = createClient(v3.UserService, createGrpcTransport({ baseUrl: server!.http2 }));
  const { user, stash } = await read(elder);
  expect(user?.$unknown?.length).toBeGreaterThan(0);
  expect(stash).toBe("");
});

test("who is not trusted gets no header, and one that comes is stripped and told", async () => {
  const told: Lost[] = [];
  const { newer } = await start({ onLost: (lost) => told.push(...lost) });
  await newer.updateUser({ user: grace });
  const elder = createClient(v3.UserService, dialects[0]![1](server!));
  const { user, stash } = await read(elder);
  expect(stash).toBe("");
  await elder.updateUser({ user: user! }, { headers: { [stashHeader]: "EgA" } });
  expect(told).toEqual([{ path: "", reason: "stripped" }]);
});

test("a stash larger than the header may be is lost, and told", async () => {
  const told: Lost[] = [];
  const { newer } = await start({ stash: "trust", onLost: (lost) => told.push(...lost) });
  await newer.updateUser({ user: { ...grace, suggestions: ["x".repeat(7000)] } });
  const elder = createClient(v3.UserService, dialects[0]![1](server!));
  expect((await read(elder)).stash).toBe("");
  expect(told).toEqual([{ path: "", reason: "limit" }]);
});

test.each(["%%%", "Bw", "EgQJAQ"])(
  "a header that is no envelope (%s) is told, and the call goes on",
  async (header) => {
    const told: Lost[] = [];
    await start({ stash: "trust", onLost: (lost) => told.push(...lost) });
    const elder = createClient(v3.UserService, dialects[0]![1](server!));
    const { user } = await elder.getUser({ name: "ada" }, { headers: { [stashHeader]: header } });
    expect(user?.name).toBe("ada");
    expect(told).toEqual([{ path: "", reason: "malformed" }]);
  },
);

const grace = {
  name: "grace",
  profileV2: { displayName: "Grace", biography: "Finds bugs." },
  loyaltyPoints: 2n ** 40n + 5n,
  locale: "en-US",
  suggestions: ["a nanosecond of wire"],
};

async function start(options: RegisterOptions): Promise<{ readonly newer: Client<typeof v4.UserService> }> {
  server = await startShop(options);
  return { newer: createClient(v4.UserService, createGrpcTransport({ baseUrl: server.http2 })) };
}

async function read(elder: Client<typeof v3.UserService>) {
  let stash = "";
  const onHeader = (headers: Headers) => {
    stash = headers.get(stashHeader) ?? "";
  };
  const { user } = await elder.getUser({ name: "grace" }, { onHeader });
  return { user, stash };
}

function copy(from: Headers, to: Headers): void {
  to.set(stashHeader, from.get(stashHeader) ?? "");
}

/** As stubs of ts-proto without `unknownFields=true`: `fromPartial` takes declared fields alone. */
const calls = {
  GetUser: (name: string) => tsProto.GetUserRequest.encode(tsProto.GetUserRequest.fromPartial({ name })),
  UpdateUser: (user: tsProto.User) =>
    tsProto.UpdateUserRequest.encode({ user: tsProto.User.fromPartial(user as object) }),
} as const;

function call(
  client: GrpcClient,
  method: keyof typeof calls,
  request: { finish(): Uint8Array },
  metadata: Metadata,
): Promise<{ readonly user: tsProto.User | undefined; readonly stash: Buffer | undefined }> {
  return new Promise((resolve, reject) => {
    let stash: Buffer | undefined;
    client
      .makeUnaryRequest(
        `/shop.v3.UserService/${method}`,
        (writer: { finish(): Uint8Array }) => Buffer.from(writer.finish()),
        (bytes: Buffer) => tsProto.GetUserResponse.decode(bytes),
        request,
        metadata,
        (error, answer) => {
          const user = answer?.user && tsProto.User.fromPartial(answer.user as object);
          if (error === null) resolve({ user, stash });
          else reject(error);
        },
      )
      .on("metadata", (got: Metadata) => {
        [stash] = got.get(stashHeader) as Buffer[];
      });
  });
}
