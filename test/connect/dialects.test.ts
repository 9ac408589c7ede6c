import { createClient } from "@connectrpc/connect";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as v3 from "../../fixtures/shop/gen/shop/v3/order_pb.js";
import * as v3user from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import * as v4 from "../../fixtures/shop/gen/shop/v4/order_pb.js";
import { startShop } from "./shop.js";
import type { RunningServer } from "./start-server.js";
import { collect, send } from "./streams.js";
import { dialects } from "./transports.js";

let server: RunningServer;

beforeAll(async () => {
  server = await startShop();
});

afterAll(() => server.stop());

describe.each(dialects)("$name", ({ bidi, connect }) => {
  test("a v3 client is answered in v3's names, numbers and types", async () => {
    const { user } = await createClient(v3user.UserService, connect(server)).getUser({ name: "ada" });
    expect(user).toMatchObject({
      name: "ada",
      mail: "ada@shop.example",
      phone: "+44 20 7946 0018",
      loyaltyPoints: 120,
      addresses: [{ street: "12 St James's Square", city: "London", country: "GB" }],
    });
    expect(Buffer.from(user!.legacyProfile).toString("latin1")).toBe("\n\x03Ada\x12\x0dWrites notes.");
  });

  test("a v3 client reads a stream, enums and maps translated", async () => {
    const client = createClient(v3.OrderService, connect(server));
    const orders = await collect(client.listOrders({ userName: "ada" }));
    expect(orders.map(({ order }) => order?.status)).toEqual([v3.OrderStatus.SENT, v3.OrderStatus.CANCELLED]);
    expect(orders[0]?.order).toMatchObject({
      items: [{ sku: "loom", price: 129_900 }],
      parcels: { "1Z": { carrier: "Royal Mail", weightGrams: 2_500 } },
      payment: { case: "card", value: { lastDigits: "4242" } },
    });
  });

  test("a v3 client sends a stream, and v4 clients find what it sent", async () => {
    const client = createClient(v3.OrderService, connect(server));
    const order = {
      id: "o-9",
      userName: "grace",
      status: v3.OrderStatus.SENT,
      items: [{ sku: "nut", price: 7 }],
    };
    expect(await client.importOrders(send({ order }, { order }))).toMatchObject({ imported: 2 });
    const found = await createClient(v4.OrderService, connect(server)).getOrder({ id: "o-9" });
    expect(found.order).toMatchObject({ status: v4.OrderStatus.SHIPPED, items: [{ sku: "nut", price: 7n }] });
  });

  test.runIf(bidi)("a v3 client streams both ways", async () => {
    const client = createClient(v3.OrderService, connect(server));
    const answers = await collect(
      client.syncOrders(send({ order: { id: "o-1" } }, { order: { id: "o-2" } })),
    );
    expect(answers.map(({ order }) => order?.id)).toEqual(["o-1", "o-2"]);
  });
});
