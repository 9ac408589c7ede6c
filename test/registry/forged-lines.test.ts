import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { makeCommand } from "../../src/cli/registry.js";
import { oneLine } from "../../src/diagnostics/index.js";
import { approve, setEnvironment } from "../../src/registry/index.js";
import { actor } from "./actor.js";
import { compile, push, userProto } from "./contracts.js";
import { runCommand } from "./run-command.js";
import { openTestStore } from "./stores.js";

test("what somebody has written as a reason is no line of its own, and steers no terminal", async () => {
  const store = `memory:${randomUUID()}`;
  const held = await openTestStore(store);
  await push(held, await compile(userProto("string name = 1")));
  const reason = "known\n2026-11-24T10:00:00.000Z  ada  publish  \x1b[2Jseq 9";
  await approve(held, { subject: "acme/user", finding: "0123456789ab", reason, ...actor() });
  await setEnvironment(held, { environment: "test", complete: { reason }, ...actor() });
  const run = async (...args: readonly string[]) =>
    (await runCommand(makeCommand(), [...args, "--store", store])).stdout;

  expect((await run("log", "acme/user")).trimEnd().split("\n")).toHaveLength(2);
  expect((await run("show", "acme/user")).trimEnd().split("\n").at(-1)).toMatch(
    /^approved .*known\\u000a2026/,
  );
  expect(await run("can-i-remove", "acme.v1.User.name", "--env", "test")).toContain("known\\u000a2026");
  for (const command of ["log", "show acme/user", "drift", "can-i-remove acme.v1.User.name --env test"]) {
    const said = await run(...command.split(" "));
    expect(said).not.toMatch(/^2026-11-24/m);
    expect(said).not.toContain("\x1b");
  }
});

test("other signs stay as they are", () => {
  expect(oneLine("größer → 数 🎉 \\n")).toBe("größer → 数 🎉 \\n");
  expect(oneLine("a\u202eb\u2028c")).toBe("a\\u202eb\\u2028c");
});
