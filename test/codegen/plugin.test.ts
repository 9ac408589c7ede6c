import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { protocPath } from "../setup/peers.js";
import { buf, plugin } from "./compilers.js";
import { cases, filesIn, fixtures, withSources } from "./sources.js";

const run = promisify(execFile);
describe.each(cases)("the fixture %s", (name, parameter) => {
  test("comes out of buf generate as it lies in gen", () =>
    withSources(name, async (folder) => {
      await bufGenerate(folder, { opt: parameter });
      await expectGolden(join(folder, "out"), name);
    }));

  // protoc knows editions since 27.
  test.skipIf(protocPath === undefined || name === "editions")("comes out of protoc as it lies in gen", () =>
    withSources(name, async (folder) => {
      const sources = (await filesIn(folder)).filter((path) => !path.startsWith("proto4/"));
      await mkdir(join(folder, "out"));
      const flags = [`--plugin=protoc-gen-proto4=${plugin}`, "--proto4_out=out", `--proto4_opt=${parameter}`];
      await run(protocPath!, [...flags, "-I.", ...sources], { cwd: folder });
      await expectGolden(join(folder, "out"), name);
    }),
  );
});

interface Refusal {
  readonly title: string;
  readonly fixture?: string;
  readonly opt?: string;
  readonly strategy?: "all" | "directory";
  readonly edit?: { readonly path: string; readonly from: string; readonly to: string };
  readonly says: readonly (string | RegExp)[];
}

const patient = "clinic/v4/patient.proto";

