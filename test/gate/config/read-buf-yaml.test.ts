import { expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { type BufYaml, readBufYaml } from "../../../src/gate/config/read-buf-yaml.js";
import { resolveSection } from "../../../src/gate/config/resolve-section.js";

const read = (source: string): BufYaml => readBufYaml(parseYaml(source, "buf.yaml"));

/** What a file with a mistake is told, with the place. */
function complaint(source: string): string {
  try {
    for (const { breaking } of read(source).modules) resolveSection(breaking, "v1", "proto4");
  } catch (error) {
    if (!(error instanceof Proto4Error) || error.code !== "config-invalid") throw error;
    return `${error.location?.startLine}:${error.location?.startColumn} ${error.message}`;
  }
  return "nothing wrong";
}

test.each([
  [
    "version: v2\nbreaking: {use: [FILE, WIRES]}",
    /^2:24 there is no category or rule "WIRES" in v2 .*mean WIRE\?/,
  ],
  ["version: v1\nbreaking:\n  ignore_only:\n    CSR: [a]", /^4:10 .*"CSR" in v1 of buf.yaml/],
  ["version: v2\nbreaking: {use: WIRE}", /^2:17 this must be a list/],
  ["version: v2\nbreaking: {ignore: [1]}", /^2:21 this must be a string/],
  ["version: v2\nbreaking: {ignore: [../b]}", /^2:21 \.\.\/b leads out of the folder/],
  ["version: v2\nbreaking: {ignore: [/b]}", /^2:21 \/b leads out of the folder/],
  ["version: v2\nbreaking: {exept: [FILE]}", /^2:19 breaking has no key exept; there are except, /],
  ["version: v2\nmodules: [{path: a, breaking: {ignore: [b/c]}}]", /^2:41 b\/c does not lie in .* a$/],
  ["version: v3", /^1:10 the version is one of v1beta1, v1, v2/],
  ["breaking: {}", /^1:1 it says no version/],
  ["version: v2\nbreaking: {use: [", /^2:\d+ this is not YAML/],
  ["", /^1:1 it says no version/],
  ["- a", /^1:1 this must be a map/],
  ["version: v2\nbreaking: {ignore_unstable_packages: maybe}", /^2:38 this must be true or false/],
  ["a: &a [*a]", /nests too deep/],
])("%j is told what is wrong, and where", (source, sentence) => {
  expect(complaint(source)).toMatch(sentence);
});

test("a file that grows beyond bounds by its aliases is refused", () => {
  expect(complaint(bomb())).toMatch(/holds itself too often/);
});

/** Each line holds the line before ten times. */
function bomb(): string {
  const lines = Array.from(
    { length: 9 },
    (_, index) => `b${index + 1}: &b${index + 1} [${`*b${index},`.repeat(10)}]`,
  );
  return ["b0: &b0 [x]", ...lines].join("\n");
}

test("JSON, quotes, anchors and comments are as good as plain YAML", () => {
  const breaking = { use: ["WIRE"], ignore: ["a"] };
  const plain = read("version: v1\nbreaking: {use: [WIRE], ignore: [a]}");
  expect(read(JSON.stringify({ version: "v1", breaking })).breaking.config).toEqual(plain.breaking.config);
  const anchored =
    'version: "v1" # old\nbreaking:\n  ignore: &paths [./a/]\n  use:\n  - WIRE\n  ignore_only:\n    WIRE: *paths\n';
  expect(read(anchored).breaking.config).toEqual({ ...plain.breaking.config, ignoreOnly: { WIRE: ["a"] } });
});

test("names that plug-ins may have are left out, and stand for nothing else", () => {
  const { breaking } = read(
    "version: v2\nplugins: [{plugin: mine}]\nbreaking: {use: [MINE], except: [OTHER, WIRE]}",
  );
  expect(resolveSection(breaking, "v2", "proto4")).toMatchObject({
    use: [],
    except: ["WIRE"],
    disableBuiltin: true,
  });
});
