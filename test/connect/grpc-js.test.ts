import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { credentials, type ServiceError, status } from "@grpc/grpc-js";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  type ImportOrdersResponse,
  Order,
  OrderServiceClient,
  OrderStatus,
} from "../../fixtures/shop/gen/shop/v3/order.js";
import { type User, UserServiceClient } from "../../fixtures/shop/gen/shop/v3/user.js";
import * as v4 from "../../fixtures/shop/gen/shop/v4/user_pb.js";
import { startShop } from "./shop.js";
import type { RunningServer } from "./start-server.js";
import { collect } from "./streams.js";

let server: RunningServer;
let users: UserServiceClient;
let orders: OrderServiceClient;

beforeEach(async () => {
  server = await startShop({ stash: "trust" });
  const address = new URL(server.http2).host;
  users = new UserServiceClient(address, credentials.createInsecure());
  orders = new OrderServiceClient(address, credentials.createInsecure());
});

afterEach(async () => {
  users.close();
  orders.close();
  await server.stop();
});

test("a ts-proto client of v3 is answered in v3's terms", async () => {
  expect(await getUser("ada")).toMatchObject({ mail: "ada@shop.example", loyaltyPoints: 120, age: 36 });
});

test("a ts-proto client of v3 that reads, edits and writes loses nothing of v4", async () => {
  const newer = createClient(v4.UserService, createGrpcTransport({ baseUrl: server.http2 }));
  const grace = { name: "grace", loyaltyPoints: 2n ** 40n + 5n, locale: "en-US", suggestions: ["wire"] };
  await newer.updateUser({ user: grace });
  const read = await getUser("grace");
  await updateUser({ ...read!, phone: "+1 555 0100" });
  const { user } = await newer.getUser({ name: "grace" });
  expect(user).toMatchObject({ ...grace, phone: "+1 555 0100" });
});

test("a ts-proto client of v3 reads a stream", async () => {
  const listed = await collect(orders.listOrders({ userName: "ada" }));
  expect(listed.map(({ order }) => order.status)).toEqual([
    OrderStatus.ORDER_STATUS_SENT,
    OrderStatus.ORDER_STATUS_CANCELLED,
  ]);
});

test("a ts-proto client of v3 sends a stream", async () => {
  const response = await new Promise<ImportOrdersResponse>((resolve, reject) => {
    const stream = orders.importOrders((error, answer) => (error === null ? resolve(answer) : reject(error)));
    stream.write({ order: Order.fromPartial({ id: "o-7" }) });
    stream.write({ order: Order.fromPartial({ id: "o-8" }) });
    stream.end();
  });
  expect(response.imported).toBe(2);
});

test("a ts-proto client of v3 streams both ways", async () => {
  const stream = orders.syncOrders();
  stream.write({ order: Order.fromPartial({ id: "o-2" }) });
  stream.write({ order: Order.fromPartial({ id: "o-1" }) });
  stream.end();
  expect((await collect(stream)).map(({ order }) => order.id)).toEqual(["o-2", "o-1"]);
});

test("a ts-proto client of v3 sees the implementation's error", async () => {
  const error = await getUser("nobody").catch((reason: ServiceError) => reason);
  expect(error).toMatchObject({ code: status.NOT_FOUND, details: 'nobody here is called "nobody"' });
});

function getUser(name: string): Promise<User | undefined> {
  return new Promise((resolve, reject) => {
    users.getUser({ name }, (error, { user } = { user: undefined }) =>
      error ? reject(error) : resolve(user),
    );
  });
}

function updateUser(user: User): Promise<User | undefined> {
  return new Promise((resolve, reject) => {
    users.updateUser({ user }, (error, { user } = { user: undefined }) =>
      error ? reject(error) : resolve(user),
    );
  });
}
