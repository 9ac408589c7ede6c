import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, lstat, open, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { main, run } from "../proto4.js";
import { makeShop, type Shop, translate } from "./shop.js";

let shop: Shop;
let users: Uint8Array;
const v3 = "shop.v3.User";
const up = [v3, "--up", "--in", "shop.binpb"];
beforeAll(async () => {
  shop = await makeShop();
  users = shop.stream(v3, [{ name: "ada", phone: "1" }, { name: "bob" }]);
  await writeFile(at("in.bin"), users);
}, 60_000);
afterAll(() => rm(shop.folder, { recursive: true, force: true }));

describe.skipIf(process.platform === "win32")("a target", () => {
  test("keeps its mode, and a link to it stays one", async () => {
    await writeFile(at("real.bin"), "before");
    await chmod(at("real.bin"), 0o640);
    await symlink("real.bin", at("link.bin"));
    expect(await translate(shop, [...up, "--from", "in.bin", "--to", "link.bin"])).toMatchObject({ code: 0 });
    expect((await lstat(at("link.bin"))).isSymbolicLink()).toBe(true);
    const { mode, size } = await stat(at("real.bin"));
    expect([mode & 0o777, size]).toEqual([0o640, users.length]);
  });

  test.skipIf(process.platform !== "linux")("that is full is told in a sentence", async () => {
    const full = await translate(shop, [...up, "--from", "in.bin", "--to", "/dev/full"]);
    expect(full).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^\/dev\/full: this cannot be written: ENOSPC.*\n$/),
    });
  });

  test("that is a pipe is written to, and stays one", async () => {
    await promisify(execFile)("mkfifo", [at("pipe")]);
    const [outcome, piped] = await Promise.all([
      translate(shop, [...up, "--from", "in.bin", "--to", "pipe"]),
      readFile(at("pipe")),
    ]);
    expect(outcome.code).toBe(0);
    expect(piped.length).toBe(users.length);
    expect((await stat(at("pipe"))).isFIFO()).toBe(true);
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "of a run that %s ends is as it was, and nothing is left beside it",
    async (signal) => {
      await writeFile(at("out.bin"), "before");
      const child = spawn(process.execPath, [main, "translate", ...up, "--to", "out.bin"], {
        cwd: shop.folder,
      });
      const ended = once(child, "close");
      child.stdin.write(users);
      while ((await partials()).length === 0) await sleep(20);
      child.kill(signal);
      expect(await ended).toEqual([null, signal]);
      expect(await partials()).toEqual([]);
      expect(await readFile(at("out.bin"), "utf8")).toBe("before");
    },
  );
});

describe("a reader of the output", () => {
  test("that goes away ends the work, without a word", async () => {
    const child = spawn(process.execPath, [main, "translate", ...up], { cwd: shop.folder });
    const said = text(child.stderr);
    const ended = once(child, "close");
    child.stdin.on("error", () => {});
    const block = Buffer.concat(Array.from({ length: 5000 }, () => users));
    // More than anybody keeps on the way.
    const write = (): unknown =>
      child.stdin.writable && child.stdin.write(block, (error) => error || write());
    write();
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await ended).toEqual([0, null]);
    expect(await said).toBe("");
  });

  test("that is slow holds up the reading, and gets all", async () => {
    const child = spawn(process.execPath, [main, "translate", ...up], { cwd: shop.folder });
    const block = Buffer.concat(Array.from({ length: 10 }, megabyte));
    child.stdin.end(block);
    await sleep(1500);
    // The pipes and the two processes hold some of it; the rest waits where it came from.
    expect(child.stdin.writableLength).toBeGreaterThan(0);
    let size = 0;
    for await (const chunk of child.stdout) size += chunk.length;
    expect(size).toBe(block.length);
  });
});

describe.skipIf(!existsSync("/usr/bin/script"))("on a terminal", () => {
  test("a line tells how far it is, and is gone at the end", async () => {
    await writeMegabytes("watched.bin", 60);
    const { stdout } = await onTerminal("--from", "watched.bin", "--to", "out.bin");
    const lines = stdout.split("\r").map((line) => line.replace("\x1b[K", ""));
    const drawn = lines.slice(1, -2);
    expect(drawn.length).toBeGreaterThan(0);
    for (const line of drawn)
      expect(line).toMatch(
        /^\[(?=.{16}\])=*>? *\] +\d+% {2}\d+\.\d of 60\.\d MB {2}[\d,]+ messages {2}\d+\.\d MB\/s$/,
      );
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^10\d+ messages of shop\.v3\.User became/),
      "\n",
    ]);
  });

  test("binary messages are not shown, and JSON is shown without a line in between", async () => {
    const binary = await onTerminal("--from", "in.bin");
    expect(binary.stdout).toMatch(/a terminal cannot show binary messages: .*--output-format json/);
    await writeMegabytes("watched.bin", 10);
    const json = await onTerminal("--from", "watched.bin", "--output-format", "json");
    expect(json.stdout).not.toContain("\x1b");
  });

  function onTerminal(...args: readonly string[]) {
    const command = [process.execPath, main, "translate", ...up, ...args].map((arg) => `'${arg}'`).join(" ");
    return run("/usr/bin/script", ["-qec", command, "/dev/null"], shop.folder);
  }
});

describe("memory", () => {
  test("of 200 MB is that of 20 MB, which is small", { timeout: 120_000 }, async () => {
    const [small, large] = [await peakOf(20), await peakOf(200)];
    expect(large).toBeLessThan(small + 60);
    expect(large).toBeLessThan(300);
  });

  test("of a stream with a length of 4 GB is small, too", { timeout: 60_000 }, async () => {
    await writeFile(
      at("hostile.bin"),
      Buffer.concat([Buffer.from("feffffff0f", "hex"), Buffer.alloc(200e6)]),
    );
    expect(await peak("hostile.bin", 1)).toBeLessThan(300);
  });
});

/** A stream of messages, each of which changes, of a megabyte. */
function megabyte(): Uint8Array {
  const user = {
    name: "n".repeat(2000),
    phone: "1",
    loyaltyPoints: 9,
    addresses: [{ city: "c".repeat(4000) }],
  };
  return shop.stream(v3, Array(166).fill(user));
}

/** Peak of the resident memory, in MB, over a stream of as many megabytes. */
async function peakOf(megabytes: number): Promise<number> {
  await writeMegabytes("large.bin", megabytes);
  return peak("large.bin", 0);
}

async function writeMegabytes(name: string, megabytes: number): Promise<void> {
  const block = megabyte();
  const file = await open(at(name), "w");
  for (let size = 0; size < megabytes * 1e6; size += block.length) await file.writeFile(block);
  await file.close();
}

async function peak(from: string, code: number): Promise<number> {
  await writeFile(at("tell.cjs"), 'process.on("exit", () => console.log(process.resourceUsage().maxRSS))');
  const args = ["-r", "./tell.cjs", main, "translate", ...up, "--from", from, "--to", "large-out.bin"];
  const child = spawn(process.execPath, args, { cwd: shop.folder });
  const [told, ended] = await Promise.all([text(child.stdout), once(child, "close")]);
  expect(ended).toEqual([code, null]);
  return Number(told) / 1000;
}

async function partials(): Promise<readonly string[]> {
  return (await readdir(shop.folder)).filter((name) => name.endsWith(".partial"));
}

function at(name: string): string {
  return join(shop.folder, name);
}
