import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main, makeFolder, type Outcome, proto4, run } from "./proto4.js";

const user = (...fields: readonly string[]) =>
  `syntax = "proto3";\n\npackage shop.v1;\n\nmessage User {\n${fields.map((field) => `  ${field};\n`).join("")}}\n`;

let folder: string;
/** A repository whose protos lie in `api`: v1.0.0 has a nickname, v1.1.0 a locale, v1.2.0 both no more. */
let shop: string;

beforeAll(async () => {
  folder = await makeFolder({});
  shop = join(folder, "shop");
  init(shop);
  commit(shop, { "README.md": "# The shop\n" }, "v0.1.0");
  commit(shop, { "api/shop/v1/user.proto": user("string id = 1", "string nickname = 2") }, "v1.0.0");
  commit(shop, { "api/shop/v1/user.proto": user("string id = 1", "string locale = 3") }, "v1.1.0");
  commit(shop, { "api/shop/v1/user.proto": user("string id = 1") }, "v1.2.0");
  write(shop, { "api/shop/v1/user.proto": user("string id = 1", "string email = 4") });
}, 30_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (...args: readonly string[]): Promise<Outcome> => proto4(shop, "check", ...args);

/** `against v1.1.0 (backward)` and, below, `shop.v1.User.locale`. */
function outline({ stdout }: Outcome): readonly string[] {
  return [...stdout.matchAll(/^against (\S+ \(\w+\))|(?:field \d+ "(\w+)")/gm)].map(
    ([, heading, field]) => heading ?? field!,
  );
}

describe("--against-last", () => {
  test("takes the last tags by their versions, from the folder that the input is in the repository", async () => {
    const outcome = await check("api", "--against-last", "2");
    expect(outline(outcome)).toEqual(["v1.1.0 (backward)", "locale"]);
    expect(outcome).toMatchObject({ code: 100, stderr: "1 error\n" });
    expect(outcome.stdout).toContain("\napi/shop/v1/user.proto:5:1: error FIELD_NO_DELETE");
    expect(outcome.stdout).toContain("\n  was      api/shop/v1/user.proto:7:3\n");
  });

  test("takes all, but tells of those without a .proto", async () => {
    const outcome = await check("api", "--against-last", "all");
    expect(outline(outcome)).toEqual(["v1.1.0 (backward)", "locale", "v1.0.0 (backward)", "nickname"]);
    expect(outcome.stderr).toBe(
      "warning: v0.1.0 is passed over: it has no .proto where the input has its own\n2 errors\n",
    );
  });

  test("means the same from inside the folder, with paths as they are there", async () => {
    const inside = (...args: readonly string[]) => proto4(join(shop, "api"), "check", ...args);
    expect(outline(await inside("--against-last", "3"))).toEqual(
      outline(await check("api", "--against-last", "3")),
    );
    expect(outline(await inside("--against-last", "2", "--path", "shop/v1"))).toEqual([
      "v1.1.0 (backward)",
      "locale",
    ]);
    expect(outline(await inside("--against-last", "2", "--limit-to-input-files"))).toHaveLength(2);
    expect(await inside("--against-last", "2", "--exclude-path", "shop")).toMatchObject({ code: 1 });
  });

  test("goes by --tags", async () => {
    expect(outline(await check("api", "--against-last", "5", "--tags", "v1.[01].*"))).toEqual([
      "v1.1.0 (backward)",
      "locale",
      "v1.0.0 (backward)",
      "nickname",
    ]);
    const none = await check("api", "--against-last", "2", "--tags", "release-*");
    expect(none).toMatchObject({ code: 1, stdout: "" });
    expect(none.stderr).toMatch(
      /^\.git: the repository has no tag like release-\*: .*--tags, .*git fetch --tags/,
    );
  });

  test("stands behind what is named", async () => {
    expect(
      outline(await check("api", "--against", ".git#tag=v1.0.0,subdir=api", "--against-last", "2")),
    ).toEqual([".git#tag=v1.0.0,subdir=api (backward)", "nickname", "v1.1.0 (backward)", "locale"]);
  });

  test("in a shallow clone without the tags says how to fetch them", async () => {
    await run("git", ["clone", "-q", "--depth", "1", "--no-tags", `file://${shop}`, "shallow"], folder);
    const outcome = await proto4(join(folder, "shallow"), "check", "api", "--against-last", "2");
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(
      /shallow clone.*git fetch --tags --unshallow.*fetch-depth: 0.*fetch-tags: true/,
    );
    await run("git", ["fetch", "-q", "--depth", "1", "origin", "tag", "v1.1.0"], join(folder, "shallow"));
    const one = await proto4(join(folder, "shallow"), "check", "api", "--against-last", "2");
    expect(one.stderr).toMatch(/^warning: this shallow clone has 1 of the tags like v\*; .*--unshallow/);
    expect(one.stdout).toContain('field 3 "locale"');
    await run("git", ["fetch", "-q", "--tags", "--unshallow"], join(folder, "shallow"));
    const whole = await proto4(join(folder, "shallow"), "check", "api", "--against-last", "3");
    expect(outline(whole)).toEqual(outline(await check("api", "--against-last", "3")));
  });

  test("outside of a repository is an error", async () => {
    const elsewhere = await makeFolder({ "a.proto": 'syntax = "proto3";' });
    const outcome = await proto4(elsewhere, "check", "--against-last", "2");
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/^\.: --against-last looks for git tags .*--against, .*--subject/);
    await rm(elsewhere, { recursive: true });
  });

  test("finds the tags from a second work tree, too", async () => {
    await run("git", ["worktree", "add", "-q", "--detach", join(folder, "second"), "v1.2.0"], shop);
    const outcome = await proto4(join(folder, "second"), "check", "api", "--against-last", "3");
    expect(outline(outcome)).toEqual(["v1.1.0 (backward)", "locale", "v1.0.0 (backward)", "nickname"]);
  });

  test("compares each module of a workspace with what it was, by its own rules", async () => {
    const modules = join(folder, "modules");
    const text = (name: string, field: string) =>
      `syntax = "proto3";\npackage ${name};\nmessage M {\n  ${field}\n}\n`;
    const yaml = "version: v2\nmodules:\n  - path: a\n  - path: b\n    breaking: { use: [WIRE] }\n";
    init(modules);
    const files = { "buf.yaml": yaml, "a/a.proto": text("a", "string x = 1;") };
    commit(modules, { ...files, "b/b.proto": text("b", "string x = 1;") }, "v1");
    commit(modules, { "b/b.proto": text("b", "int32 x = 1;") }, "v2");
    write(modules, { "a/a.proto": text("a", "string y = 1;"), "b/b.proto": text("b", "int32 y = 1;") });
    const { stdout } = await proto4(modules, "check", "--against-last", "2");
    expect(stdout.match(/^against .*|[ab]\/[ab]\.proto:4:\d+: error \w+/gm)).toEqual([
      "against v2 (backward): 2 errors, 1 info",
      "a/a.proto:4:3: error FIELD_SAME_JSON_NAME",
      "a/a.proto:4:10: error FIELD_SAME_NAME",
      "against v1 (backward): 4 errors",
      "a/a.proto:4:3: error FIELD_SAME_JSON_NAME",
      "a/a.proto:4:10: error FIELD_SAME_NAME",
      "b/b.proto:4:3: error FIELD_WIRE_COMPATIBLE_TYPE",
      "b/b.proto:4:9: error FIELD_NUMBER_REUSED",
    ]);
  });

  test("takes fifty, of which each is compiled once and kept", async () => {
    const many = join(folder, "many");
    init(many);
    for (let minor = 1; minor <= 50; minor++)
      commit(
        many,
        {
          "api/a.proto": `syntax = "proto3"; package a; import "b.proto"; message A { B b${minor} = ${minor}; }`,
          ...(minor === 1 ? { "api/b.proto": 'syntax = "proto3"; package a; message B {}' } : {}),
        },
        `v1.${minor}.0`,
      );
    const cache = join(folder, "cache");
    const last = () =>
      run(process.execPath, [main, "check", "api", "--against-last", "50"], many, { XDG_CACHE_HOME: cache });
    const first = await last();
    expect(first.stdout.match(/^against .*$/gm)).toHaveLength(49);
    expect(first.stdout).toMatch(/^against v1\.49\.0 \(backward\): 1 error\n/);
    expect(first).toMatchObject({ code: 100, stderr: "49 errors\n" });
    const kept = packsIn(cache);
    expect(kept).not.toEqual([]);
    expect(await last()).toEqual(first);
    // Whatever is compiled is written, if only once more.
    expect(packsIn(cache)).toEqual(kept);
  }, 120_000);
});

