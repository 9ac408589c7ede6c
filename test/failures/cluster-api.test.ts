import { beforeAll, describe, expect, test } from "vitest";
import { prove } from "../../src/mapping/index.js";
import { type LoadedPair, loadPair, trust } from "./load-pair.js";

let pair: LoadedPair;
beforeAll(async () => {
  pair = await loadPair({
    v3: "message M { string mail = 1; string name = 2; }",
    v4: "message M { repeated string mail = 1; string name = 2; string team = 3; }",
  });
});

// https://github.com/kubernetes-sigs/cluster-api/issues/3773: what a user had cleared came back from the annotation
// that kept the newer object.
describe("a stash does not bring back what a user cleared", () => {
  const whole = { mail: ["a@x", "b@x"], name: "Ann", team: "red" };

  test("what is cleared stays cleared, and the answer says what is lost", () => {
    const { translator, v3, v4 } = pair;
    const sent = translator.down(v4.write(whole)).value;
    expect(v3.read(sent)).toEqual({ mail: "a@x", name: "Ann" });
    const { value, lost } = translator.up(v3.edit(sent, { mail: "" }), trust);
    expect(v4.read(value)).toEqual({ name: "Ann", team: "red" });
    expect(lost).toEqual([{ path: "mail", reason: "edited" }]);
  });

  test("what is changed stays changed", () => {
    const { translator, v3, v4 } = pair;
    const sent = translator.down(v4.write(whole)).value;
    const { value } = translator.up(v3.edit(sent, { mail: "c@x" }), trust);
    expect(v4.read(value)).toEqual({ ...whole, mail: ["c@x"] });
  });

  test("what is left alone comes back whole, whatever else is edited", () => {
    const { translator, v3, v4 } = pair;
    const sent = translator.down(v4.write(whole)).value;
    const { value, lost } = translator.up(v3.edit(sent, { name: "Bo" }), trust);
    expect(v4.read(value)).toEqual({ ...whole, name: "Bo" });
    expect(lost).toEqual([]);
  });
});

// https://github.com/vmware-tanzu/vm-operator/issues/1559: the fuzzer of conversions silently stopped fuzzing.
test("a proof tells how often each field was set, and none was not", async () => {
  const { types } = await prove(pair.mapping, { runs: 60, seed: 1 });
  for (const { coverage, failure } of types) {
    expect(failure).toBeUndefined();
    for (const { field, set } of [...coverage.v3, ...coverage.v4]) expect(set, field).toBeGreaterThan(5);
  }
  expect(types.flatMap(({ coverage }) => coverage.v4.map(({ field }) => field))).toEqual(
    ["mail", "name", "team"].map((name) => `case0.v4.M.${name}`),
  );
});
