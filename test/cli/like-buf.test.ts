import { rm } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bufFormats } from "../../src/gate/index.js";
import { findBuf } from "../../src/image/find-buf.js";
import { makeFolder, type Outcome, proto4, run } from "./proto4.js";

let folder: string;

/** A file gone, an element gone, one that changed, and one in a package that promises nothing. */
beforeAll(async () => {
  folder = await makeFolder({
    "before/a & b/x.proto": proto(
      "x.v1",
      "message X {\n  string a = 1;\n  int32 b = 2;\n}\nmessage Gone {}\n",
    ),
    "before/gone.proto": proto("x.v1", "enum E { E_NONE = 0; }\n"),
    "before/y.proto": proto("y.v1alpha1", "message Y { string a = 1; }\n"),
    "after/a & b/x.proto": proto("x.v1", "message X {\n  int32 a = 1;\n}\n"),
    "after/y.proto": proto("y.v1alpha1", "message Y { bytes a = 1; }\n"),
    "broken/x.proto": proto("x.v1", "message X { strin a = 1; }\nmessage <\n"),
    "twice/x.proto": proto("x.v1", "message X { Nowhere a = 1; }\nmessage Y { Nowhere a = 1; }\n"),
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(bufFormats)("--like-buf --format %s is what buf prints, but for the messages", async (format) => {
  const inputs = ["after", "--against", "before"];
  const ours = await proto4(folder, "check", ...inputs, "--like-buf", "--format", format);
  const theirs = await buf(...inputs, "--error-format", format);
  expect(masked(ours)).toEqual(masked(theirs));
  expect(ours).toMatchObject({ code: 100, stderr: "" });
  expect(ours.stdout).toMatch(/a & b\/x|a &amp; b\/x|a \\u0026 b\/x/);
});

test("no change is nothing, and exit code 0", async () => {
  const inputs = ["after", "--against", "after"];
  const ours = await proto4(folder, "check", ...inputs, "--like-buf", "--format", "junit");
  expect(ours).toEqual({ code: 0, stdout: "", stderr: "" });
  expect((await buf(...inputs, "--error-format", "junit")).stdout).toBe("");
});

test.each([
  ["json", "broken", "before"],
  ["junit", "after", "twice"],
  ["gitlab-code-quality", "broken", "twice"],
])("sources that do not compile are buf's findings in %s, to the byte", async (format, input, against) => {
  const inputs = [input, "--against", against];
  const ours = await proto4(folder, "check", ...inputs, "--like-buf", "--format", format);
  const { code, stdout } = await buf(...inputs, "--error-format", format);
  expect(ours).toEqual({ code, stdout, stderr: "" });
  expect(code).toBe(100);
});

test("without --like-buf, every format tells the severities, and what does not compile is exit code 1", async () => {
  const inputs = ["after", "--against", "before"];
  const [, json, msvs, junit, github, gitlab] = await Promise.all(
    bufFormats.map((format) => proto4(folder, "check", ...inputs, "--format", format)),
  );
  expect(json?.stdout).toContain('"severity":"info"');
  expect(msvs?.stdout).toMatch(/^after\/y\.proto\(3,13\) : info FIELD_SAME_TYPE : /m);
  expect(junit?.stdout).toMatch(/<testsuite name="after\/y" tests="1" failures="0"/);
  expect(github?.stdout).toMatch(/^::notice file=after\/y\.proto,line=3,/m);
  expect(gitlab?.stdout).toMatch(/"severity":"major".*"severity":"info"/);
  expect((await proto4(folder, "check", "broken", "--against", "before")).code).toBe(1);
});

test("--limit-to-input-files and --exclude-imports are buf's", async () => {
  for (const flag of ["--limit-to-input-files", "--exclude-imports"]) {
    const inputs = ["after", "--against", "before", flag];
    const ours = await proto4(folder, "check", ...inputs, "--like-buf", "--format", "json");
    expect(masked(ours)).toEqual(masked(await buf(...inputs, "--error-format", "json")));
  }
});

test.each(["CONFLUENT", "LIFECYCLE", "CONFLUENT_FIELD_SAME_KIND"])(
  "--like-buf refuses proto4's own %s, with what there is, and buf refuses it too",
  async (name) => {
    const inputs = ["after", "--against", "before"];
    const ours = await proto4(folder, "check", ...inputs, "--like-buf", "--category", name);
    expect(ours).toMatchObject({ code: 1, stdout: "" });
    expect(ours.stderr).toMatch(
      /proto4's own.* the categories .*WIRE_JSON.*ls-breaking-rules.* lists the rules/,
    );
    const config = JSON.stringify({ version: "v2", breaking: { use: [name] } });
    const theirs = await buf(...inputs, "--config", config);
    expect(theirs).toMatchObject({ code: 1, stdout: "" });
    expect(await proto4(folder, "check", ...inputs, "--like-buf", "--config", config)).toMatchObject({
      code: 1,
    });
    expect((await proto4(folder, "check", ...inputs, "--category", name)).code).not.toBe(1);
  },
);

test("--like-buf leaves no severity to choose a bar among", async () => {
  const { code, stderr } = await proto4(folder, "check", "--against", "x", "--like-buf", "--fail-on", "info");
  expect(code).toBe(1);
  expect(stderr).toContain("--fail-on");
});

function buf(...args: readonly string[]): Promise<Outcome> {
  return run(findBuf(), ["breaking", ...args], folder);
}

/** Messages are proto4's own; GitLab's fingerprints are made of them. */
function masked({ code, stdout }: Outcome) {
  return {
    code,
    stdout: stdout
      .replace(/("message":|"description":|"fingerprint":)"(\\.|[^"\\])*"/g, '$1"…"')
      .replace(/(message="[^"]*?:\d+:\d+:)[^"]*/g, "$1…")
      .replace(/^([^<:\n]+:\d+:\d+:|<input>:1:1:|.* : error \w+ : |::error .*?::).*$/gm, "$1…"),
  };
}

function proto(name: string, body: string): string {
  return `syntax = "proto3";\npackage ${name};\n${body}`;
}
