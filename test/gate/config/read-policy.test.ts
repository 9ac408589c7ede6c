import { expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { parseYaml } from "../../../src/gate/config/parse-yaml.js";
import { type PolicyFile, readPolicy } from "../../../src/gate/config/read-policy.js";
import { defaultPolicy } from "../../../src/rules/index.js";
import { bad, good, unparsable } from "./policy-cases.js";

const read = (source: string): PolicyFile => readPolicy(parseYaml(source, "proto4.yaml"));

/** What a file with a mistake is told, with the place. */
function complaint(source: string): string {
  try {
    read(source);
  } catch (error) {
    if (!(error instanceof Proto4Error) || error.code !== "config-invalid") throw error;
    expect(error.location?.path).toBe("proto4.yaml");
    return `${error.location?.startLine}:${error.location?.startColumn} ${error.message}`;
  }
  return "nothing wrong";
}

test.each([...bad, ...unparsable])("%j is told what is wrong, and where", (source, sentence) => {
  expect(complaint(source)).toMatch(sentence);
});

test("what a file leaves out is the default", () => {
  const nothing = {
    failOn: undefined,
    use: undefined,
    except: undefined,
    waivers: undefined,
    baseline: undefined,
    waiverLifetime: 180,
  };
  expect(read(good["the version alone"]!)).toEqual({ policy: defaultPolicy, ...nothing });
  expect(read(good["keys with nothing behind them"]!)).toEqual({ policy: defaultPolicy, ...nothing });
});

test("every key is read", () => {
  expect(read(good["every key"]!)).toEqual({
    policy: {
      notice: 84,
      minAge: { EXPERIMENTAL: 30, STABLE: 30, FROZEN: 0, DEPRECATED: 180 },
      unannotated: "require",
      severity: { FIELD_NO_DELETE: "off", STABLE: "warning" },
      trackedOptions: ["google.api.http", "_a.B1"],
    },
    failOn: "never",
    use: ["WIRE", "LIFECYCLE", "FIELD_SAME_NAME"],
    except: ["LIFECYCLE_MOVE"],
    waivers: "gate/waivers.yaml",
    baseline: "../baseline.json",
    waiverLifetime: 84,
  });
});

test("an age of one state leaves the default of another", () => {
  const { minAge } = read("version: v1\nlifecycle: {min_age: {EXPERIMENTAL: 2w}}").policy;
  expect(minAge).toEqual({ ...defaultPolicy.minAge, EXPERIMENTAL: 14 });
});

test("a file may be JSON, and a list that is empty is not a list left out", () => {
  expect(read(good["JSON, quotes and anchors"]!)).toMatchObject({ use: ["WIRE"], except: ["WIRE"] });
  expect(read(good["a list that takes everything away"]!)).toMatchObject({ use: undefined, except: [] });
});
