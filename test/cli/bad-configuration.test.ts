import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeFolder, type Outcome, proto4, run } from "./proto4.js";

const proto = 'syntax = "proto3";\npackage shop.v1;\nmessage M { string a = 1; }\n';
const yaml = "version: v1\nbreaking:\n  use: [FIELD_SAME_LABEL]\n  ignore: [shop, vendr]\n";

let folder: string;

beforeAll(async () => {
  folder = await makeFolder({
    "good/shop/v1/m.proto": proto,
    "warned/shop/v1/m.proto": proto,
    "warned/buf.yaml": yaml,
    "wrong/shop/v1/m.proto": proto,
    "wrong/buf.yaml": "version: v2\nbreaking:\n  use: [FILES]\n",
    "origin/shop/v1/m.proto": proto,
  });
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], join(folder, "origin"));
  await git("init", "-q", "-b", "main");
  await git("add", ".");
  await git("commit", "-qm", "one");
  await git("branch", "release");
  await git("checkout", "-qb", "topic");
  await run("git", ["clone", "-q", "--depth", "1", `file://${join(folder, "origin")}`, "shallow"], folder);
}, 30_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

const check = (...args: readonly string[]): Promise<Outcome> => proto4(folder, "check", ...args);

test("a path that matches nothing, and a name that was replaced, are warnings", async () => {
  const outcome = await check("warned", "--against", "good", "--like-buf");
  expect(outcome).toMatchObject({ code: 0, stdout: "" });
  expect(outcome.stderr.split("\n")).toEqual([
    expect.stringMatching(
      /^warned\/buf\.yaml:3:9: warning: FIELD_SAME_LABEL is deprecated; say FIELD_SAME_CARD/,
    ),
    "warned/buf.yaml:4:18: warning: vendr is ignored, but matches no file",
    "",
  ]);
});

test("a name that does not exist is an error with its place, after, and nobody's business before", async () => {
  const outcome = await check("wrong", "--against", "good");
  expect(outcome).toMatchObject({ code: 1, stdout: "" });
  expect(outcome.stderr).toMatch(
    /^wrong\/buf\.yaml:3:9: there is no category or rule "FILES" in v2 .*mean FILE\?/,
  );
  expect(await check("good", "--against", "wrong")).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("a --config that is not there, or wrong, is told so", async () => {
  const missing = await check("good", "--against", "good", "--config", "nowhere/buf.yaml");
  expect(missing).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^nowhere\/buf\.yaml: there is no such file/),
  });
  const wrong = await check("good", "--against", "good", "--config", "version: v1\nbreaking: {use: [X]}");
  expect(wrong).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^--config:2:18: there is no category/),
  });
});

test("a branch that a shallow clone lacks is told of with the way out", async () => {
  for (const flags of [[], ["--like-buf"]]) {
    const outcome = await check("good", "--against", "shallow/.git#branch=release", ...flags);
    expect(outcome).toMatchObject({ code: 1, stdout: "" });
    expect(outcome.stderr).toMatch(
      /^shallow\/\.git: the repository has no release; .*git fetch origin release:release.*fetch-depth: 0/,
    );
  }
  const outcome = await check("good", "--against", "nowhere/.git#branch=main");
  expect(outcome).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^nowhere\/\.git: this is no git repository/),
  });
});
