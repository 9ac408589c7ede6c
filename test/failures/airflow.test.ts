import { expect, test } from "vitest";
import { loadPair, refusalOf } from "./load-pair.js";

// https://github.com/apache/airflow/issues/48940, in Cadwyn: a step told what changes in the schema, and the data
// were left as they were.

const v3 = "message M { string mail = 1; int64 born = 2; }";

test("a field that goes without a word is refused, and the place and the annotation are told", async () => {
  const refusal = await refusalOf({ v3, v4: "message M { int64 born = 2; string email = 3; }" });
  expect(refusal).toMatch(
    /^mapping-loss: field 1 "mail" of case0.v3.M has no counterpart in case0.v4.M; write/,
  );
  expect(refusal).toContain('(proto4.field_terms) = {was: "mail"}');
});

test("a field that changes its type in a way that no data could follow is refused", async () => {
  const refusal = await refusalOf({ v3, v4: "message M { int32 mail = 1; int64 born = 2; }" });
  expect(refusal).toMatch(/^mapping-unsupported: cannot translate this: case0.v4.M.mail is int32/);
});

test("what the schema says of a field is what becomes of its data, both ways", async () => {
  const { translator, ...stubs } = await loadPair({
    v3,
    v4: `message M {
      string email = 3 [(proto4.field_terms) = {was: "mail"}];
      google.protobuf.Timestamp born = 2 [(proto4.field_terms) = {unit: "s"}];
    }`,
  });
  const elder = { mail: "a@x", born: "86400" };
  const newer = { email: "a@x", born: "1970-01-02T00:00:00Z" };
  expect(stubs.v4.read(translator.up(stubs.v3.write(elder)).value)).toEqual(newer);
  expect(stubs.v3.read(translator.down(stubs.v4.write(newer)).value)).toEqual(elder);
});
