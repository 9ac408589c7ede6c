import { beforeAll, describe, expect, test } from "vitest";
import { Proto4Error } from "../../src/diagnostics/index.js";
import { type Baseline, checkBaselines, historyOf } from "../../src/gate/baselines/check-baselines.js";
import { newestFirst } from "../../src/gate/baselines/version-order.js";
import { parseYaml } from "../../src/gate/config/parse-yaml.js";
import {
  countFindings,
  type Direction,
  imageSide,
  leaveOutKnown,
  mapElder,
  parsePackagePairs,
  printKnown,
  report,
  type Side,
  selectNewer,
} from "../../src/gate/index.js";
import { readKnown } from "../../src/gate/known/read-known.js";
import { compile } from "../registry/contracts.js";

const today = "2026-11-22";

/** The newest has `a` and `b`, the elder `a` and `c`, the eldest nothing but `a`; the input has `a` and `d`. */
const bodies = {
  input: "string a = 1; string d = 4;",
  v3: "string a = 1; string b = 2;",
  v2: "string a = 1; string c = 3;",
  v1: "string a = 1;",
};

let input: Side;
let baselines: readonly Baseline[];

beforeAll(async () => {
  const compileOne = async (name: string, body: string): Promise<Side> => {
    const text = `syntax = "proto3";\npackage p;\nmessage M { ${body} }\n`;
    return imageSide(name, (await compile({ "p/m.proto": text })).image);
  };
  input = await compileOne("input", bodies.input);
  const names = ["v3", "v2", "v1"] as const;
  baselines = await Promise.all(
    names.map(async (name, index) => ({
      name,
      date: `2026-0${3 - index}-01`,
      side: await compileOne(name, bodies[name]),
    })),
  );
});

function found(direction?: Direction, against = baselines): readonly string[] {
  return checkBaselines(against, input, { today, direction }).map(
    ({ baseline, symbol }) => `${baseline?.name ?? "-"} ${baseline?.direction ?? "-"} ${symbol}`,
  );
}

const whatLeft = ["v3 backward p.M.b", "v2 backward p.M.c"];
const whatCame = ["v3 forward p.M.d", "v2 forward p.M.d", "v1 forward p.M.d"];

describe("which versions are looked at, and which way", () => {
  test("without a direction, all of them, backward", () => {
    expect(found()).toEqual(whatLeft);
  });

  test.each<[Direction, readonly string[]]>([
    ["backward", ["v3 backward p.M.b"]],
    ["forward", ["v3 forward p.M.d"]],
    ["full", ["v3 backward p.M.b", "v3 forward p.M.d"]],
    ["backward-transitive", whatLeft],
    ["forward-transitive", whatCame],
    ["full-transitive", [whatLeft[0]!, whatCame[0]!, whatLeft[1]!, ...whatCame.slice(1)]],
  ])("%s", (direction, expected) => {
    expect(found(direction)).toEqual(expected);
  });

  test("one version looked at backward needs no name", () => {
    const one = baselines.slice(0, 1);
    expect(found(undefined, one)).toEqual(["- - p.M.b"]);
    expect(found("backward-transitive", one)).toEqual(["- - p.M.b"]);
    expect(found("forward", one)).toEqual(["v3 forward p.M.d"]);
  });

  test("the elder ones are a version's history, newest first", () => {
    expect(historyOf(baselines, 0).map(({ name, date }) => `${name} ${date}`)).toEqual([
      "v2 2026-02-01",
      "v1 2026-01-01",
    ]);
    expect(historyOf(baselines, 2)).toEqual([]);
  });
});

describe("a finding forward", () => {
  const judge = (direction: Direction, before: Side, after: Side) =>
    checkBaselines([{ name: "x", date: undefined, side: before }], after, { today, direction });

  test("lies in the input, and advises nothing", () => {
    const [finding] = judge("forward", baselines[2]!.side, input);
    expect(finding).toMatchObject({
      at: { path: "p/m.proto", startColumn: 27 },
      before: { path: "p/m.proto", startColumn: 1 },
      suggestion: [],
    });
  });

  test("is another one than the same change backward, so that to know one is not to know both", () => {
    const [backward] = judge("backward", input, baselines[2]!.side);
    const [forward] = judge("forward", baselines[2]!.side, input);
    expect(forward).toMatchObject({ rule: backward!.rule, symbol: backward!.symbol });
    expect(forward!.id).not.toBe(backward!.id);
    expect(forward!.id).toMatch(/^[0-9a-f]{12}$/);
  });

  test("is never about lifecycles: no promise is made to the past", async () => {
    const { image } = await compile({
      "proto4/options.proto": await optionsProto(),
      "p/m.proto":
        'syntax = "proto3"; package p; import "proto4/options.proto"; message M { string a = 1 [(proto4.field_lifecycle) = STABLE]; }',
    });
    const after = await compile({
      "proto4/options.proto": await optionsProto(),
      "p/m.proto":
        'syntax = "proto3"; package p; import "proto4/options.proto"; message M { string a = 1 [(proto4.field_lifecycle) = FROZEN]; }',
    });
    const [elder, newer] = [imageSide("elder", image), imageSide("newer", after.image)];
    expect(judge("forward", elder, newer)).toEqual([]);
    // The way back is none that a FROZEN field may go.
    expect(judge("backward", newer, elder).map(({ rule }) => rule)).toContain("LIFECYCLE_MOVE");
  });
});

