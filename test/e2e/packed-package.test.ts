import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { protocPath } from "../setup/peers.js";
import { run, succeed } from "./run.js";

const project = resolve(import.meta.dirname, "../..");
const shop = join(project, "fixtures/shop");
let dir = "";

// What npm would publish, installed into somebody else's project.
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "proto4-packed-"));
  const packed = await succeed(
    project,
    "npm",
    "pack",
    "--ignore-scripts",
    "--json",
    "--pack-destination",
    dir,
  );
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  for (const name of ["proto", "buf.yaml", "buf.gen.yaml", "tsconfig.json", "app"])
    await cp(join(shop, name), join(dir, name), { recursive: true });
  await writeFile(join(dir, "package.json"), JSON.stringify({ name: "shop", private: true, type: "module" }));
  const peers = [
    "@connectrpc/connect@2",
    "@connectrpc/connect-node@2",
    "@grpc/grpc-js@~1.14",
    "@types/node@20",
  ];
  await succeed(
    dir,
    "npm",
    "install",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    `./${filename}`,
    ...peers,
  );
  await rm(join(dir, "node_modules/.bin/tsc"), { force: true });
  await symlink(join(project, "node_modules/.bin/tsc"), join(dir, "node_modules/.bin/tsc"));
  const options = "proto4/options.proto";
  await cp(join(dir, "node_modules/proto4/proto", options), join(dir, "proto", options));
}, 300_000);

afterAll(() => rm(dir, { recursive: true, force: true }));

