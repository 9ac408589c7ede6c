import { mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadSide } from "../../../src/gate/index.js";
import { run } from "../../setup/sources.js";
import { bufBreaking, ourBreaking, writeFiles } from "./breaking.js";

const message = (name: string, type: string) =>
  `syntax = "proto3";\npackage acme.v1;\nmessage ${name} {\n  string a = 1;\n  ${type} b = 2;\n}\n`;

const shop = {
  "buf.yaml": "version: v2\nmodules: [{path: proto}]\n",
  ".gitignore": "node_modules/\n.cache/\n",
  "proto/acme/v1/a.proto": message("A", "string"),
  "proto/acme/v1/b.proto": message("B", "string"),
};

/** A repository with the tag v1, gone when the test has ended. */
async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await writeFiles(files);
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await run(folder, "git", "init", "-q", "-b", "main");
  await commit(folder, "v1");
  return folder;
}

async function commit(folder: string, tag: string): Promise<void> {
  await run(folder, "git", "add", "-A");
  await run(folder, "git", "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", tag);
  await run(folder, "git", "tag", tag);
}

async function write(folder: string, path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** Expects that we say what buf says, with what earlier runs have kept and once more with what this one has. */
async function expectLikeBuf(cwd: string, count: number): Promise<void> {
  const comparison = { against: ".git#tag=v1" };
  const theirs = await bufBreaking(cwd, comparison);
  expect(theirs.length).toBe(count);
  for (const _ of ["first", "again"])
    expect(await ourBreaking(cwd, { ...comparison, cacheFolder: join(cwd, ".cache") })).toEqual(theirs);
}

function load(cwd: string, input = ".") {
  return loadSide(input, { cwd, cacheFolder: join(cwd, ".cache") });
}

/** Of what is kept there is one copy in memory; what is compiled is a new one each time. */
async function isKept(cwd: string): Promise<boolean> {
  await load(cwd); // may compile, and keep
  const [first, second] = [(await load(cwd)).image, (await load(cwd)).image];
  return first.files.every(({ bytes }, index) => bytes === second.files[index]?.bytes);
}

test.each(["archive", "zoo"])(
  "a copy in %s, outside of every module, does not hide a change",
  async (where) => {
    const cwd = await repository({ ...shop, [`${where}/acme/v1/a.proto`]: message("A", "string") });
    await expectLikeBuf(cwd, 0);
    await write(cwd, "proto/acme/v1/a.proto", message("A", "int32"));
    await expectLikeBuf(cwd, 1);
    await write(cwd, "proto/acme/v1/a.proto", message("A", "bytes"));
    await expectLikeBuf(cwd, 1);
  },
);

test("a copy that git ignores does not hide a change, and as the commit tells it apart, all is kept", async () => {
  const cwd = await repository(shop);
  await write(cwd, "node_modules/x/acme/v1/a.proto", message("A", "string"));
  await expectLikeBuf(cwd, 0);
  await write(cwd, "proto/acme/v1/a.proto", message("A", "int32"));
  await expectLikeBuf(cwd, 1);
  expect(await isKept(cwd)).toBe(true);
  await write(cwd, "node_modules/x/acme/v1/a.proto", message("A", "int64"));
  await expectLikeBuf(cwd, 1);
  expect(await isKept(cwd)).toBe(true);
});

test("where nothing tells a copy apart, nothing is kept", async () => {
  const cwd = await repository({ ...shop, "archive/acme/v1/a.proto": message("A", "string") });
  expect(await isKept(cwd)).toBe(false);
});

test("a copy that a module excludes does not stand in for the file of another module", async () => {
  const yaml = "version: v2\nmodules: [{path: lib, excludes: [lib/acme/v1]}, {path: proto}]\n";
  const cwd = await repository({ ...shop, "buf.yaml": yaml, "lib/l.proto": message("L", "string") });
  await expectLikeBuf(cwd, 0);
  await write(cwd, "lib/acme/v1/a.proto", message("A", "string"));
  await expectLikeBuf(cwd, 0);
  await write(cwd, "proto/acme/v1/a.proto", message("A", "int32"));
  await expectLikeBuf(cwd, 1);
  expect(await isKept(cwd)).toBe(true);
});

test("a source that comes later and is in no module is no error, and costs one run", async () => {
  const cwd = await repository(shop);
  await expectLikeBuf(cwd, 0);
  for (const path of ["node_modules/x/options.proto", "node_modules/y/options.proto", "later.proto"]) {
    await write(cwd, path, message("O", "string"));
    await expectLikeBuf(cwd, 0);
    expect(await isKept(cwd)).toBe(true);
  }
  await write(cwd, "later.proto", "no proto at all");
  await write(cwd, "proto/acme/v1/b.proto", message("B", "int32"));
  await expectLikeBuf(cwd, 1);
});

test("an edit that does not compile is complained of, beside a source that is in no module", async () => {
  const cwd = await repository(shop);
  await expectLikeBuf(cwd, 0);
  await write(cwd, "later.proto", message("O", "string"));
  await write(cwd, "proto/acme/v1/b.proto", message("B", "strng"));
  await expect(load(cwd)).rejects.toMatchObject({
    code: "compile-failed",
    message: expect.stringContaining("cannot find `strng`"),
  });
});

test("files whose paths end alike are told apart, and kept", async () => {
  const files = { "a.proto": message("A", "string"), "v1/a.proto": message("B", "string") };
  const cwd = await repository({ ...files, "z/v1/a.proto": message("C", "string") });
  expect(await isKept(cwd)).toBe(true);
  await write(cwd, "v1/a.proto", message("B", "int32"));
  await expectLikeBuf(cwd, 1);
});

test("a file that two modules have under two names is not taken for its copy", async () => {
  const nothing = (imported: string) =>
    `syntax = "proto3";\npackage acme.v1;\nimport public "google/protobuf/${imported}.proto";\n`;
  const cwd = await repository({
    "buf.yaml": "version: v2\nmodules: [{path: proto}, {path: proto/sub}]\n",
    "proto/sub/e.proto": nothing("any"),
    "zoo/e.proto": nothing("any"),
  });
  await load(cwd);
  await write(cwd, "proto/sub/e.proto", nothing("empty"));
  const { image } = await load(cwd);
  const imports = image.files
    .filter(({ isImport }) => !isImport)
    .map((file) => [file.path, file.dependencies]);
  expect(imports).toEqual([
    ["e.proto", ["google/protobuf/empty.proto"]],
    ["sub/e.proto", ["google/protobuf/empty.proto"]],
  ]);
});

test("a link to a file is followed in a folder and not in a commit, as by buf", async () => {
  const cwd = await writeFiles({ ...shop, "elsewhere/c.proto": message("C", "string") });
  await symlink("../elsewhere/c.proto", join(cwd, "proto/c.proto"));
  onTestFinished(() => rm(cwd, { recursive: true, force: true }));
  await run(cwd, "git", "init", "-q", "-b", "main");
  await commit(cwd, "v1");
  const paths = async (input: string) => (await load(cwd, input)).image.files.map(({ path }) => path);
  for (const _ of ["first", "again"]) {
    expect(await paths(".git#tag=v1")).toEqual(["acme/v1/a.proto", "acme/v1/b.proto"]);
    expect(await paths(".")).toEqual(["acme/v1/a.proto", "acme/v1/b.proto", "c.proto"]);
  }
});
