import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { main, makeFolder, type Outcome, proto4, run } from "./proto4.js";

const head = 'syntax = "proto3";\npackage shop.v1;\n';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const FAX = "1da5b6a575b3";
const AGE = "a4402e9ed64a";

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await makeFolder({
    "before/user.proto": `${head}message User { string name = 1; string fax = 2; int32 age = 3; }\n`,
    "proto/user.proto": `${head}message User { string name = 1; string age = 3; }\n`,
  });
  file = join(folder, "proto/proto4.waivers.yaml");
});

afterAll(() => rm(folder, { recursive: true, force: true }));

beforeEach(async () => {
  for (const name of await readdir(join(folder, "proto")))
    if (name !== "user.proto") await rm(join(folder, "proto", name), { recursive: true });
});

const against = ["--against", "before"];

function check(...args: readonly string[]): Promise<Outcome> {
  return proto4(folder, "check", "proto", ...against, ...args);
}

/** @param args what is waived, and whatever differs from a sound reason and day */
function waive(...args: readonly string[]): Promise<Outcome> {
  const common = ["--reason", "nobody faxes", "--owner", "ana", "--expires", "30d"];
  const missing = common.filter((_, at) => !args.includes(common[at - (at % 2)]!));
  return proto4(folder, "waive", ...args, ...against, ...missing);
}

/** A file of these waivers, each with a reason. */
const waivers = (...entries: readonly (readonly [named: string, expires: string])[]) =>
  `version: v1\nwaivers:\n${entries.map(([named, expires]) => `  - { ${named}, reason: x, expires: ${expires} }\n`).join("")}`;

const fax = `finding: ${FAX}`;
const age = "rule: FIELD_SAME_TYPE, symbol: shop.v1.User.age";

/** The rules that a report names. */
function rulesIn({ stdout }: Outcome): readonly string[] {
  return [...stdout.matchAll(/error ([A-Z_]+) {2}/g)].map(([, rule]) => rule!);
}

test("what is waived is passed over, what is not fails, and unwaive takes it back without a trace", async () => {
  expect(await waive(FAX, "proto")).toMatchObject({
    code: 0,
    stdout: `proto/proto4.waivers.yaml accepts FIELD_NO_DELETE shop.v1.User.fax until ${inDays(30)}\n`,
    stderr: "",
  });
  const half = await check();
  expect(half).toMatchObject({
    code: 100,
    stderr: "1 finding is waived (proto/proto4.waivers.yaml)\n1 error\n",
  });
  expect(rulesIn(half)).toEqual(["FIELD_SAME_TYPE"]);
  const before = await readFile(file, "utf8");
  expect((await waive("proto", "--rule", "FIELD_SAME_TYPE", "--symbol", "shop.v1.User.age")).code).toBe(0);
  expect(await check()).toEqual({
    code: 0,
    stdout: "",
    stderr: "2 findings are waived (proto/proto4.waivers.yaml)\n",
  });
  const out = await proto4(
    folder,
    "unwaive",
    "--rule",
    "FIELD_SAME_TYPE",
    "--symbol",
    "shop.v1.User.age",
    "proto",
  );
  expect(out).toMatchObject({ code: 0, stderr: "" });
  expect(await readFile(file, "utf8")).toBe(before);
  expect((await proto4(folder, "unwaive", FAX, "proto")).code).toBe(0);
  expect(await readdir(join(folder, "proto"))).toEqual(["user.proto"]);
});

test("machines are told of what is waived as waived", async () => {
  await writeFile(file, waivers([fax, inDays(9)]));
  const { stdout } = await check("--format", "json");
  const told = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(told.filter(({ waiver }) => waiver === undefined)).toMatchObject([{ finding: AGE }]);
  expect(told.filter(({ waiver }) => waiver !== undefined)).toMatchObject([{ finding: FAX }]);
});

test("the owner is whom git knows, and has to be known", async () => {
  await writeFile(join(folder, "config"), "[user]\n\temail = eve@example.com\n");
  const common = ["--reason", "x", "--expires", inDays(3), "--against", "before"];
  const waiveAs = (config: string) =>
    run(process.execPath, [main, "waive", FAX, "proto", ...common], folder, {
      GIT_CONFIG_GLOBAL: join(folder, config),
      GIT_CONFIG_NOSYSTEM: "1",
    });
  expect(await waiveAs("nothing")).toMatchObject({
    code: 1,
    stderr: "git knows no user.email here: say by --owner who answers for it\n",
  });
  expect((await waiveAs("config")).code).toBe(0);
  expect(await readFile(file, "utf8")).toContain('owner: "eve@example.com"');
});

