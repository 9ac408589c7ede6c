import { describe, expect, test } from "vitest";
import { namesIn } from "../../../src/gate/config/resolve-name.js";
import { answerPlugin } from "../../../src/gate/index.js";
import { pluginCategories, pluginRules } from "../../../src/gate/plugin/plugin-rules.js";
import { read, text } from "./call.js";

/** Where nothing is to be read, reading fails. */
const answer = (...args: readonly string[]) =>
  answerPlugin(args, () => Promise.reject(new Error("it reads")), {
    today: "2026-11-22",
    cwd: ".",
    log: () => {},
  });

const json = async (...args: readonly string[]) =>
  JSON.parse(Buffer.from((await answer(...args, "--format", "json")).stdout).toString());

describe("the protocol", () => {
  test("is version 1", async () => {
    const { stdout, code } = await answer("--protocol");
    expect([Buffer.from(stdout).toString(), code]).toEqual(["1\n", 0]);
  });

  test("the spec is the same in both formats", async () => {
    const { procedures } = await json("--spec");
    const { stdout } = await answer("--spec", "--format=binary");
    const binary = (read(stdout).get(1) ?? []).map((procedure) => {
      const fields = read(procedure);
      return { path: text(fields.get(1)), args: fields.get(2)?.map((arg) => text([arg])) };
    });
    expect(binary).toEqual(procedures);
    expect(procedures).toHaveLength(3);
  });

  test("a procedure is asked for by its arguments or by its path", async () => {
    const { procedures } = await json("--spec");
    for (const { path, args } of procedures.slice(1))
      expect(await answer(path)).toEqual(await answer(...args));
  });

  test("descriptors are taken in binary only, which JSON is told", async () => {
    expect(await json("check")).toMatchObject({ error: { code: "CODE_UNIMPLEMENTED" } });
  });

  test.each([
    [],
    ["--help"],
    ["lint"],
    ["check", "more"],
    ["check", "--format", "yaml"],
    ["check", "--format"],
  ])("whoever starts it by hand is told who starts it: %s %s %s", async (...args: readonly string[]) => {
    const { stdout, stderr, code } = await answer(...args);
    expect([stdout.length, code]).toEqual([0, 1]);
    expect(stderr).toMatch(/buf starts this/);
  });
});

describe("the rules", () => {
  test("are the same in both formats", async () => {
    const { value } = await json("list-rules");
    const [response] = read(read((await answer("list-rules")).stdout).get(1)![0]!).get(2)!;
    const binary = read(response!)
      .get(2)!
      .map((rule) => {
        const fields = read(rule);
        return [text(fields.get(1)), (fields.get(2) ?? []).map((id) => text([id])), text(fields.get(4))];
      });
    const same = value.rules.map((rule: Record<string, unknown>) => [
      rule.id,
      rule.categoryIds,
      rule.purpose,
    ]);
    expect(binary).toEqual(same);
    expect(binary.length).toBe(pluginRules.length);
  });

  test("bear ids and purposes that buf takes, none of them twice or buf's own", () => {
    const bufs = namesIn("v2", "buf");
    const names = [...pluginRules, ...pluginCategories].map(({ id }) => id);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((id) => [...bufs.ids, ...bufs.categories].includes(id))).toEqual([]);
    for (const id of names) expect(id).toMatch(/^[A-Z0-9][A-Z0-9_]{1,62}[A-Z0-9]$/);
    for (const { purpose } of [...pluginRules, ...pluginCategories])
      expect(purpose).toMatch(/^[A-Z].{0,254}\.$/);
  });

  test("are of categories that are listed, each of which has some", () => {
    const used = new Set(pluginRules.flatMap(({ categories }) => categories));
    expect([...used].sort()).toEqual(pluginCategories.map(({ id }) => id).sort());
  });

  test("of LIFECYCLE and STRICT are asked by default, others by name", () => {
    const defaults = pluginRules.filter(({ isDefault }) => isDefault).flatMap(({ categories }) => categories);
    expect(new Set(defaults)).toEqual(new Set(["PROTO4_LIFECYCLE", "PROTO4_STRICT"]));
  });
});
