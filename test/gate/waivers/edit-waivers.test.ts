import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { unwaive, waive } from "../../../src/gate/waivers/edit-waivers.js";
import { readWaivers } from "../../../src/gate/waivers/read-waivers.js";
import type { Waiver } from "../../../src/rules/index.js";
import { anyFile, anyFlow, words } from "./any-file.js";
import { file } from "./waiver-cases.js";

const ID = "3ac8ce819ef3";
const about = "FIELD_NO_DELETE shop.v1.User.fax";
const waiver: Waiver = { finding: ID, reason: "nobody faxes", owner: "ana", expires: "2027-01-31" };
const read = (text: string) =>
  readWaivers(parseYaml(text, "w.yaml")).map(({ at: _, keys: __, ...rest }) => rest);

/** A waiver of one finding, or of what a rule says of a symbol. */
const anyWaiver = fc
  .record({
    symbol: words,
    reason: words,
    owner: fc.option(words, { nil: undefined }),
    ofFinding: fc.boolean(),
  })
  .map(({ symbol, reason, owner, ofFinding }): Waiver => {
    const named = ofFinding ? { finding: ID } : { rule: "FIELD_SAME_TYPE", symbol };
    return { ...named, reason, owner, expires: "2027-01-31" };
  });

test.each([
  ["lines", anyFile],
  ["brackets", anyFlow],
])("what is waived and unwaived leaves no trace, in a list of %s", async (_, anyText) => {
  await fc.assert(
    fc.asyncProperty(anyText, anyWaiver, words, async (text, added, about) => {
      const waivers = read(text);
      const target = added.finding ?? `${added.rule} ${added.symbol}`;
      fc.pre(waivers.every(({ finding }) => finding !== target));
      const longer = await waive(text, "w.yaml", added, about);
      expect(read(longer)).toEqual([...waivers, added]);
      expect(await unwaive(longer, "w.yaml", target)).toBe(text);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ["lines", anyFile],
  ["brackets", anyFlow],
])("any waiver can be taken out, and only its own lines go, in a list of %s", async (_, anyText) => {
  await fc.assert(
    fc.asyncProperty(anyText, fc.nat(), async (text, at) => {
      const waivers = read(text);
      fc.pre(waivers.length > 0);
      const { finding } = waivers[at % waivers.length]!;
      const rest = (await unwaive(text, "w.yaml", finding!)) ?? "";
      expect(read(rest)).toEqual(waivers.filter((waiver) => waiver.finding !== finding));
      expect(isLeftOf(rest, text)).toBe(true);
    }),
    { numRuns: 100 },
  );
});

/** Whether all of a text was in another, in the same order. */
function isLeftOf(rest: string, text: string): boolean {
  let from = 0;
  return [...rest].every((sign) => {
    from = text.indexOf(sign, from) + sign.length;
    return from >= sign.length;
  });
}

test("a file that is not there is begun with a word about itself, and gone with its last waiver", async () => {
  const begun = await waive(undefined, "w.yaml", waiver, about);
  expect(begun).toBe(
    `# Findings that somebody accepts for a while: proto4 check passes over them until their last day.
version: v1
waivers:
  - finding: "3ac8ce819ef3" # FIELD_NO_DELETE shop.v1.User.fax
    reason: "nobody faxes"
    owner: "ana"
    expires: 2027-01-31
`,
  );
  expect(await unwaive(begun, "w.yaml", ID)).toBe(undefined);
});

test("a file that somebody else began stays, be it empty", async () => {
  const own = "version: v1\nwaivers:\n";
  expect(await unwaive(await waive(own, "w.yaml", waiver, about), "w.yaml", ID)).toBe(own);
});

test("comments and blank lines stay where they are, and those on a waiver's own lines go with it", async () => {
  const text = `# Ours; ask #api before you add one.
version: v1

waivers:
  # Until the app is gone.
  - finding: "000000000001"   # fax
    reason: "x"
    expires: 2027-01-31   # the last release

  # Until billing has moved.
  - finding: "000000000002"
    reason: >-
      folded
      lines
    expires: 2027-01-31
# end
`;
  expect(await unwaive(text, "w.yaml", "000000000001")).toBe(
    text.replace(/\n {2}- finding: "000000000001"[^-]*?reason: "x"\n.*?release/s, ""),
  );
  const added = await waive(text, "w.yaml", waiver, about);
  expect(added.split("\n").slice(15, 20)).toEqual([
    '  - finding: "3ac8ce819ef3" # FIELD_NO_DELETE shop.v1.User.fax',
    '    reason: "nobody faxes"',
    '    owner: "ana"',
    "    expires: 2027-01-31",
    "# end",
  ]);
});

test("JSON stays JSON", async () => {
  const added = await waive('{"version":"v1","waivers":[]}', "w.yaml", waiver, about);
  expect(JSON.parse(added).waivers).toEqual([waiver]);
});

test("what is named twice is taken out twice", async () => {
  const twice = file(
    `finding: "${ID}", reason: x, expires: 2027-01-31`,
    `finding: "${ID}", reason: y, expires: 2027-01-31`,
  );
  const text = await unwaive(twice, "w.yaml", ID);
  expect(parse(text!).waivers).toBe(null);
});

test("what nobody waived is not taken out, and what may be meant is named", async () => {
  const text = file(
    `finding: "000000000001", reason: x, expires: 2027-01-31`,
    `rule: FIELD_SAME_TYPE, symbol: a.B, reason: x, expires: 2027-01-31`,
  );
  await expect(unwaive(text, "w.yaml", "000000000002")).rejects.toMatchObject({
    code: "usage",
    location: { path: "w.yaml" },
    message: "no waiver here names 000000000002; it may be meant: 000000000001, FIELD_SAME_TYPE a.B",
  });
  await expect(unwaive("version: v1\nwaivers:\n", "w.yaml", ID)).rejects.toThrow("; nothing is waived");
});

test.each([
  "version: v1\nwaivers: ~\n",
  "{ version: v1, waivers: }\n",
  "version: v1\nwaivers: [ # none\n]\n",
  `version: v1\nwaivers:\n  - &a { finding: "000000000001", reason: x, expires: 2027-01-31 }\n  - *a\nversion: v1`,
])("%j, which is written too cleverly, is left to a person, and a mistake is told", async (text) => {
  await expect(waive(text, "w.yaml", waiver, about)).rejects.toMatchObject({
    code: "config-invalid",
    location: { path: "w.yaml" },
  });
});

test("what others refer to is not taken out", async () => {
  const text = `version: v1\nwaivers:\n  - finding: "000000000001"\n    reason: &why x\n    expires: 2027-01-31\n  - finding: "000000000002"\n    reason: *why\n    expires: 2027-01-31\n`;
  await expect(unwaive(text, "w.yaml", "000000000001")).rejects.toMatchObject({
    message: expect.stringContaining("only a person can edit"),
  });
  expect(read((await unwaive(text, "w.yaml", "000000000002"))!)).toHaveLength(1);
});
