import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, run, succeed } from "./run.js";

const project = resolve(import.meta.dirname, "../..");
const shop = join(project, "fixtures/shop");
const options = "proto4/options.proto";
let dir = "";

// A workspace whose node_modules are the project's own, with the built binaries.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "proto4-bad-"));
  for (const name of ["proto", "buf.yaml", "buf.gen.yaml"])
    await cp(join(shop, name), join(dir, name), { recursive: true });
  await cp(join(project, "proto", options), join(dir, "proto", options));
  const bin = join(dir, "node_modules/.bin");
  await mkdir(bin, { recursive: true });
  await symlink(project, join(dir, "node_modules/proto4"));
  await symlink(join(project, "node_modules/.bin/buf"), join(bin, "buf"));
  await symlink(join(project, "dist/bundle/cli/main.cjs"), join(bin, "proto4"));
  await symlink(join(project, "dist/plugins/protoc-gen-proto4.js"), join(bin, "protoc-gen-proto4"));
  await succeed(dir, "buf", "build", "-o", "good.binpb");
});

afterEach(() => cp(join(shop, "proto"), join(dir, "proto"), { recursive: true }));

afterAll(() => rm(dir, { recursive: true, force: true }));

describe("proto4 check", () => {
  test("names the place of a syntax error", async () => {
    await edit("proto/shop/v4/user.proto", "int32 age = 2;", "int32 age 2;");
    refuses(
      await run(dir, "proto4", "check", ".", "--against", "good.binpb"),
      /proto\/shop\/v4\/user\.proto:\d+:\d+/,
    );
  });

  test.each([
    ["cut short", (bytes: Buffer) => bytes.subarray(0, bytes.length - 7)],
    ["no image at all", () => Buffer.from("syntax = 'proto3';")],
    ["without its imports", (bytes: Buffer) => bytes.subarray(firstFile(bytes))],
  ])("refuses an image that is %s", async (_, corrupt) => {
    await writeFile(join(dir, "bad.binpb"), corrupt(await readFile(join(dir, "good.binpb"))));
    const outcome = await run(dir, "proto4", "check", "good.binpb", "--against", "bad.binpb");
    refuses(outcome, /bad\.binpb: this is not a whole image: .*build it again/s);
  });

  test("says that an input is not there, and that a category is not one", async () => {
    refuses(await run(dir, "proto4", "check", "nowhere", "--against", "good.binpb"), /nowhere/);
    const outcome = await run(dir, "proto4", "check", ".", "--against", "good.binpb", "--category", "WIRES");
    refuses(outcome, /WIRES.*WIRE_JSON/s);
  });
});

describe("protoc-gen-proto4", () => {
  test("refuses an option that it does not know, and lists those it does", async () => {
    await generating("opt: [v4=es]", /v4.*v3/s);
  });

  test("refuses the directory strategy, under which it sees one generation only", async () => {
    await edit(
      "proto/shop/v4/user.proto",
      'import "proto4/options.proto";',
      'import "proto4/options.proto";\noption (proto4.upgrades) = "shop.v3";',
    );
    await generating("strategy: directory", /shop\/v4\/user\.proto:\d+:\d+: .*shop\.v3.*strategy: all/s);
  });

  test("refuses an elder package that is nowhere", async () => {
    await edit(
      "proto/shop/v4/user.proto",
      'import "proto4/options.proto";',
      'import "proto4/options.proto";\noption (proto4.upgrades) = "shop.v2";',
    );
    await generating("strategy: all", /shop\.v2/);
  });

  test("refuses a mapping that it cannot do", async () => {
    await edit("proto/shop/v4/user.proto", "int32 age = 2;", "string age = 2;");
    await generating("strategy: all", /shop\/v4\/user\.proto:\d+:\d+.*age/s);
  });

  test("refuses a promise that rests on an experiment", async () => {
    await edit(
      "proto/shop/v4/user.proto",
      "message ProfileV2 {",
      "message ProfileV2 {\n  option (proto4.message_lifecycle) = EXPERIMENTAL;",
    );
    await generating("strategy: all", /shop\/v4\/user\.proto:\d+:\d+.*LIFECYCLE_REFERENCE.*do this/s);
  });

  /** Generates with a line of buf.gen.yaml and expects a refusal that writes nothing. */
  async function generating(line: string, says: RegExp): Promise<void> {
    const strategy = line.startsWith("strategy") ? line : `strategy: all\n    ${line}`;
    const plugin = `  - local: protoc-gen-proto4\n    out: gen\n    ${strategy}\n`;
    await writeFile(join(dir, "buf.gen.bad.yaml"), `version: v2\nplugins:\n${plugin}`);
    refuses(await run(dir, "buf", "generate", "--template", "buf.gen.bad.yaml"), says);
    expect(await readdir(dir)).not.toContain("gen");
  }
});

describe("proto4 registry", () => {
  const push = (store: string) =>
    run(dir, "proto4", "registry", "push", ".", "--subject", "shop/api", "--store", store);

  test("says that nobody answers at Consul's address", async () => {
    refuses(await push(`consul://127.0.0.1:${await freePort()}`), /127\.0\.0\.1:\d+/);
  });

  test("says that the store is of no known kind", async () => {
    refuses(await push("redis://127.0.0.1"), /redis.*lmdb.*consul/s);
  });

  test("refuses a subject that would leave its place", async () => {
    const args = ["registry", "push", ".", "--subject", "../x", "--store", "lmdb:new"];
    refuses(await run(dir, "proto4", ...args), /\.\.\/x/);
  });
});

/** A sentence on stderr, exit code 1, no stack. */
function refuses({ code, stdout, stderr }: Outcome, says: RegExp): void {
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  expect(stdout).toBe("");
  expect(code).toBe(1);
}

async function edit(path: string, piece: string, replacement: string): Promise<void> {
  const file = join(dir, path);
  const before = await readFile(file, "utf8");
  expect(before).toContain(piece);
  await writeFile(file, before.replace(piece, replacement));
}

/** Where the first file of an image ends, which is one that others import. */
function firstFile(bytes: Buffer): number {
  let length = 0;
  let offset = 1;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[offset++]!;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
  }
  return offset + length;
}

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