describe("the report", () => {
  const reported = (format: Parameters<typeof report>[1], direction?: Direction) =>
    report(checkBaselines(baselines, input, { today, direction }), format);

  test("has a heading for each version that something is found against", () => {
    const headings = reported("text", "full-transitive").match(/^against .*$/gm);
    expect(headings).toEqual([
      "against v3 (backward): 1 error",
      "against v3 (forward): 1 error",
      "against v2 (backward): 1 error",
      "against v2 (forward): 1 error",
      "against v1 (forward): 1 error",
    ]);
    expect(reported("text").split("\n").indexOf("")).toBeGreaterThan(3);
  });

  test("has keys for it in JSON", () => {
    const lines = reported("json", "full").trim().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { baseline: "v3", direction: "backward" },
      { baseline: "v3", direction: "forward" },
    ]);
  });

  test("names all versions in the one annotation of a place", () => {
    const annotations = reported("github-actions", "forward-transitive").trim().split("\n");
    expect(annotations).toEqual([expect.stringMatching(/ \(forward against v3, v2, v1\)$/)]);
  });

  test("counts what is found against several versions once", () => {
    expect(countFindings(checkBaselines(baselines, input, { today, direction: "full-transitive" }))).toBe(
      "3 errors",
    );
  });
});

test("versions are in semver's order, the newest first, whatever stands before the number", () => {
  const sorted = [
    "2",
    "api/v2.0.0",
    "v1.10.0",
    "v1.10.0-rc.x",
    "v1.10.0-rc.11",
    "v1.10.0-rc.2",
    "release-1.9",
    "v1.2.0+build.7",
    "v1.2.0-1",
    "latest",
    "nightly",
  ];
  expect(sorted.toReversed().toSorted(newestFirst)).toEqual(sorted);
});

describe("findings that are known", () => {
  const all = () => checkBaselines(baselines, input, { today, direction: "full-transitive" });
  const read = (text: string) => readKnown(parseYaml(text, "known.yaml"));

  test("are written once each, sorted, and read as they were written", () => {
    const text = printKnown(all());
    expect(read(text).map(({ symbol }) => symbol)).toEqual(["p.M.b", "p.M.c", "p.M.d"]);
    expect(printKnown(all().toReversed())).toBe(text);
    expect(read(printKnown([]))).toEqual([]);
  });

  test("an id of digits alone stays a text", () => {
    const [finding] = all();
    const odd = [{ ...finding!, id: "123456789012", message: 'say "no": # not\n\t{a comment}' }];
    expect(read(printKnown(odd))).toMatchObject([{ id: odd[0]!.id, message: odd[0]!.message }]);
  });

  test("are left out, against every version, and what is found no more is told", () => {
    const known = read(printKnown(all()));
    expect(leaveOutKnown(all(), known)).toEqual({ findings: [], left: 3, stale: [] });
    const fewer = all().filter(({ symbol }) => symbol !== "p.M.b");
    expect(leaveOutKnown(fewer, known.slice(0, 2))).toMatchObject({
      findings: [{ symbol: "p.M.d" }, { symbol: "p.M.d" }, { symbol: "p.M.d" }],
      left: 1,
      stale: [{ symbol: "p.M.b" }],
    });
  });

  test.each([
    ["another version", "version: v2\n", /known\.yaml:1:10: .*version: v1/],
    ["no version", "findings: []\n", /version: v1/],
    [
      "a key that is not there",
      "version: v1\nfinding: []\n",
      /:2:10: .*no key finding here; there are findings/,
    ],
    [
      "an id that YAML takes for a number",
      "version: v1\nfindings:\n  - finding: 123456789012\n",
      /:3:14: .*quotation/,
    ],
    ["an entry without a rule", 'version: v1\nfindings:\n  - finding: "0123456789ab"\n', /:3:5: .*no rule/],
    ["marks of a merge", "version: v1\n<<<<<<< HEAD\nfindings: []\n", /:\d+:\d+: /],
    ["no list", "version: v1\nfindings: {}\n", /:2:11: .*list/],
  ])("a file with %s is an error that shows the place", (_, text, shown) => {
    const { location, message, code } = thrown(() => read(text));
    expect(code).toBe("config-invalid");
    expect(`${location?.path}:${location?.startLine}:${location?.startColumn}: ${message}`).toMatch(shown);
  });
});

