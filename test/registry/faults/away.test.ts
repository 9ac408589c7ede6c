import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { consulAddress } from "../../setup/peers.js";
import { grownImage } from "../histories/grown.js";
import { type Ended, runKilled } from "../kills/run-killed.js";

// The commands are asked as users ask them, for their exit codes and for the time they take.

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-away-"));
  for (const numbers of [[1], [1, 2], [1, 2, 3]])
    await writeFile(join(folder, `${numbers.length}.binpb`), serializeImage(grownImage(numbers)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const closing: (() => void)[] = [];
afterAll(() => {
  for (const close of closing.splice(0)) close();
});

const image = (count: number) => join(folder, `${count}.binpb`);
const push = (store: string, count: number) =>
  proto4("registry", "push", image(count), "--subject", "acme/grown", "--store", store);
const proto4 = (...args: readonly string[]) => runKilled(args, { XDG_CACHE_HOME: join(folder, "cache") });

const commands: readonly ((store: string) => Promise<Ended>)[] = [
  (store) => push(store, 1),
  (store) => proto4("registry", "show", "acme/grown", "--store", store),
  (store) => proto4("registry", "list", "--store", store),
  (store) => proto4("check", image(1), "--against", "registry:acme/grown", "--store", store),
];

test.concurrent.each<readonly [string, (socket: Socket) => unknown]>([
  ["hangs up", (socket) => socket.destroy()],
  ["takes the call and keeps silent", () => {}],
  ["answers half and stops", (socket) => socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nX-Con"))],
  ["answers a byte a second", (socket) => trickle(socket)],
])(
  "a Consul that %s is given up in time, by every command with a message and exit code 1",
  {
    timeout: 90_000,
  },
  async (_, answer) => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      answer(socket);
    });
    const address = await listen(server);
    await Promise.all(commands.map(async (ask) => expectGivenUp(await ask(`consul://${address}`), address)));
  },
);

test.concurrent("where nobody listens, every command says so and ends with 1", {
  timeout: 90_000,
}, async () => {
  const server = createServer();
  const address = await listen(server);
  await once(server.close(), "close");
  await Promise.all(commands.map(async (ask) => expectGivenUp(await ask(`consul://${address}`), address)));
});

/** Ten seconds is the patience; the rest is what a busy machine adds. */
function expectGivenUp({ code, stdout, stderr, took }: Ended, address: string): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(new RegExp(`^.*Consul at ${address} does not answer`));
  expect(stderr.trim().split("\n")).toHaveLength(1);
  expect(took).toBeLessThan(30_000);
}

describe.skipIf(consulAddress === undefined)("a Consul of which a push loses", () => {
  test("the answer to its commit is asked what became of it", { timeout: 60_000 }, async () => {
    const prefix = `half-${process.pid}`;
    const relay = await startRelay((sent) => sent.includes('"cas"'));
    expect(await push(`consul://${consulAddress}/${prefix}`, 1)).toMatchObject({ code: 0 });
    const outcome = await push(`consul://${relay.address}/${prefix}`, 2);
    expect(outcome).toMatchObject({ code: 0, stdout: "published acme/grown@2: acme.v1\n" });
    expect(relay.swallowed()).toBe(1);
    const shown = await proto4(
      "registry",
      "show",
      "acme/grown",
      "--store",
      `consul://${consulAddress}/${prefix}`,
    );
    expect(shown.stdout.match(/^acme\/grown@\d/gm)).toEqual(["acme/grown@2", "acme/grown@1"]);
  });

  test("everything from its commit on, says that nobody knows, and is repeated", {
    timeout: 90_000,
  }, async () => {
    const prefix = `lost-${process.pid}`;
    const direct = `consul://${consulAddress}/${prefix}`;
    let cut = false;
    const relay = await startRelay((sent) => {
      cut ||= sent.includes('"cas"');
      return cut;
    });
    expect(await push(direct, 1)).toMatchObject({ code: 0 });
    const outcome = await push(`consul://${relay.address}/${prefix}`, 2);
    expect(outcome).toMatchObject({ code: 1, stderr: expect.stringContaining("is not known: push again") });
    expect(outcome.took).toBeLessThan(25_000);
    expect((await push(direct, 2)).stdout).toMatch(/^(published )?acme\/grown@2/);
    expect((await push(direct, 3)).stdout).toBe("published acme/grown@3: acme.v1\n");
  });
});

test.each([
  "../x",
  "acme/../x",
  "acme",
  "/acme/x",
  "acme/x/y",
  "acme/x@",
  "acme%2Fx",
  "Acme/x",
  "acme/ü",
  `a/${"x".repeat(1_000)}`,
  "acme/\n",
  "",
])("the subject %j is refused before a store is made", async (subject) => {
  const store = join(folder, "made.lmdb");
  const { code, stderr } = await proto4(
    "registry",
    "push",
    image(1),
    "--subject",
    subject,
    "--store",
    `lmdb:${store}`,
  );
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringMatching(/OWNER\/NAME|may hold a-z|64 are allowed/),
  });
  expect((await readdir(folder)).filter((name) => name.startsWith("made"))).toEqual([]);
});

function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write("x"), 1_000);
  socket.write("HTTP/1.1 200 OK\r\nX-Slow: ");
  socket.on("close", () => clearInterval(timer));
}

/** Hands everything on to Consul; the answers to some requests never come back, the connection stays open. */
async function startRelay(swallows: (sent: string) => boolean) {
  const [host, port] = consulAddress!.split(":");
  let swallowed = 0;
  const server = createServer((socket) => {
    const onward = connect(Number(port), host).on("error", () => socket.destroy());
    let silent = false;
    socket.on("error", () => {}).on("close", () => onward.destroy());
    socket.on("data", (bytes) => {
      if (swallows(bytes.toString("latin1"))) silent = true;
      onward.write(bytes);
    });
    onward.on("data", (bytes) => {
      if (!silent) socket.write(bytes);
      else swallowed++;
    });
  });
  return { address: await listen(server), swallowed: () => swallowed };
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => sockets.add(socket));
  await once(server.listen(0, "127.0.0.1"), "listening");
  closing.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}