describe("--direction", () => {
  const last3 = ["api", "--against-last", "3", "--direction"];

  test("looks both ways, at the newest or all", async () => {
    expect(outline(await check(...last3, "backward"))).toEqual([]);
    expect(outline(await check(...last3, "full"))).toEqual(["v1.2.0 (forward)", "email"]);
    expect(outline(await check(...last3, "backward-transitive"))).toEqual([
      "v1.1.0 (backward)",
      "locale",
      "v1.0.0 (backward)",
      "nickname",
    ]);
    const forward = await check(...last3, "forward-transitive");
    expect(outline(forward).filter((line) => line === "email")).toHaveLength(3);
    expect(forward.stderr).toBe("1 error\n");
  });

  test("goes by the input's buf.yaml, whichever side is the later one", async () => {
    write(shop, { "api/buf.yaml": "version: v2\nbreaking: { except: [FIELD_NO_DELETE] }\n" });
    const outcome = await check(...last3, "full-transitive");
    await rm(join(shop, "api/buf.yaml"));
    expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("forward finds, in the input, what an elder reader does not know", async () => {
    const { stdout } = await check(
      "api",
      "--against",
      ".git#tag=v1.2.0,subdir=api",
      "--direction",
      "forward",
    );
    expect(stdout).toMatch(
      /^against \S+ \(forward\): 1 error\napi\/shop\/v1\/user\.proto:7:3: error FIELD_NO_DELETE/,
    );
    expect(stdout).not.toContain("do this");
  });
});

describe("what does not go together is an error", () => {
  test.each<[string, readonly string[], RegExp]>([
    ["nothing to compare with", ["api"], /--against INPUT, --against-last N or --map-package/],
    ["no number", ["api", "--against-last", "0"], /number from 1, or "all"/],
    ["tags without a number", ["api", "--against", "api", "--tags", "v*"], /--against-last how many/],
    [
      "a subject without a number",
      ["api", "--against", "api", "--subject", "a/b"],
      /--against-last how many/,
    ],
    [
      "tags and a subject",
      ["api", "--against-last", "1", "--tags", "v*", "--subject", "a/b"],
      /cannot be used/,
    ],
    ["another direction", ["api", "--against", "api", "--direction", "up"], /full-transitive/],
    [
      "two versions for buf",
      ["api", "--against", "api", "--against", "api", "--like-buf"],
      /give one --against, not 2/,
    ],
    ["last versions for buf", ["api", "--against-last", "1", "--like-buf"], /cannot be used/],
    [
      "a direction for buf",
      ["api", "--against", "api", "--direction", "full", "--like-buf"],
      /cannot be used/,
    ],
    ["packages for buf", ["api", "--map-package", "a=b", "--like-buf"], /cannot be used/],
    [
      "known findings for buf",
      ["api", "--against", "api", "--baseline", "x", "--like-buf"],
      /cannot be used/,
    ],
    ["a part of packages", ["api", "--map-package", "a=b", "--limit-to-input-files"], /files of its own/],
    ["a tag that is not there", ["api", "--against", ".git#tag=v9"], /has no v9/],
    ["an input for tags that has none", ["x.binpb", "--against-last", "1"], /x\.binpb/],
  ])("%s", async (_, args, sentence) => {
    const { code, stdout, stderr } = await check(...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe("versions of a registry", () => {
  const flags = () => ["--subject", "shop/api", "--store", `lmdb:${join(folder, "registry.lmdb")}`];

  beforeAll(async () => {
    for (const tag of ["v1.2.0", "main"]) {
      const text = user("string id = 1", ...(tag === "main" ? ["string phone = 9"] : []));
      write(folder, { "pushed/shop/v1/user.proto": text });
      await proto4(folder, "registry", "push", "pushed", ...flags());
    }
  });

  test("are compared, newest first, under their names", async () => {
    const outcome = await check("api", "--against-last", "all", ...flags(), "--direction", "full-transitive");
    expect(outline(outcome)).toEqual([
      "shop/api@2 (backward)",
      "phone",
      "shop/api@2 (forward)",
      "email",
      "shop/api@1 (forward)",
      "email",
    ]);
    expect(outcome.stderr).toBe("2 errors\n");
  });

  test("are as many as asked, and may be limited to the input's files", async () => {
    expect(outline(await check("api", "--against-last", "1", ...flags()))).toEqual(["phone"]);
    expect(outline(await check("api", "--against-last", "2", ...flags(), "--limit-to-input-files"))).toEqual([
      "shop/api@2 (backward)",
      "phone",
    ]);
  });

  test("that are not there, without a store, or of which a part is asked, are errors", async () => {
    const [, , ...store] = flags();
    const other = await check("api", "--against-last", "1", "--subject", "shop/other", ...store);
    expect(other).toMatchObject({ code: 1, stderr: expect.stringContaining("it holds shop/api") });
    const none = await check("api", "--against-last", "1", "--subject", "shop/api");
    expect(none).toMatchObject({ code: 1, stderr: expect.stringContaining("PROTO4_STORE") });
    const part = await check("api", "--against-last", "1", ...flags(), "--path", "api/shop");
    expect(part).toMatchObject({ code: 1, stderr: expect.stringContaining("versions are images") });
  });
});

describe("--map-package", () => {
  test("compares packages of one tree, and of two", async () => {
    const v2 = user("string id = 1", "int32 email = 4").replace("shop.v1", "shop.v2");
    write(shop, { "api/shop/v2/user.proto": v2 });
    const one = await check("api", "--map-package", "shop.v1=shop.v2");
    await rm(join(shop, "api/shop/v2"), { recursive: true });
    expect(one.stdout).toMatch(/^api\/shop\/v2\/user\.proto:7:3: error FIELD_SAME_TYPE/);
    expect(one.stdout).toContain("\n  was      api/shop/v1/user.proto:7:3\n");
    write(folder, { "next/shop/v2/user.proto": v2 });
    const two = await proto4(
      shop,
      "check",
      "../next",
      "--against",
      "api",
      "--map-package",
      "shop.v1=shop.v2",
    );
    expect(two.stdout).toMatch(/^\.\.\/next\/shop\/v2\/user\.proto:7:3: error FIELD_SAME_TYPE/);
    expect(two.stdout).toContain("\n  was      api/shop/v1/user.proto:7:3\n");
  });

  test("names the side that lacks a package", async () => {
    const outcome = await check(
      "api",
      "--against",
      ".git#tag=v1.0.0,subdir=api",
      "--map-package",
      "shop.v0=shop.v1",
    );
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toBe(
      ".git#tag=v1.0.0,subdir=api: no file is of package shop.v0, which --map-package names; there are shop.v1\n",
    );
  });
});

describe("proto4 baseline", () => {
  const known = () => join(shop, "proto4.baseline.yaml");
  const last3 = ["api", "--against-last", "3"];

  test("writes findings down that check then passes over, until they are found no more", async () => {
    expect(await proto4(shop, "baseline", ...last3)).toMatchObject({
      code: 0,
      stdout: "proto4.baseline.yaml has 2 findings\n",
    });
    const text = readFileSync(known(), "utf8");
    expect(text).toMatch(/^# .*proto4 check[\s\S]*\nversion: v1\nfindings:\n {2}- finding: "[0-9a-f]{12}"\n/);
    expect(await check(...last3)).toEqual({
      code: 0,
      stdout: "",
      stderr: "2 findings are in proto4.baseline.yaml\n",
    });
    write(shop, { "api/shop/v1/user.proto": user("bytes id = 1", "string locale = 3") });
    const changed = await check(...last3);
    expect(changed.code).toBe(100);
    expect(outline(changed)).toEqual([
      "v1.2.0 (backward)",
      "id",
      "v1.1.0 (backward)",
      "id",
      "v1.0.0 (backward)",
      "id",
    ]);
    expect(changed.stderr).toBe(
      "1 finding is in proto4.baseline.yaml; 1 of its entries is found no more: run proto4 baseline to forget it\n" +
        "1 error\n",
    );
    const part = await check(...last3, "--path", "api/shop");
    expect(part.stderr).toBe("1 finding is in proto4.baseline.yaml\n1 error\n");
    await rm(known());
    write(shop, { "api/shop/v1/user.proto": user("string id = 1", "string email = 4") });
  });

  test("writes where it is told, and check reads where it is told", async () => {
    await proto4(shop, "baseline", ...last3, "--output", "api/known.yaml");
    expect(await check(...last3)).toMatchObject({ code: 100 });
    expect(await check(...last3, "--baseline", "api/known.yaml")).toMatchObject({
      code: 0,
      stderr: "2 findings are in api/known.yaml\n",
    });
    const missing = await check(...last3, "--baseline", "nowhere.yaml");
    expect(missing).toMatchObject({ code: 1, stdout: "" });
    expect(missing.stderr).toBe(
      "nowhere.yaml: there is no such file; proto4 baseline --output nowhere.yaml writes it\n",
    );
    const unwritable = await proto4(shop, "baseline", ...last3, "--output", "nowhere/known.yaml");
    expect(unwritable).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^nowhere\/known\.yaml: .*written/),
    });
    await rm(join(shop, "api/known.yaml"));
  });

  test("is not read where buf is to be what it is", async () => {
    await proto4(shop, "baseline", ...last3);
    const outcome = await check("api", "--against", ".git#tag=v1.1.0,subdir=api", "--like-buf");
    await rm(known());
    expect(outcome).toMatchObject({ code: 100, stderr: "" });
  });

  test("with a slip in it is an error that shows the place", async () => {
    write(shop, { "proto4.baseline.yaml": "version: v1\nfindings:\n  - finding: 12\n" });
    const outcome = await check(...last3);
    await rm(known());
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(/^proto4\.baseline\.yaml:3:14: a finding is named by 12 hex digits/);
  });
});

describe("docs/baselines.md", () => {
  const page = readFileSync(new URL("../../docs/baselines.md", import.meta.url), "utf8");
  const commands = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block]) =>
    block!.trim().split("\n"),
  );
  let repository: string;

  beforeAll(() => {
    repository = join(folder, "documented");
    init(repository);
    const version = (...fields: readonly string[]) => ({ "proto/shop/v1/user.proto": user(...fields) });
    commit(repository, version("string id = 1", "string locale = 3"), "v1.0.0");
    commit(repository, version("string id = 1", "string phone = 4"), "v1.1.0");
    commit(repository, version("string id = 1"), "v1.2.0");
    const v2 = user("string id = 1", "string name = 2").replace("shop.v1", "shop.v2");
    write(repository, { "proto/shop/v2/user.proto": v2 });
  });

  test("has commands", () => {
    expect(commands.length).toBeGreaterThan(8);
  });

  test.each(commands)("%s", async (command) => {
    expect(command).toMatch(/^npx proto4 /);
    const line = command.replace("npx proto4", `'${process.execPath}' '${main}'`);
    const { code, stderr } = await run("sh", ["-c", line], repository);
    expect([0, 100]).toContain(code);
    expect(stderr).toMatch(/^(\d+ errors?\n|2 findings are in proto4\.baseline\.yaml\n)?$/);
  });
});

/** The files of a cache, with the times at which they were written. */
function packsIn(cache: string): readonly string[] {
  return readdirSync(cache, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".pack"))
    .map((path) => `${path} ${statSync(join(cache, path)).mtimeMs}`)
    .toSorted();
}

function init(repository: string): void {
  mkdirSync(repository, { recursive: true });
  execFileSync("git", ["init", "-q", "-b", "main"], { cwd: repository });
}

function commit(repository: string, files: Readonly<Record<string, string>>, tag: string): void {
  write(repository, files);
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {
      cwd: repository,
    });
  git("add", ".");
  git("commit", "-qm", tag);
  git("tag", tag);
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}