describe("an elder package and its continuation", () => {
  const proto = (name: string, text: string) => `syntax = "proto3";\npackage ${name};\n${text}`;
  const pairs = parsePackagePairs(["acme.v1=acme.v2"]);
  const compare = async (files: Readonly<Record<string, string>>) => {
    const side = imageSide("tree", (await compile(files)).image);
    const after = selectNewer(side, pairs, "tree");
    const before = { name: "tree", date: undefined, side: await mapElder(side, after, pairs, "tree") };
    const options = { today, excludeImports: true };
    return checkBaselines([before], after, options).map(
      ({ rule, symbol, before: was }) => `${rule} ${symbol} was in ${was?.path}`,
    );
  };

  test("that says the same under another name has no findings", async () => {
    const version = (v: string) => ({
      [`acme/${v}/a.proto`]: proto(
        `acme.${v}`,
        `import public "acme/${v}/sub/s.proto";\nimport "google/protobuf/any.proto";\noption go_package = "x/${v};acme${v}";
message A { map<string, B> b = 1; sub.S s = 2; google.protobuf.Any any = 3; message In { A a = 1; } }
message B {}\nservice Do { rpc It(A) returns (stream A.In); }`,
      ),
      [`acme/${v}/c.proto`]: proto(`acme.${v}`, `import "acme/${v}/a.proto";\nmessage C { sub.S s = 1; }`),
      [`acme/${v}/sub/s.proto`]: proto(`acme.${v}.sub`, "message S { string s = 1; }"),
    });
    expect(await compare({ ...version("v1"), ...version("v2") })).toEqual([]);
  });

  test("is judged by what differs, shown where it really stands", async () => {
    expect(
      await compare({
        "acme/v1/a.proto": proto(
          "acme.v1",
          'import "acme/x.proto";\nmessage A { string a = 1; acme.X x = 2; }',
        ),
        "acme/v2/a.proto": proto("acme.v2", "message A { bytes a = 1; int32 x = 2; }"),
        "acme/x.proto": proto("acme", "message X {}"),
        "other/o.proto": proto("other", "message O {}"),
      }),
    ).toEqual([
      "FIELD_SAME_TYPE acme.v2.A.a was in acme/v1/a.proto",
      "FIELD_SAME_CARDINALITY acme.v2.A.x was in acme/v1/a.proto",
      "FIELD_SAME_TYPE acme.v2.A.x was in acme/v1/a.proto",
    ]);
  });

  test("that is not there is an error which names the nearest", async () => {
    const side = imageSide("tree", (await compile({ "a.proto": proto("acme.v1", "") })).image);
    const { message, code } = thrown(() => selectNewer(side, pairs, "tree"));
    expect(code).toBe("usage");
    expect(message).toMatch(/no file is of package acme\.v2, .* there are acme\.v1$/);
  });

  test("which the elder one imports cannot be compared", async () => {
    const files = {
      "acme/v1/a.proto": proto("acme.v1", 'import "acme/v2/a.proto";\nmessage A { acme.v2.A a = 1; }'),
      "acme/v2/a.proto": proto("acme.v2", "message A {}"),
    };
    await expect(compare(files)).rejects.toThrow(/acme\.v1 imports acme\/v2\/a\.proto of acme\.v2/);
  });

  test.each([
    ["acme.v1", /ELDER=NEWER/],
    ["acme.v1=", /ELDER=NEWER/],
    ["a=b=c", /ELDER=NEWER/],
    ["acme/v1=acme/v2", /ELDER=NEWER/],
  ])("%s is no pair", (written, sentence) => {
    expect(() => parsePackagePairs([written])).toThrow(sentence);
  });

  test("two packages do not become one", () => {
    expect(() => parsePackagePairs(["a.v1=b", "a.v2=b"])).toThrow(/b stands twice/);
  });
});

function thrown(action: () => unknown): Proto4Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Proto4Error) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
}

async function optionsProto(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  return readFile(new URL("../../proto/proto4/options.proto", import.meta.url), "utf8");
}