describe("the packed package, installed elsewhere", () => {
  test("generates under buf, and the result type-checks with the service code", async () => {
    await succeed(dir, "buf", "generate");
    await succeed(dir, "tsc");
    const stubs = await readdir(join(dir, "gen/shop/v4"));
    expect(stubs.toSorted()).toEqual(["order_pb.ts", "order_proto4.ts", "user_pb.ts", "user_proto4.ts"]);
  }, 120_000);

  test.skipIf(protocPath === undefined)("generates the same under protoc", async () => {
    await succeed(dir, "mkdir", "-p", "protoc-gen");
    const files = ["v3", "v4"].flatMap((version) => [
      `shop/${version}/user.proto`,
      `shop/${version}/order.proto`,
    ]);
    await succeed(
      dir,
      protocPath!,
      "-Iproto",
      "--proto4_out=protoc-gen",
      "--proto4_opt=es.target=ts,es.import_extension=js",
      ...files,
    );
    for (const file of ["shop/v3/user_pb.ts", "shop/v4/user_pb.ts", "shop/v4/order_proto4.ts"])
      expect(await read(`protoc-gen/${file}`)).toBe(await read(`gen/${file}`));
  });

  test("its translators carry bytes both ways", async () => {
    await writeFile(join(dir, "app/round-trip.ts"), roundTrip);
    await succeed(dir, "tsc");
    const { stdout } = await succeed(dir, process.execPath, "dist/app/round-trip.js");
    expect(JSON.parse(stdout)).toEqual({ up: "ada@shop.example", down: true, lost: 0 });
  }, 120_000);

  test("checks, pushes and pulls", async () => {
    const store = ["--store", "lmdb:registry"];
    await succeed(dir, "buf", "build", "-o", "before.binpb");
    await succeed(dir, "proto4", "check", ".", "--against", "before.binpb");
    await succeed(dir, "proto4", "registry", "push", ".", "--subject", "shop/api", ...store);
    await succeed(dir, "proto4", "registry", "pull", "shop/api", "--out", "pulled", ...store);
    expect(await read("pulled/shop/v4/user.proto")).toBe(await read("proto/shop/v4/user.proto"));
    const refused = await run(dir, "proto4", "check", "proto/shop/v3", "--against", "before.binpb");
    expect(refused.code).not.toBe(0);
  }, 60_000);

  test("tells what changed, what leaves next, and what a rule means", async () => {
    const changed = await succeed(dir, "proto4", "changelog", ".", "--against", "before.binpb");
    expect(changed.stdout).toBe("before.binpb to now: no changes\n");
    const listed = await succeed(dir, "proto4", "lifecycle", "--format", "json");
    expect(JSON.parse(listed.stdout).counts.STABLE.inferred).toBeGreaterThan(0);
    const page = await succeed(dir, "proto4", "explain", "FIELD_NO_DELETE");
    for (const part of ["Why", "before/shop/v1/shop.proto", "string note = 2;", "Way out"])
      expect(page.stdout).toContain(part);
    const { stdout: help } = await succeed(dir, "proto4", "check", "--help");
    const pages = [...help.matchAll(/docs\/[\w-]+\.md/g)];
    expect(pages.length).toBeGreaterThan(0);
    for (const [path] of pages) expect(await read(`node_modules/proto4/${path}`)).toMatch(/^# /);
  }, 60_000);

  test("judges inside buf, by the command that npm has linked", async () => {
    const lint = (options: object) => {
      const plugins = [{ plugin: "buf-plugin-proto4", options }];
      const config = {
        version: "v2",
        modules: [{ path: "proto" }],
        lint: { use: ["PROTO4_LIFECYCLE"] },
        plugins,
      };
      return run(dir, "buf", "lint", "--config", JSON.stringify(config));
    };
    expect(await lint({ notice: "30d" })).toMatchObject({ code: 0, stderr: "" });
    const required = await lint({ unannotated: "require" });
    expect(required.stdout).toMatch(/^proto\/shop\/v3\/user\.proto:.*\(buf-plugin-proto4\)$/m);
    expect((await lint({ notise: "30d" })).stderr).toMatch(/did you mean notice\?/);
  }, 60_000);

  test("makes a workspace, with the options that it brings", async () => {
    await succeed(dir, "proto4", "init", "fresh", "--ci", "none");
    expect(await read("fresh/proto/proto4/options.proto")).toBe(await read("proto/proto4/options.proto"));
    await succeed(join(dir, "fresh"), join(dir, "node_modules/.bin/buf"), "build");
  });

  test("a version of the registry is a baseline, and who runs it is on the board", async () => {
    const store = ["--store", "lmdb:registry"];
    await succeed(dir, "proto4", "check", ".", "--against", "registry:shop/api@1", ...store);
    await writeFile(join(dir, "app/service.ts"), service);
    await succeed(dir, "tsc");
    const { stdout } = await succeed(dir, process.execPath, "dist/app/service.js", "lmdb:registry");
    const [version, board] = stdout.trimEnd().split("\n");
    expect(JSON.parse(version!)).toMatchObject({ seq: 1, packages: ["shop.v3", "shop.v4"] });
    expect(JSON.parse(board!)).toMatchObject([{ service: "shop", known: { seq: 1, current: true } }]);
    const question = ["registry", "can-i-remove", "shop.v4.User.locale", "--env", "test", ...store];
    expect(await run(dir, "proto4", ...question)).toMatchObject({ code: 3 });
  }, 120_000);

  test("every entry loads without its optional peers", async () => {
    await rm(join(dir, "node_modules/@connectrpc"), { recursive: true });
    await rm(join(dir, "node_modules/@grpc"), { recursive: true });
    for (const entry of ["proto4", "proto4/runtime", "proto4/registry", "proto4/join"])
      await succeed(dir, process.execPath, "-e", `import(${JSON.stringify(entry)})`);
  });
});

function read(path: string): Promise<string> {
  return readFile(join(dir, path), "utf8");
}

const roundTrip = `
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { UserSchema as ElderSchema } from "../gen/shop/v3/user_pb.js";
import { UserSchema } from "../gen/shop/v4/user_pb.js";
import { downUser, upUser } from "../gen/shop/v4/user_proto4.js";

const bytes = toBinary(ElderSchema, create(ElderSchema, { name: "ada", mail: "ada@shop.example", fax: "12" }));
const up = upUser(bytes, { stash: "trust" });
const newer = fromBinary(UserSchema, up.value);
const down = downUser(toBinary(UserSchema, newer), { stash: "trust" });
const same = Buffer.compare(down.value, bytes) === 0;
console.log(JSON.stringify({ up: newer.email, down: same, lost: up.lost.length + down.lost.length }));
`;

const service = `
import { join } from "proto4/join";
import { buildBoard, findVersion, loadAllObserved, loadContracts, openRegistry, parseSubjectRef } from "proto4/registry";
import { fingerprint } from "../gen/shop/v4/user_proto4.js";

const [address = ""] = process.argv.slice(2);
const contract = { package: "shop.v4", fingerprint, role: "serves" } as const;
const joined = await join({ store: address, subject: "shop/api", contract, service: "shop", environment: "test" });
const registry = await openRegistry(address, { now: Date.now });
const { seq, contracts } = await findVersion(registry.store, parseSubjectRef("shop/api"));
console.log(JSON.stringify({ seq, packages: contracts.map((each) => each.package) }));
const known = await loadContracts(registry, { category: "WIRE", today: "2026-01-01" });
const board = await buildBoard(await loadAllObserved(registry.store), known, Date.now());
console.log(JSON.stringify(board.environments.flatMap(({ runs }) => runs)));
await joined.leave();
await registry.store.close();
`;
