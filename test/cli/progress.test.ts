import { afterEach, describe, expect, test, vi } from "vitest";
import { makeProgress } from "../../src/cli/progress.js";
import { makeRepository, type Repository, userPath, userProto } from "./repository.js";

afterEach(() => void vi.useRealTimers());

describe("a line that tells of something long", () => {
  test("comes after a second, counts, fits the terminal, and goes", async () => {
    const { progress, written, pass } = watch(40);
    const done = progress.begin("compiling", async () => "8,028 files");
    await pass(999);
    expect(written).toEqual([]);
    await pass(1);
    expect(written).toEqual(["\rcompiling 8,028 files … 1 s\x1b[K"]);
    await pass(1000);
    expect(written.at(-1)).toBe("\rcompiling 8,028 files … 2 s\x1b[K");
    done();
    expect(written.at(-1)).toBe("\r\x1b[K");
    const { length } = written;
    await pass(5000);
    expect(written).toHaveLength(length);
    progress.begin("compiling", () => "a-very-long-name-of-an-input.git#branch=main");
    await pass(1000);
    expect(written.at(-1)).toBe("\rcompiling a-very-long-name-of-an-input.\x1b[K");
  });

  test("never comes for what is short", async () => {
    const { progress, written, pass } = watch(80);
    progress.begin("compiling", () => "1 file")();
    await pass(5000);
    expect(written).toEqual([]);
  });

  test("keeps nothing going where all ends while it is asked what to say", async () => {
    const { progress, written, pass } = watch(80);
    const done = progress.begin(
      "compiling",
      () => new Promise((resolve) => setTimeout(() => resolve("8,028 files"), 300)),
    );
    await pass(1100);
    done();
    await pass(5000);
    expect(written).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("tells of the latest of several, and goes with the last", async () => {
    const { progress, written, pass } = watch(80);
    const first = progress.begin("compiling", () => "one");
    const second = progress.begin("compiling", () => "two");
    await pass(1000);
    expect(written.at(-1)).toContain("two");
    second();
    await pass(250);
    expect(written.at(-1)).toContain("one");
    first();
    expect(written.at(-1)).toBe("\r\x1b[K");
  });
});

describe("a build that takes over a second", () => {
  // buf waits for an image that comes slowly.
  const slow = "(sleep 3; cat image.binpb) | proto4 check - --against image.binpb --format json";

  test("is told of on a terminal, and nothing is left of it", async () => {
    const repository = await withImage();
    const { code, stdout } = await repository.run("script", "-qefc", `unset CI; ${slow}`, "/dev/null");
    expect(code).toBe(0);
    expect(stdout).toContain("compiling - … 1 s");
    expect(stdout.slice(stdout.lastIndexOf("\r"))).toBe("\r\x1b[K");
  });

  test("is not told of in a pipe, in CI, or on a terminal that cannot erase", async () => {
    const repository = await withImage();
    const [piped, ...others] = await Promise.all([
      repository.run("sh", "-c", slow),
      ...["CI=true", "TERM=dumb; unset CI"].map((variable) =>
        repository.run("script", "-qefc", `export ${variable}; ${slow}`, "/dev/null"),
      ),
    ]);
    for (const outcome of [piped, ...others]) expect(outcome).toEqual({ code: 0, stdout: "", stderr: "" });
  });
});

async function withImage(): Promise<Repository> {
  const repository = makeRepository({ [userPath]: userProto("string name = 1") });
  await repository.run("buf", "build", "-o", "image.binpb");
  return repository;
}

function watch(columns: number) {
  const written: string[] = [];
  vi.useFakeTimers();
  const progress = makeProgress({ now: Date.now, write: (text) => written.push(text), columns });
  return { progress, written, pass: (time: number) => vi.advanceTimersByTimeAsync(time) };
}
