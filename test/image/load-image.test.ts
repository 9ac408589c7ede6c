import { rm, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Proto4Error } from "../../src/diagnostics/index.js";
import { exportSources, type Image, loadImage } from "../../src/image/index.js";
import { protocPath } from "../setup/peers.js";
import { buf, run, writeSources } from "../setup/sources.js";

const shop = {
  "shop/user.proto": `syntax = "proto3";\npackage shop;\nimport "shop/money.proto";\nmessage User { Money owes = 1; }\n`,
  "shop/money.proto": `syntax = "proto3";\npackage shop;\nmessage Money { int64 cents = 1; }\n`,
};

const paths = (image: Image) => image.files.map((file) => file.path);
const nonImports = (image: Image) => paths({ files: image.files.filter((file) => !file.isImport) });

async function failure(loading: Promise<unknown>): Promise<Proto4Error> {
  const error = await loading.then(
    () => undefined,
    (cause) => cause,
  );
  expect(error).toBeInstanceOf(Proto4Error);
  return error as Proto4Error;
}

test("a folder is compiled, each file after its imports", async () => {
  const image = await loadImage(await writeSources(shop));
  expect(paths(image)).toEqual(["shop/money.proto", "shop/user.proto"]);
  expect(image.files[1]).toMatchObject({
    package: "shop",
    dependencies: ["shop/money.proto"],
    isImport: false,
  });
});

test("an input may be relative to a folder of choice", async () => {
  const folder = await writeSources(shop);
  const image = await loadImage(".", { cwd: folder, paths: ["shop/money.proto"] });
  expect(paths(image)).toEqual(["shop/money.proto"]);
});

test("a limited path makes the rest imports, and an excluded one leaves", async () => {
  const folder = await writeSources(shop);
  const limited = await loadImage(folder, { paths: [join(folder, "shop/user.proto")] });
  expect(paths(limited)).toEqual(["shop/money.proto", "shop/user.proto"]);
  expect(nonImports(limited)).toEqual(["shop/user.proto"]);
  const excluded = await loadImage(folder, { excludePaths: [join(folder, "shop/user.proto")] });
  expect(paths(excluded)).toEqual(["shop/money.proto"]);
});

describe("a binary image", () => {
  test("is read without a compiler, and limited by one", async () => {
    const folder = await writeSources(shop);
    await buf(folder, "build", "-o", "image.pb#format=binpb");
    const file = join(folder, "image.pb");
    // buf would not start in a folder that does not exist.
    expect(await loadImage(file, { cwd: "/nowhere" })).toEqual(await loadImage(folder));
    expect(nonImports(await loadImage(file, { paths: ["shop/user.proto"] }))).toEqual(["shop/user.proto"]);
  });

  test.skipIf(protocPath === undefined)("may come from protoc", async () => {
    const folder = await writeSources(shop);
    const file = join(folder, "image.binpb");
    await run(folder, protocPath as string, "-I.", "-o", file, "--include_imports", "shop/user.proto");
    expect(paths(await loadImage(file))).toEqual(["shop/money.proto", "shop/user.proto"]);
  });

  test("that lacks an import, is cut short or is no image at all is refused by name", async () => {
    const folder = await writeSources(shop);
    const file = join(folder, "image.binpb");
    await buf(folder, "build", "--exclude-imports", "--path", "shop/user.proto", "-o", file);
    const lacking = await failure(loadImage(file));
    expect(lacking).toMatchObject({ code: "image-corrupt", location: { path: file } });
    expect(lacking.message).toContain("shop/user.proto imports shop/money.proto");
    await truncate(file, 20);
    expect(await failure(loadImage(file))).toMatchObject({ code: "image-corrupt" });
    await writeFile(file, "not an image");
    expect(await failure(loadImage(file))).toMatchObject({ code: "image-corrupt" });
  });

  test("that is not there is unreadable", async () => {
    expect(await failure(loadImage("/nowhere/image.binpb"))).toMatchObject({
      code: "input-unreadable",
      location: { path: "/nowhere/image.binpb" },
    });
  });
});

test("a JSON image, an archive and a git reference load as the folder they were made of", async () => {
  const folder = await writeSources(shop);
  const image = await loadImage(folder);
  const git = (...args: string[]) =>
    run(folder, "git", "-c", "user.name=t", "-c", "user.email=t@example.com", ...args);
  await buf(folder, "build", "-o", "image.json");
  await run(folder, "tar", "czf", "shop.tar.gz", "shop");
  await git("init", "-q", "-b", "main");
  await git("add", "shop");
  await git("commit", "-q", "-m", "shop");
  await rm(join(folder, "shop"), { recursive: true });
  expect(await loadImage("shop.tar.gz", { cwd: folder })).toEqual(image);
  // As in a git hook, whose variables point elsewhere.
  const env = { ...process.env, GIT_DIR: "/nowhere", GIT_INDEX_FILE: "/nowhere/index" };
  expect(await loadImage(".git#branch=main", { cwd: folder, env })).toEqual(image);
  expect(await loadImage("image.json", { cwd: folder })).toEqual(image);
});

test("what does not compile names its first place, and all of them in the message", async () => {
  const folder = await writeSources({
    "a.proto": `syntax = "proto3";\nmessage A {\n  strng x = 1;\n}\nmessage A {}\n`,
  });
  const error = await failure(loadImage(folder));
  expect(error).toMatchObject({ code: "compile-failed", location: { startLine: 2, startColumn: 9 } });
  expect(error.location?.path).toMatch(/a\.proto$/);
  expect(error.message).toContain("cannot find `strng`");
  expect(error.message).toContain("declared multiple times");
});

test("an input that is not there, or looks like an option, is unreadable", async () => {
  const missing = await failure(loadImage("nowhere"));
  expect(missing).toMatchObject({ code: "input-unreadable", location: { path: "nowhere" } });
  expect(await failure(loadImage("--version"))).toMatchObject({ code: "input-unreadable" });
});

test("without a place to run in, buf does not start and the error says what to do", async () => {
  const error = await failure(loadImage(".", { cwd: "/nowhere" }));
  expect(error).toMatchObject({ code: "compiler-missing" });
  expect(error.message).toContain("npm install @bufbuild/buf");
});

describe("sources", () => {
  test("are the text of the files that are not imports, in the order of paths", async () => {
    const folder = await writeSources(shop);
    const all = await exportSources(folder);
    expect([...all]).toEqual([
      ["shop/money.proto", shop["shop/money.proto"]],
      ["shop/user.proto", shop["shop/user.proto"]],
    ]);
    const limited = await exportSources(folder, { paths: [join(folder, "shop/user.proto")] });
    expect([...limited.keys()]).toEqual(["shop/user.proto"]);
  });

  test("are none for an image, and an error where there should be some", async () => {
    const folder = await writeSources(shop);
    await buf(folder, "build", "-o", "image.json");
    expect((await exportSources(join(folder, "image.json"))).size).toBe(0);
    expect(await failure(exportSources("nowhere"))).toMatchObject({ code: "input-unreadable" });
  });
});
