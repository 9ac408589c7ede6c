import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, createClient, type HandlerContext, type ServiceImpl } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport } from "@connectrpc/connect-node";
import { registerBoth } from "proto4/connect";
import type { Translator } from "proto4/runtime";
import { afterEach, expect, test } from "vitest";
import { createUsers } from "../../fixtures/shop/app/users.js";
import * as v3 from "../../fixtures/shop/gen/shop/v3/order_pb.js";
import * as v3user from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import type { OrderService } from "../../fixtures/shop/gen/shop/v4/order_pb.js";
import { orderServiceBridge } from "../../fixtures/shop/gen/shop/v4/order_proto4.js";
import { UserSchema } from "../../fixtures/shop/gen/shop/v4/user_pb.js";
import { userServiceBridge } from "../../fixtures/shop/gen/shop/v4/user_proto4.js";
import { type RunningServer, startServer } from "./start-server.js";
import { send } from "./streams.js";

let server: RunningServer | undefined;

afterEach(() => server?.stop());

test("headers, trailers and the deadline are the v3 call's own", async () => {
  let seen: HandlerContext | undefined;
  const client = await serveOrders({
    getOrder(_, context) {
      seen = context;
      context.responseHeader.set("shop-greeting", "hello");
      context.responseTrailer.set("shop-farewell", "bye");
      return {};
    },
  });
  let greeting: string | null = null;
  let farewell: string | null = null;
  await client.getOrder(
    { id: "o-1" },
    {
      headers: { "shop-visitor": "ada" },
      timeoutMs: 5_000,
      onHeader: (headers) => {
        greeting = headers.get("shop-greeting");
      },
      onTrailer: (trailers) => {
        farewell = trailers.get("shop-farewell");
      },
    },
  );
  expect([greeting, farewell]).toEqual(["hello", "bye"]);
  expect(seen?.requestHeader.get("shop-visitor")).toBe("ada");
  expect(seen?.timeoutMs()).toBeGreaterThan(0);
  expect(seen?.method).toBe(v3.OrderService.method.getOrder);
});

test("a v3 call that changes nothing may come by GET", async () => {
  const methods: string[] = [];
  server = await startServer((router) =>
    registerBoth(router, orderServiceBridge, {
      getOrder(_, { requestMethod }) {
        methods.push(requestMethod);
        return {};
      },
    }),
  );
  const transport = createConnectTransport({ baseUrl: server.http1, httpVersion: "1.1", useHttpGet: true });
  await createClient(v3.OrderService, transport).getOrder({ id: "o-1" });
  expect(methods).toEqual(["GET"]);
});

test.each(["listOrders", "syncOrders"] as const)(
  "a v3 client that cancels %s ends it in the implementation",
  async (method) => {
    const { ended, endless } = endlessOrders();
    const client = await serveOrders({ [method]: endless });
    const { signal, abort } = cancellation();
    const stream =
      method === "listOrders" ? client.listOrders({}, { signal }) : client.syncOrders(send({}), { signal });
    const reading = (async () => {
      for await (const { order } of stream) if (order?.id === "o-3") abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: Code.Canceled });
    expect((await ended).aborted).toBe(true);
  },
);

test("a deadline that passes ends the call in the implementation", async () => {
  const { ended, endless } = endlessOrders();
  const client = await serveOrders({ listOrders: endless });
  const reading = (async () => {
    for await (const _ of client.listOrders({}, { timeoutMs: 100 }));
  })();
  await expect(reading).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  expect((await ended).aborted).toBe(true);
});

test("an error of the implementation reaches a v3 client with code, message and metadata", async () => {
  const client = await serveOrders({
    getOrder() {
      throw new ConnectError("sold out", Code.ResourceExhausted, { "shop-retry": "tomorrow" });
    },
  });
  const error = await client.getOrder({ id: "o-1" }).catch(ConnectError.from);
  expect(error).toMatchObject({ code: Code.ResourceExhausted, rawMessage: "sold out" });
  expect((error as ConnectError).metadata.get("shop-retry")).toBe("tomorrow");
});

