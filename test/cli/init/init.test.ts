import { existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../setup/source-files.js";
import { main } from "../proto4.js";
import { makeRepository, type Repository, userPath, userProto } from "../repository.js";

const full = userProto("string name = 1", "string mail = 2");

describe("a folder with one .proto", () => {
  test("becomes a workspace that builds, generates, is checked and lints", async () => {
    const repository = makeRepository({ [userPath]: full });
    expect(await repository.proto4("init")).toMatchObject({ code: 0, stderr: "" });
    for (const command of ["build", "lint", "generate"])
      expect(await repository.run("buf", command)).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(join(repository.folder, "gen/acme/user/v1/user_pb.ts"))).toBe(true);
    commit(repository);
    expect(await check(repository)).toMatchObject({ code: 0, stdout: "" });
    repository.write({ [userPath]: userProto("string name = 1") });
    expect(await check(repository)).toMatchObject({
      code: 100,
      stdout: expect.stringContaining("FIELD_NO_DELETE"),
    });
  });

  test("may use the options at once", async () => {
    const repository = makeRepository({ [userPath]: full });
    await repository.proto4("init");
    repository.write({
      [userPath]: full
        .replace("message", 'import "proto4/options.proto";\nmessage')
        .replace("name = 1", "name = 1 [(proto4.field_lifecycle) = FROZEN]"),
    });
    expect(await repository.run("buf", "build")).toEqual({ code: 0, stdout: "", stderr: "" });
    commit(repository);
    repository.write({
      [userPath]: read(repository, userPath).replace("string name", "bytes name"),
    });
    expect((await check(repository)).stdout).toContain("while FROZEN");
  });

  test("has the policy that holds without one", async () => {
    const repository = makeRepository({ [userPath]: full });
    await repository.proto4("init");
    commit(repository);
    const parts = ["name = 1", "mail = 2 [deprecated = true]"].map((part) => `string ${part}`);
    repository.write({ [userPath]: userProto(...parts) });
    const [withPolicy] = [await check(repository)];
    repository.git("rm", "--quiet", "proto4.yaml");
    repository.git("commit", "--quiet", "--message", "without");
    expect(await check(repository)).toEqual(withPolicy);
  });
});

