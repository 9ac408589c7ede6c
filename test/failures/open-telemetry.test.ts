import { describe, expect, test } from "vitest";
import { loadPair, refusalOf, trust } from "./load-pair.js";

// https://github.com/open-telemetry/opentelemetry-specification/issues/3727
describe("a merge has no inverse, and is none that anybody guesses", () => {
  test("two fields that say to continue the same one are refused", async () => {
    const refusal = await refusalOf({
      v3: "message M { string name = 1; }",
      v4: 'message M { string first = 2 [(proto4.field_terms) = {was: "name"}]; string last = 3 [(proto4.field_terms) = {was: "name"}]; }',
    });
    expect(refusal).toMatch(/^mapping-ambiguous: both .* say that they continue case0.v3.M.name/);
  });

  test("one field of two needs code, of both directions", async () => {
    const v3 = "message M { string first = 1; string last = 2; }";
    expect(
      await refusalOf({
        v3,
        v4: 'message M { string name = 3 [(proto4.field_terms) = {was: "first, last"}]; }',
      }),
    ).toMatch(/^mapping-/);
    const v4 = 'message M { string name = 3 [(proto4.field_terms) = {hook: "names", was: "first, last"}]; }';
    const { translator } = await loadPair({ v3, v4 });
    expect(() => translator.up(new Uint8Array())).toThrow('needs the code "names"');
    expect(() => translator.down(new Uint8Array())).toThrow('needs the code "names"');
  });
});

// https://github.com/open-telemetry/opentelemetry-specification/issues/3497
describe("names and numbers that collide are told apart, or refused", () => {
  test("a name that passes from one field to another keeps the data apart", async () => {
    const { translator, v3, v4 } = await loadPair({
      v3: "message M { string host = 1; string address = 2; }",
      v4: 'message M { string address = 1 [(proto4.field_terms) = {was: "host"}]; string host = 2 [(proto4.field_terms) = {was: "address"}]; }',
    });
    const sent = translator.up(v3.write({ host: "h", address: "a" })).value;
    expect(v4.read(sent)).toEqual({ address: "h", host: "a" });
    expect(v3.read(translator.down(sent, trust).value)).toEqual({ host: "h", address: "a" });
  });

  test("a rename onto a name that another field has is refused until that one's end is declared", async () => {
    const v4 = 'message M { string address = 1 [(proto4.field_terms) = {was: "host"}]; }';
    expect(await refusalOf({ v3: "message M { string host = 1; string address = 2; }", v4 })).toMatch(
      /^mapping-loss: field 2 "address"/,
    );
    const ended =
      "message M { string host = 1; string address = 2 [(proto4.field_lifecycle) = DEPRECATED]; }";
    const { translator, ...stubs } = await loadPair({ v3: ended, v4 });
    const both = { host: "h", address: "a" };
    const sent = translator.up(stubs.v3.write(both)).value;
    expect(stubs.v4.read(sent)).toEqual({ address: "h" });
    expect(stubs.v3.read(translator.down(stubs.v4.edit(sent, {}), trust).value)).toEqual(both);
  });

  test("a number that two fields had in turn carries neither for the other", async () => {
    const { translator, v3, v4 } = await loadPair({
      v3: "message M { string host = 1 [(proto4.field_lifecycle) = DEPRECATED]; }",
      v4: "message M { int32 port = 1; }",
    });
    const sent = translator.up(v3.write({ host: "h" })).value;
    expect(v4.read(sent)).toEqual({});
    expect(v3.read(translator.down(v4.edit(sent, { port: 80 }), trust).value)).toEqual({ host: "h" });
  });

  test("two values of an enum that become one are refused", async () => {
    const refusal = await refusalOf({
      v3: "message M { E e = 1; } enum E { Z = 0; A = 1; B = 2; }",
      v4: "message M { E e = 1; } enum E { option allow_alias = true; Z = 0; A = 1; B = 1; }",
    });
    expect(refusal).toMatch(/^mapping-ambiguous: .*two of the numbers are one/);
  });
});
