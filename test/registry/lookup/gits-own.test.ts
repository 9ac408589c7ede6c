import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { exportVersion, findVersion } from "../../../src/registry/index.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { openTestStore } from "../stores.js";

let one: Compiled;
beforeAll(async () => {
  one = await compile(userProto("string name = 1"));
});

test.each([".git/config", "acme/.GIT/hooks/post-checkout", "git~1/config", ".git./config"])(
  "what was pushed at %j is not pulled: git would run what it says",
  async (path) => {
    const store = await openTestStore(`memory:gits-own-${path}`);
    const [{ bytes, path: elder, ...slice }] = one.image.files as [(typeof one.image.files)[0]];
    const renamed = rename(bytes, elder, path);
    const image = { files: [{ ...slice, path, bytes: renamed }] };
    await push(store, { image, sources: new Map([[path, "[core]\n"]]) });
    const folder = await mkdtemp(join(tmpdir(), "proto4-git-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const version = await findVersion(store, { subject: "acme/user", version: 1 });
    await expect(
      exportVersion({ store, cache: noCache }, version, join(folder, "out")),
    ).rejects.toMatchObject({
      code: "output-unwritable",
      message: expect.stringContaining(path),
    });
    expect(await readdir(folder)).toEqual([]);
  },
);

/** The descriptor under another name: field 1, which comes first. */
function rename(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.concat([Buffer.from([10, to.length]), Buffer.from(to), bytes.subarray(2 + from.length)]);
}