describe("what is there", () => {
  test("stays as it is to the byte, and a second run changes nothing", async () => {
    const repository = makeRepository({
      [userPath]: full,
      "proto4.yaml": "version: v1\r\nfail_on: info\r\n",
    });
    const { stdout } = await repository.proto4("init");
    expect(stdout).toContain("kept  proto4.yaml\n");
    const before = snapshot(repository.folder);
    expect(before["proto4.yaml"]).toBe("version: v1\r\nfail_on: info\r\n");
    const { stdout: again } = await repository.proto4("init");
    expect(again.match(/^\w+(?= {2})/gm)).toEqual(["kept", "kept", "kept", "kept"]);
    expect(snapshot(repository.folder)).toEqual(before);
  });

  test("says whether a buf.gen.yaml lacks the plug-in, or shows it one folder at a time", async () => {
    const repository = makeRepository({
      [userPath]: full,
      "buf.gen.yaml": "version: v2\nplugins:\n  - local: protoc-gen-es\n    out: gen/proto4\n",
    });
    expect((await repository.proto4("init")).stdout).toContain(
      "kept  buf.gen.yaml\n      add under plugins:\n        - local: protoc-gen-proto4\n",
    );
    repository.write({ "buf.gen.yaml": "version: v1\nplugins:\n" });
    const { stdout } = await repository.proto4("init");
    const entry = /add under plugins:\n(( {8}.*\n)+)/.exec(stdout)?.[1] ?? "";
    repository.write({ "buf.gen.yaml": `version: v1\nplugins:\n${entry}` });
    expect(await repository.run("buf", "generate")).toEqual({ code: 0, stdout: "", stderr: "" });
    repository.write({
      "buf.gen.yaml": "version: v1\nplugins:\n  - plugin: proto4\n    out: gen\n",
    });
    expect((await repository.proto4("init")).stdout).toContain(
      "add to the entry of protoc-gen-proto4:  strategy: all",
    );
  });

  test("decides where the options go: into the first module of its buf.yaml", async () => {
    const repository = makeRepository({
      "buf.yaml": "version: v2\nmodules:\n  - path: api\n  - path: vendor\n",
      "api/acme/user/v1/user.proto": full,
      "vendor/x.proto": 'syntax = "proto3";\n',
      "stray/y.proto": 'syntax = "proto3";\n',
    });
    const { stdout } = await repository.proto4("init");
    expect(stdout).toContain("wrote  api/proto4/options.proto");
    expect(stdout).toContain("kept  buf.yaml\n      stray/y.proto lies in no module");
    expect((await repository.run("buf", "build")).code).toBe(0);
  });

  test("may be of an elder version", async () => {
    const repository = makeRepository({
      "buf.yaml": "version: v1beta1\nbuild:\n  roots: [a, b]\n",
      "a/acme/user/v1/user.proto": full,
      "b/z.proto": 'syntax = "proto3";\n',
    });
    const { stdout } = await repository.proto4("init");
    expect(stdout).toContain("wrote  a/proto4/options.proto");
    expect(stdout).toContain("it is v1beta1: buf config migrate makes it v2");
    expect((await repository.run("buf", "build")).code).toBe(0);
    const [, advised] = /for buf lint, add to buf\.yaml: {2}(.*)/.exec(stdout) ?? [];
    const elder = "version: v1beta1\nbuild:\n  roots: [a, b]\n";
    repository.write({ "buf.yaml": `${elder}${advised?.replace("{ ", "{ use: [ENUM_VALUE_PREFIX], ")}\n` });
    expect(await repository.run("buf", "lint")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect((await repository.proto4("init")).stdout).not.toContain("for buf lint");
  });

  test("may be options of another version", async () => {
    const repository = makeRepository({
      "proto/proto4/options.proto": 'syntax = "proto3";\npackage proto4;\n',
    });
    expect((await repository.proto4("init")).stdout).toContain(
      "kept  proto/proto4/options.proto\n      it is not this version's",
    );
  });

  test("is an error where it is malformed, at its place, and nothing is written", async () => {
    const repository = makeRepository({ "buf.yaml": "version: v2\nmodules: {\n" });
    const { code, stderr } = await repository.proto4("init");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^buf\.yaml:\d+:\d+: /) });
    expect(snapshot(repository.folder)).toEqual({ "buf.yaml": "version: v2\nmodules: {\n" });
  });
});