test("a waiver that has ended fails by itself, unless nothing does", async () => {
  await writeFile(file, waivers([fax, "2020-01-31"], [age, inDays(9)]));
  const { code, stderr, stdout } = await check();
  expect([code, stdout]).toEqual([100, expect.stringContaining("error FIELD_NO_DELETE")]);
  expect(stderr).toBe(
    "proto/proto4.waivers.yaml:3:50: error: this waiver ended on 2020-01-31, and what it accepted is still there: " +
      `mend that, then say: proto4 unwaive ${FAX} proto\n` +
      "1 finding is waived (proto/proto4.waivers.yaml)\n1 error\n",
  );
  expect(await check("--category", "FIELD_SAME_NAME")).toMatchObject({ code: 100, stdout: "" });
  expect(await check("--fail-on", "never")).toMatchObject({ code: 0 });
  const [, advice = ""] = /say: proto4 (.*)$/m.exec(stderr)!;
  expect((await proto4(folder, ...advice.split(" "))).code).toBe(0);
  expect(await readFile(file, "utf8")).toBe(waivers([age, inDays(9)]));
});

test("waivers that fit nothing, or repeat others, are warned about where all is looked at", async () => {
  await writeFile(file, waivers(["finding: aaaaaaaaaaaa", inDays(9)], [age, inDays(9)], [age, inDays(8)]));
  const unused =
    "proto/proto4.waivers.yaml:3:5: warning: no finding fits this waiver: say: proto4 unwaive aaaaaaaaaaaa proto\n";
  const repeated =
    "proto/proto4.waivers.yaml:5:5: warning: FIELD_SAME_TYPE shop.v1.User.age is waived further up: leave one of them out\n";
  expect((await check()).stderr).toContain(unused + repeated);
  const { stderr } = await check("--path", "proto/user.proto", "--path", "before/user.proto");
  expect(stderr).toContain(repeated);
  expect(stderr).not.toContain("no finding fits");
});

test("what the baseline file has is left out, waived or not, and it takes in nothing that is waived", async () => {
  await writeFile(file, waivers([fax, inDays(9)]));
  expect((await proto4(folder, "baseline", "proto", ...against, "--output", "proto/some.yaml")).stdout).toBe(
    "proto/some.yaml has 1 finding\n",
  );
  expect(await check("--baseline", "proto/some.yaml")).toMatchObject({
    code: 0,
    stderr: "1 finding is in proto/some.yaml\n1 finding is waived (proto/proto4.waivers.yaml)\n",
  });
  await rm(file);
  await proto4(folder, "baseline", "proto", ...against, "--output", "proto/all.yaml");
  await writeFile(file, waivers([fax, inDays(9)]));
  const all = await check("--baseline", "proto/all.yaml");
  expect(all).toEqual({ code: 0, stdout: "", stderr: "2 findings are in proto/all.yaml\n" });
});

test("buf knows no waivers", async () => {
  await writeFile(file, "this is: [no file of waivers");
  expect((await check("--like-buf")).code).toBe(100);
  const { code, stderr } = await check();
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^proto\/proto4\.waivers\.yaml:1:\d+: this is not YAML/),
  ]);
});