const refusals: readonly Refusal[] = [
  { title: "an unknown option", opt: "taget=ts", says: ['no option "taget"', 'did you mean "es.target"?'] },
  { title: "an unknown generator", opt: "v3=tsproto", says: ['v3 is "es" or "ts-proto", not "tsproto"'] },
  {
    title: "an unknown option of protoc-gen-es",
    opt: "es.tagret=ts",
    says: ["protoc-gen-es", '"tagret=ts"'],
  },
  {
    title: "ts-proto without unknown fields",
    opt: "v3=ts-proto,ts-proto.unknownFields=false",
    says: ["ts-proto.unknownFields is always true"],
  },
  {
    title: "an elder package that the directory strategy hides",
    strategy: "directory",
    edit: {
      path: patient,
      from: "message Patient {",
      to: 'option (proto4.upgrades) = "clinic.v3";\n\nmessage Patient {',
    },
    says: [patient, "clinic.v3", "strategy: all"],
  },
  {
    title: "what was something in an elder package that the directory strategy hides",
    strategy: "directory",
    says: [/clinic\/v4\/patient\.proto:\d+:\d+: .* was "/, "strategy: all"],
  },
  {
    title: "an elder package that does not exist",
    edit: {
      path: patient,
      from: "message Patient {",
      to: 'option (proto4.upgrades) = "clinic.v33";\n\nmessage Patient {',
    },
    says: [patient, "clinic.v33"],
  },
  {
    title: "a kind of mapping that is not built",
    edit: { path: patient, from: "int64 visits = 14;", to: "string visits = 14;" },
    says: [/clinic\/v[34]\/patient\.proto:\d+:\d+: /, "visits"],
  },
  {
    title: "a field that v4 lost without a word",
    edit: { path: patient, from: "reserved 3, 4, 6;", to: "reserved 3, 4;" },
    says: ["clinic/v3/patient.proto:11:3: ", '"pager"', "reserved 6"],
  },
  {
    title: "a stable field of an experimental type",
    edit: {
      path: patient,
      from: "message Chart {",
      to: "message Chart {\n  option (proto4.message_lifecycle) = EXPERIMENTAL;\n",
    },
    says: [/clinic\/v4\/patient\.proto:\d+:\d+: error LIFECYCLE_REFERENCE/, "do this"],
  },
];

test.each(refusals)("refuses $title and writes nothing", ({ opt = "", strategy = "all", edit, says }) =>
  withSources("paired", async (folder) => {
    if (edit !== undefined) await replaceIn(join(folder, edit.path), edit.from, edit.to);
    const failure = await bufGenerate(folder, { opt, strategy }).then(
      () => undefined,
      (error: { readonly code: number; readonly stderr: string }) => error,
    );
    expect(failure?.code).toBe(1);
    for (const words of says) expect(failure?.stderr).toMatch(words);
    expect(failure?.stderr).not.toContain("node:internal");
    expect(await filesIn(join(folder, "out"))).toEqual([]);
  }),
);

test("a pair that only names make and that cannot be translated gets plain stubs, and a warning why", () =>
  withSources("plain", async (folder) => {
    await mkdir(join(folder, "zoo/v2"));
    const lesser = 'syntax = "proto3";\npackage zoo.v2;\nmessage Animal {\n  string name = 1;\n}\n';
    await writeFile(join(folder, "zoo/v2/animal.proto"), lesser);
    const stderr = await bufGenerate(folder, { opt: "" });
    expect(stderr).toMatch(/warning: zoo\/v1\/.*"(bird|legs)".*zoo\.v2 gets plain stubs/s);
    expect((await filesIn(join(folder, "out"))).filter((path) => path.includes("v2"))).toEqual([
      "zoo/v2/animal_pb.ts",
    ]);
  }));

test("a method that answers otherwise is left out of the bridge, and told", () =>
  withSources("plain", async (folder) => {
    for (const [version, answer] of [
      ["v1", "Room"],
      ["v2", "Ticket"],
    ] as const) {
      await mkdir(join(folder, "inn", version), { recursive: true });
      const source = `syntax = "proto3"; package inn.${version}; message Room { string name = 1; } message Ticket {}
        service Inn { rpc Get(Room) returns (Room); rpc Book(Room) returns (${answer}); }`;
      await writeFile(join(folder, "inn", version, "inn.proto"), source);
    }
    const stderr = await bufGenerate(folder, { opt: "" });
    expect(stderr).toMatch(
      /warning: inn\/v2\/inn\.proto:2:\d+: the output of inn\.v2\.Inn\.Book is inn\.v2\.Ticket.*\n.*Book is left out of the bridge of Inn/,
    );
    const printed = await readFile(join(folder, "out/inn/v2/inn_proto4.ts"), "utf8");
    const bridge = printed.slice(printed.indexOf("innBridge"));
    expect(bridge).toContain('v3: "get"');
    expect(bridge).not.toContain('v3: "book"');
    expect(bridge).toContain(
      '// Clients of v3 get "unimplemented" from Book: the output of inn.v2.Inn.Book is inn.v2.Ticket, which does not continue inn.v1.Room.',
    );
  }));

describe("a package that uses another one, which only names pair and which cannot be translated", () => {
  const write = async (folder: string, more: string) => {
    const sources = {
      "coin/v1/coin.proto": "message Coin { int32 cents = 1; } message Mint { string town = 1; }",
      "coin/v2/coin.proto": "message Coin { int64 cents = 1; } message Mint { int32 town = 1; }",
      "bank/v1/bank.proto": 'import "coin/v1/coin.proto"; message Purse { coin.v1.Coin coin = 1; }',
      "bank/v2/bank.proto": `import "coin/v2/coin.proto"; ${more} message Purse { coin.v2.Coin coin = 1; }`,
    };
    for (const [path, text] of Object.entries(sources)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      const name = dirname(path).replace("/", ".");
      await writeFile(join(folder, path), `syntax = "proto3"; package ${name}; ${text}`);
    }
  };

  test("is refused where it asks for translation", () =>
    withSources("plain", async (folder) => {
      await write(folder, 'import "proto4/options.proto"; option (proto4.file_lifecycle) = STABLE;');
      const failure = await bufGenerate(folder, { opt: "" }).catch((error) => error);
      expect(failure).toMatchObject({ code: 1, stderr: expect.stringContaining("coin/v2/coin.proto:1:") });
      expect(failure.stderr).toMatch(/bank\.v2 uses coin\.v2\.Coin, whose package .*town is int32/);
      expect(await filesIn(join(folder, "out"))).toEqual([]);
    }));

  test("gets plain stubs as well where it does not", () =>
    withSources("plain", async (folder) => {
      await write(folder, "");
      const stderr = await bufGenerate(folder, { opt: "" });
      expect(stderr).toMatch(/coin\.v2 gets plain stubs.*bank\.v2 gets plain stubs/s);
      const made = (await filesIn(join(folder, "out"))).filter((path) => path.endsWith("_proto4.ts"));
      expect(made).toEqual([]);
    }));
});

async function bufGenerate(
  folder: string,
  { opt, strategy = "all" }: { readonly opt: string; readonly strategy?: string },
): Promise<string> {
  const entry = { local: plugin, out: "out", strategy, ...(opt === "" ? {} : { opt: opt.split(",") }) };
  await writeFile(join(folder, "buf.gen.yaml"), JSON.stringify({ version: "v2", plugins: [entry] }));
  return (await run(buf, ["generate"], { cwd: folder })).stderr;
}

async function expectGolden(out: string, name: string): Promise<void> {
  const golden = join(fixtures, name, "gen");
  expect(await filesIn(out)).toEqual(await filesIn(golden));
  // Each compiler brings well-known types with comments of its own, which ts-proto copies.
  for (const path of (await filesIn(golden)).filter((path) => !path.startsWith("google/protobuf/")))
    expect(await readFile(join(out, path), "utf8")).toBe(await readFile(join(golden, path), "utf8"));
}

async function replaceIn(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, "utf8");
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}