describe("a folder", () => {
  test("that is not there yet is made", async () => {
    const repository = makeRepository();
    expect((await repository.proto4("init", "services/user")).code).toBe(0);
    expect(read(repository, "services/user/proto/proto4/options.proto")).toBe(
      readFileSync(join(root, "proto/proto4/options.proto"), "utf8"),
    );
  });

  test("that a buf.yaml further up speaks of is refused, with what to run", async () => {
    const repository = makeRepository({
      "buf.yaml": "version: v2\nmodules:\n  - path: proto\n",
      [userPath]: full,
    });
    const { code, stderr } = await repository.proto4("init", "proto");
    expect(code).toBe(1);
    expect(stderr).toBe("proto: a buf.yaml further up speaks of it already: proto4 init .\n");
  });

  test("in no repository gets no CI and is told of git", async () => {
    const repository = makeRepository();
    repository.git("init", "--quiet");
    const { stdout } = await repository.run(
      "sh",
      "-c",
      'rm -rf .git && GIT_CEILING_DIRECTORIES="$(dirname "$PWD")" proto4 init',
    );
    expect(stdout).toContain("git init: what changed is judged against a commit");
    expect(stdout).not.toContain("CI");
  });

  test("further down gets commands that work from where one stands", async () => {
    const repository = makeRepository({
      "package.json": JSON.stringify({ dependencies: { proto4: "file:vendor" } }),
      [`services/user/${userPath}`]: full,
    });
    const { stdout } = await repository.proto4("init", "services/user");
    commit(repository);
    const commands = stepsOf(stdout, /buf generate|proto4 check/);
    expect(commands).toHaveLength(2);
    const { stdout: within } = await repository.run("sh", "-c", "cd services/user && proto4 init");
    const inIt = stepsOf(within, /buf generate|proto4 check/).map((line) => `cd services/user && ${line}`);
    for (const line of [...commands, ...inIt])
      expect([line, await repository.run("sh", "-c", line.replaceAll("npx ", ""))]).toEqual([
        line,
        { code: 0, stdout: "", stderr: "" },
      ]);
    expect(existsSync(join(repository.folder, "services/user/gen/acme/user/v1/user_pb.ts"))).toBe(true);
    expect(`${stdout}${within}`).not.toContain("npm install");
    expect(stdout).toContain("npx proto4 init services/user --ci github");
    expect(inIt[0]).toContain("npx buf");
  });

  test("that a link leads to has its CI file in its repository", async () => {
    const repository = makeRepository({ [`services/user/${userPath}`]: full });
    symlinkSync("services/user", join(repository.folder, "user"));
    const { stdout } = await repository.proto4("init", "user", "--ci", "github");
    expect(stdout).toContain("wrote  .github/workflows/proto4.yml");
    expect(read(repository, ".github/workflows/proto4.yml")).toContain("proto4 check services/user");
    expect((await repository.proto4("init", "user/new")).stdout).toContain(
      "wrote  services/user/new/buf.yaml",
    );
  });

  test("that is a file is refused", async () => {
    const { proto4 } = makeRepository({ "a.proto": "" });
    const { code, stderr } = await proto4("init", "a.proto");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^a\.proto: it is a file: .*\n$/),
    });
  });

  test("may have one in it that is closed to us", async () => {
    const repository = makeRepository({ [userPath]: full, "data/pg.conf": "" });
    const closed = `require("fs").readdirSync = ((all) => (path, ...rest) => {
      if (String(path).endsWith("/data")) throw Object.assign(new Error("closed"), { code: "EACCES" });
      return all(path, ...rest);
    })(require("fs").readdirSync);`;
    repository.write({ "closed.cjs": closed });
    const { code, stdout } = await repository.run(process.execPath, "-r", "./closed.cjs", main, "init");
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("wrote  buf.yaml") });
  });

  test("where a file stands in the way is an error that says what stays", async () => {
    const repository = makeRepository({ proto: "no folder" });
    const { code, stderr } = await repository.proto4("init");
    expect(code).toBe(1);
    expect(stderr).toMatch(/^proto\/proto4\/options\.proto: it cannot be written .*run again\n$/);
  });
});

test("a dry run says all and writes nothing", async () => {
  const repository = makeRepository({ [userPath]: full, ".github/CODEOWNERS": "" });
  const { stdout: said } = await repository.proto4("init", "--dry-run", "--hook");
  expect(Object.keys(snapshot(repository.folder))).toEqual([".github/CODEOWNERS", userPath]);
  const { stdout: done } = await repository.proto4("init");
  const files = (text: string, verb: string) =>
    text.match(new RegExp(`(?<=^${verb} {2})\\S+`, "gm"))?.filter((path) => path !== "proto4");
  expect(files(said, "would write")).toEqual(files(done, "wrote"));
});

/** The commands among what is to be done next. */
function stepsOf(said: string, wanted: RegExp): readonly string[] {
  const steps = [...said.matchAll(/^ {2}\d {2}(?:[^:\n]*: {2})?(.*)$/gm)].map(([, command = ""]) => command);
  return steps.filter((command) => wanted.test(command));
}

function commit(repository: Repository): void {
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message", "a version");
}

function check(repository: Repository) {
  return repository.proto4("check", "--against", ".git#branch=main");
}

function read({ folder }: Repository, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

/** All files, without git's own. */
function snapshot(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith(".git/"));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

test("a new buf.yaml says which ones below it count no longer", async () => {
  const repository = makeRepository({
    "proto/buf.yaml": "version: v1\nbreaking:\n  use: [WIRE]\n",
    "proto/a/v1/a.proto": 'syntax = "proto3";\npackage a.v1;\n',
  });
  const { stdout } = await repository.proto4("init", "--dry-run", "--ci", "none");
  expect(stdout).toMatch(
    /would write {2}buf\.yaml .*\n {6}proto\/buf\.yaml counts no longer: .* {2}proto4 init proto\n/,
  );
});
