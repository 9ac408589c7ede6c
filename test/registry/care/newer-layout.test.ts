import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { expect, test } from "vitest";
import { makeCommand } from "../../../src/cli/registry.js";
import { noCache } from "../../../src/registry/blob-cache.js";
import { exportRegistry } from "../../../src/registry/index.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { push } from "../contracts.js";
import { grownImage } from "../histories/grown.js";
import { runCommand } from "../run-command.js";
import { describeStores, dump, openTestStore } from "../stores.js";

describeStores("a store of a newer layout", ({ fresh }) => {
  test("is refused by every command, and stays as it is", async () => {
    const folder = await mkdtemp(join(tmpdir(), "proto4-newer-"));
    const address = fresh();
    const store = await openTestStore(address);
    try {
      await push(store, { image: grownImage([1]), sources: new Map() });
      await exportRegistry({ store, cache: noCache }, join(folder, "export"));
      await writeFile(join(folder, "image.binpb"), serializeImage(grownImage([1, 2])));
      const layout = Buffer.from('{"layout":2}');
      await store.transact([{ verb: "set", key: "proto4/v1/layout", value: layout }]);
      const before = await dump(store);
      for (const { name, args } of makeCommand().commands.map((each) => invocationOf(each, folder))) {
        const { code, stderr } = await runCommand(makeCommand(), [name, ...args, "--store", address]);
        expect([name, code, stderr]).toEqual([name, 1, expect.stringContaining("install a newer proto4")]);
      }
      expect(await dump(store)).toEqual(before);
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  });
});

/** With all that a command must be given. */
function invocationOf(command: Command, folder: string) {
  const name = command.name();
  const given: Readonly<Record<string, string>> = {
    input: join(folder, "image.binpb"),
    dir: join(folder, "export"),
    subject: "acme/user",
    version: "acme/user@1",
    finding: "0123456789ab",
    label: "main",
    environment: "test",
    env: "test",
    out: join(folder, name),
    reason: "a test",
    fingerprint: "a".repeat(64),
    service: "web",
    element: "acme.v1.Grown.f1",
    name: "acme.v1.Grown",
  };
  const needed = command.registeredArguments.filter((each) => each.required || each.name() === "input");
  const mandatory = command.options.filter((option) => option.mandatory);
  return {
    name,
    args: [
      ...needed.map((each) => given[each.name()] ?? "acme.v1.Grown"),
      ...mandatory.flatMap((option) => [option.long!, given[option.attributeName()] ?? "1"]),
    ],
  };
}