test("an error in the midst of a stream reaches a v3 client after what came before", async () => {
  const client = await serveOrders({
    async *listOrders() {
      yield { order: { id: "o-1" } };
      throw new ConnectError("the rest is lost", Code.DataLoss);
    },
  });
  const got: (string | undefined)[] = [];
  const reading = (async () => {
    for await (const { order } of client.listOrders({})) got.push(order?.id);
  })();
  await expect(reading).rejects.toMatchObject({ code: Code.DataLoss });
  expect(got).toEqual(["o-1"]);
});

test("a method that v4 does not implement is unimplemented for v3 as well", async () => {
  const client = await serveOrders({});
  await expect(client.getOrder({})).rejects.toMatchObject({ code: Code.Unimplemented });
});

test("what a v3 client sends and cannot be brought up is its fault", async () => {
  const methods = userServiceBridge.methods.map((method) => ({ ...method, input: atMost(64, method.input) }));
  const users = createUsers();
  server = await startServer((router) => registerBoth(router, { ...userServiceBridge, methods }, users));
  const client = createClient(v3user.UserService, createGrpcTransport({ baseUrl: server.http2 }));
  const updating = client.updateUser({ user: { name: "a".repeat(64) } });
  await expect(updating).rejects.toMatchObject({
    code: Code.InvalidArgument,
    rawMessage: expect.stringMatching(/^shop\.v3\.UpdateUserRequest cannot be translated: .*64/),
  });
});

test("what v4 answers and cannot be brought down is the server's fault", async () => {
  const user = create(UserSchema, { name: "eve" });
  user.$unknown = [tooDeep];
  server = await startServer((router) =>
    registerBoth(router, userServiceBridge, { getUser: () => ({ user }) }),
  );
  const client = createClient(v3user.UserService, createGrpcTransport({ baseUrl: server.http2 }));
  await expect(client.getUser({})).rejects.toMatchObject({
    code: Code.Internal,
    rawMessage: expect.stringMatching(/^shop\.v4\.GetUserResponse cannot be translated: user: .*nested/),
  });
});

test("a method that no bridge leads from is answered as unimplemented", async () => {
  const methods = userServiceBridge.methods.filter(({ v3 }) => v3 !== "updateUser");
  server = await startServer((router) =>
    registerBoth(router, { ...userServiceBridge, methods }, createUsers()),
  );
  for (const transport of [
    createGrpcTransport({ baseUrl: server.http2 }),
    createConnectTransport({ baseUrl: server.http1, httpVersion: "1.1" }),
  ]) {
    const client = createClient(v3user.UserService, transport);
    await expect(client.updateUser({})).rejects.toMatchObject({ code: Code.Unimplemented });
  }
});

test("methods that stream differently cannot stand for each other", () => {
  const [first, ...others] = orderServiceBridge.methods;
  const crossed = { ...orderServiceBridge, methods: [{ ...first!, v4: "listOrders" }, ...others] };
  const routes = startServer((router) => registerBoth(router, crossed, {}));
  return expect(routes).rejects.toThrow(/stream differently/);
});

/** Groups in groups in field 50, which no stub declares: wire format, but beyond every limit. */
const tooDeep = {
  no: 50,
  wireType: 3,
  data: new Uint8Array([...levels(0x0b, 150), ...levels(0x0c, 150), 0x94, 0x03]),
};

function levels(tag: number, count: number): number[] {
  return Array.from({ length: count }, () => tag);
}

function atMost(maxBytes: number, { up, down }: Translator): Translator {
  return { up: (bytes, options) => up(bytes, { ...options, maxBytes }), down };
}

/** Answers until it is told to stop; `ended` is the signal at that moment. */
function endlessOrders() {
  let end: (signal: AbortSignal) => void;
  const ended = new Promise<AbortSignal>((resolve) => {
    end = resolve;
  });
  async function* endless(_: unknown, { signal }: HandlerContext) {
    try {
      for (let id = 1; ; id++) {
        yield { order: { id: `o-${id}` } };
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    } finally {
      end(signal);
    }
  }
  return { ended, endless };
}

function cancellation() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}

async function serveOrders(implementation: Partial<ServiceImpl<typeof OrderService>>) {
  server = await startServer((router) => registerBoth(router, orderServiceBridge, implementation));
  return createClient(v3.OrderService, createGrpcTransport({ baseUrl: server.http2 }));
}
