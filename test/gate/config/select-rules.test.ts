import { expect, test } from "vitest";
import { configVersions } from "../../../src/gate/config/breaking-config.js";
import { ignoredByRule, selectRules } from "../../../src/gate/config/select-rules.js";
import { findBuf } from "../../../src/image/find-buf.js";
import { allRules, bufCategories, categories } from "../../../src/rules/index.js";
import { run } from "../../cli/proto4.js";

const ids = (...args: Parameters<typeof selectRules>) => selectRules(...args).map(({ id }) => id);

test.each(configVersions)("in %s, each name means the rules that buf means by it", async (version) => {
  const args = [
    "config",
    "ls-breaking-rules",
    "--version",
    version,
    "--format",
    "json",
    "--include-deprecated",
  ];
  const { stdout } = await run(findBuf(), args, ".");
  const rules: readonly {
    id: string;
    categories: string[] | null;
    deprecated: boolean;
    replacements: string[] | null;
  }[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const names = [...new Set(rules.flatMap(({ categories }) => categories ?? []))];
  for (const name of names) {
    const theirs = rules.filter(({ categories }) => categories?.includes(name)).map(({ id }) => id);
    expect(ids({ version, use: [name] }, false).toSorted(), name).toEqual(theirs.toSorted());
  }
  for (const { id, replacements, deprecated } of rules) {
    const theirs = deprecated ? (replacements ?? []) : [id];
    if (theirs.length > 0)
      expect(ids({ version, use: [id] }, false).toSorted(), id).toEqual(theirs.toSorted());
    expect([...ignoredByRule({ version, ignoreOnly: { [id]: ["a"] } }, "buf").keys()].sort(), id).toEqual(
      theirs.toSorted(),
    );
  }
  expect(rules.length).toBeGreaterThan(60);
});

test("proto4's own rules are asked besides, unless they are excepted", () => {
  expect(ids({ use: ["FIELD_SAME_TYPE"] }, true)).toContain("LIFECYCLE_MOVE");
  expect(ids({ use: ["FIELD_SAME_TYPE"] }, false)).toEqual(["FIELD_SAME_TYPE"]);
  expect(ids({ except: ["LIFECYCLE"] }, true)).not.toContain("LIFECYCLE_MOVE");
  expect(ids({ except: ["STRICT"] }, true)).not.toContain("FIELD_SAME_PACKED");
  expect(ids({ disableBuiltin: true }, true)).toEqual(
    allRules
      .filter(({ categories }) => categories.some((name) => ["LIFECYCLE", "STRICT"].includes(name)))
      .map(({ id }) => id),
  );
  expect(ids({ disableBuiltin: true }, false)).toEqual([]);
  expect(ids({ disabled: true }, true)).toEqual([]);
});

test.each(categories.filter((name) => !bufCategories.some((bufs) => bufs === name)))(
  "--like-buf does not know %s, nor a rule that has no other category",
  (category) => {
    const rules = allRules.filter((rule) => rule.categories.every((name) => name === category));
    for (const name of [category, ...rules.map(({ id }) => id)])
      for (const config of [{ use: [name] }, { except: [name] }, { ignoreOnly: { [name]: ["a"] } }])
        expect(() => [selectRules(config, false), ignoredByRule(config, "buf")], name).toThrow(
          /There are the categories FILE, .*; "buf config ls-breaking-rules" lists the rules/,
        );
  },
);

test("a refusal under --like-buf says whose the name is, and lists only what buf has", () => {
  const use = ["CONFLUENT"];
  expect(ids({ use }, true)).toContain("CONFLUENT_FIELD_SAME_KIND");
  expect(() => selectRules({ use }, false)).toThrow(
    /^"CONFLUENT" is proto4's own, which --like-buf does not know/,
  );
  expect(() => selectRules({ use }, false)).toThrow(
    expect.objectContaining({
      message: expect.not.stringMatching(/LIFECYCLE|STRICT|WIRE_PRECISE|CONFLUENT_/),
    }),
  );
});

test("to leave no rule is an error, as it is with buf", () => {
  expect(() => selectRules({ use: ["WIRE"], except: ["FILE", "WIRE"] }, false)).toThrow(
    /no rule is left of WIRE/,
  );
});
