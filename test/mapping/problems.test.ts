import { beforeAll, expect, test } from "vitest";
import { formatError, formatErrors, Proto4Error } from "../../src/diagnostics/index.js";
import { mapSchema } from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { compile } from "./compile.js";
import { sourcesOf } from "./pair.js";

const many = Array.from({ length: 150 }, (_, index) => `string f${index} = ${index + 1};`).join("\n");
const pairs = [
  {
    v3: "message M { string a = 1; string b = 2; E e = 3; }\nenum E { Z = 0; }\nmessage N { int32 a = 1; }\nservice S { rpc Do(M) returns (M); rpc Gone(M) returns (M); }",
    v4: "message M { int32 a = 1; string e = 3; }\nmessage N { string a = 1; }\nservice S { rpc Do(M) returns (N); }",
  },
  { v3: `message M { ${many} }`, v4: "message M {}" },
  {
    v3: "message M {}\nservice S { rpc Get(M) returns (M); rpc Make(M) returns (M); rpc Take(M) returns (M); }",
    v4: "message M {} message N {}\nservice S { rpc Get(M) returns (M); rpc Make(M) returns (google.protobuf.Duration); rpc Take(N) returns (M); }",
  },
];

let schema: Schema;
beforeAll(async () => {
  ({ schema } = await compile(Object.fromEntries(pairs.flatMap((pair, index) => sourcesOf(pair, index)))));
});

test("all that is in the way is told at once, each once, in the order of the places", () => {
  const error = refusal("case0.v4");
  expect(error.problems.map((problem) => formatError(problem).replace(/;.*/, ""))).toEqual([
    'case0/v3/m.proto:2:27: field 2 "b" of case0.v3.M has no counterpart in case0.v4.M',
    "case0/v3/m.proto:5:36: method case0.v3.S.Gone has no counterpart in case0.v4.S, and who calls it would get no answer",
    "case0/v4/m.proto:2:13: cannot translate this: case0.v4.M.a is int32, case0.v3.M.a is string",
    "case0/v4/m.proto:2:26: cannot translate this: case0.v4.M.e is string, case0.v3.M.e is case0.v3.E",
    "case0/v4/m.proto:3:13: cannot translate this: case0.v4.N.a is string, case0.v3.N.a is int32",
  ]);
  expect(formatErrors(error)).toBe(error.problems.map(formatError).join("\n"));
  expect([error.code, error.location]).toEqual([error.problems[0]?.code, error.problems[0]?.location]);
  expect(error.message).toMatch(/^field 2 "b" of case0\.v3\.M .* \(and 4 more problems\)$/);
});

test("an author is not told of more than a hundred", () => {
  const error = refusal("case1.v4");
  expect(error.problems.length).toBe(100);
  expect(error.message).toMatch(/ \(and at least 99 more problems\)$/);
});

test("a method whose answer became another message is told, and refuses nothing", () => {
  const [service] = mapSchema(schema, { v4: "case2.v4" })?.services ?? [];
  expect(service?.methods.map(({ v4 }) => v4.name)).toEqual(["Get"]);
  expect(service?.unbridged.map(({ v3, v4, reason }) => [v3.name, v4.name, reason])).toEqual([
    [
      "Make",
      "Make",
      "the output of case2.v4.S.Make is google.protobuf.Duration, which does not continue case2.v3.M",
    ],
    [
      "Take",
      "Take",
      'the input of case2.v4.S.Take is case2.v4.N, which does not continue case2.v3.M; write (proto4.message_terms) = {was: "case2.v3.M"} on case2.v4.N if it does',
    ],
  ]);
});

function refusal(v4: string): Proto4Error {
  try {
    mapSchema(schema, { v4 });
  } catch (error) {
    if (error instanceof Proto4Error) return error;
    throw error;
  }
  throw new Error(`${v4} is not refused`);
}