/** Arguments of waive that are refused, each with the sentence. */
const refused: readonly (readonly [args: readonly string[], complaint: RegExp])[] = [
  [[], /^name a finding by its id, or else a rule and a symbol/],
  [["proto"], /^"proto" is no finding's id: it has 12 hex digits/],
  [["proto", "--rule", "FIELD_SAME_TYPE"], /^--rule and --symbol go together/],
  [
    [FAX, "proto", "--rule", "FIELD_SAME_TYPE", "--symbol", "a"],
    /^name a finding by its id, or else a rule and a s/,
  ],
  [["000000000000", "proto"], /^no finding has the id 000000000000; it may be meant: [0-9a-f]{12} \(FIELD_/],
  [
    ["proto", "--rule", "FIELD_SAME_TYPE", "--symbol", "shop.v1.User.fax"],
    /^FIELD_SAME_TYPE says nothing of shop/,
  ],
  [[FAX, "before"], /^nothing is found, so there is nothing to waive; give the flags/],
  [[FAX, "proto", "--reason", " "], /^a waiver needs a reason/],
  [[FAX, "proto", "--owner", ""], /^git knows no user\.email here/],
  [[FAX, "proto", "--expires", "2026-01-01"], /^2026-01-01 has passed/],
  [[FAX, "proto", "--expires", "2027-02-30"], /^--expires takes a day/],
  [[FAX, "proto", "--expires", "9999-01-01"], /^9999-01-01 is further ahead than a waiver may last: say 20/],
];

test.each(refused)("waive %j is refused, and nothing is written", async (args, sentence) => {
  const { code, stderr } = await waive(...args);
  expect([code, stderr]).toEqual([1, expect.stringMatching(sentence)]);
  expect(await readdir(join(folder, "proto"))).toEqual(["user.proto"]);
});

test("what is waived already is not waived again, be it that it has ended", async () => {
  for (const [expires, verb] of [
    [inDays(9), "is"],
    ["2020-01-31", "was"],
  ]) {
    const text = waivers([fax, expires!]);
    await writeFile(file, text);
    expect(await waive(FAX, "proto")).toMatchObject({
      code: 1,
      stderr: `proto/proto4.waivers.yaml: this ${verb} accepted until ${expires} already; to write it anew, say first: proto4 unwaive ${FAX} proto\n`,
    });
    expect(await readFile(file, "utf8")).toBe(text);
  }
});

test("commands that run at once lose nothing of each other, nor is a lock in the way that was left behind", async () => {
  const lock = join(folder, "proto/.proto4.waivers.yaml.lock");
  await writeFile(lock, "");
  await utimes(lock, 0, 0);
  const both = await Promise.all([waive(FAX, "proto"), waive(AGE, "proto")]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  expect((await check()).stderr).toContain("2 findings are waived");
  await Promise.all([FAX, AGE].map((id) => proto4(folder, "unwaive", id, "proto")));
  expect(await readdir(join(folder, "proto"))).toEqual(["user.proto"]);
});

test("unwaive tells where nothing is waived, and what is not", async () => {
  expect(await proto4(folder, "unwaive", FAX, "proto")).toMatchObject({
    code: 1,
    stderr: "proto/proto4.waivers.yaml: there is no such file, so that nothing is waived\n",
  });
  await writeFile(file, waivers([age, inDays(9)]));
  expect(await proto4(folder, "unwaive", FAX, "proto")).toMatchObject({
    code: 1,
    stderr: `proto/proto4.waivers.yaml: no waiver here names ${FAX}; it may be meant: FIELD_SAME_TYPE shop.v1.User.age\n`,
  });
});

test("a policy names another file, and how long a waiver may last", async () => {
  await writeFile(join(folder, "proto/proto4.yaml"), "version: v1\nwaivers: w.yaml\nwaiver_lifetime: 7d\n");
  expect((await waive(FAX, "proto")).stderr).toMatch(
    /^20\d\d-\d\d-\d\d is further ahead .* 7 days from today/,
  );
  expect((await waive(FAX, "proto", "--expires", "7d")).code).toBe(0);
  expect((await check()).stderr).toContain("1 finding is waived (proto/w.yaml)\n");
  await writeFile(join(folder, "proto/proto4.yaml"), "version: v1\nwaivers: w.yaml\nwaiver_lifetime: 6d\n");
  expect(await check()).toMatchObject({ code: 1, stderr: expect.stringMatching(/^proto\/w\.yaml:7:14: /) });
});

test.skipIf(process.platform === "win32")(
  "a file that may not be written stays as it is, and that is told",
  async () => {
    const text = waivers([age, inDays(9)]);
    await writeFile(file, text);
    await chmod(file, 0o444);
    const outcome = await waiveAsAnother(folder);
    expect(outcome).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^proto\/proto4\.waivers\.yaml: this file cannot be written: EACCES/),
    });
    expect(await readFile(file, "utf8")).toBe(text);
  },
);

/** As a user whom the modes of files bind: root ignores them. */
async function waiveAsAnother(folder: string): Promise<Outcome> {
  const isRoot = process.getuid?.() === 0;
  await chmod(folder, 0o755);
  const home = await makeFolder({});
  const cwd = folder;
  if (isRoot) await chown(home, 65_534, 65_534);
  const args = [
    main,
    "waive",
    FAX,
    "proto",
    ...against,
    "--reason",
    "x",
    "--owner",
    "ana",
    "--expires",
    "3d",
  ];
  const env = { ...process.env, HOME: home, XDG_CACHE_HOME: join(home, "cache") };
  const user = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  const outcome = await new Promise<Outcome>((resolve) => {
    execFile(process.execPath, args, { cwd, env, ...user }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
  await rm(home, { recursive: true, force: true });
  return outcome;
}

test("what lies in a commit is waived where one works on it", async () => {
  const work = join(folder, "work");
  await mkdir(dirname(join(work, "proto/user.proto")), { recursive: true });
  await writeFile(join(work, "proto/user.proto"), await readFile(join(folder, "proto/user.proto")));
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], work);
  await git("init", "-q", "-b", "main");
  await git("add", ".");
  await git("commit", "-qm", "one");
  expect(await waive(FAX, "work/.git#branch=main,subdir=proto")).toMatchObject({
    code: 1,
    stderr:
      "proto/proto4.waivers.yaml lies in a commit or an archive, as the input does: edit it where you work on it\n",
  });
});
