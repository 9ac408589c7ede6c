import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { consulAddress, protocPath } from "./peers.js";

const run = promisify(execFile);

describe.skipIf(protocPath === undefined)("protoc", () => {
  test("is of the 3.21 line that Debian ships", async () => {
    const { stdout } = await run(protocPath as string, ["--version"]);
    expect(stdout).toMatch(/^libprotoc 3\.21\./);
  });
});

describe.skipIf(consulAddress === undefined)("Consul", () => {
  test("is real: a key that was put is read back and compare-and-set is honoured", async () => {
    const key = `http://${consulAddress}/v1/kv/proto4-peers-test`;
    const put = (query: string) => fetch(`${key}${query}`, { method: "PUT", body: "seen" });
    expect(await (await put("?cas=0")).text()).toContain("true");
    expect(await (await put("?cas=0")).text()).toContain("false");
    expect(await (await fetch(`${key}?raw`)).text()).toBe("seen");
    await fetch(key, { method: "DELETE" });
  });
});
