import { beforeAll, expect, test } from "vitest";
import { compileFilePlan, compilePlan, type Mapping, mapSchema } from "../../src/mapping/index.js";
import { compile } from "./compile.js";

const jobs = (version: string, size: string) => `syntax = "proto3"; package jobs.${version};
  import "jobs/${version}/parts.proto"; import "rpc/operation.proto"; import "google/protobuf/any.proto";
  message Start { string name = 1; rpc.Error last = 2; rpc.Plain plain = 3; }
  message Done { ${size} size = 1; Part part = 2; }
  service Jobs { rpc Run(Start) returns (rpc.Operation); rpc Ping(rpc.Plain) returns (rpc.Plain); }`;
const parts = (version: string, size: string) => `syntax = "proto3"; package jobs.${version};
  message Part { ${size} size = 1; }`;

let mapping: Mapping;
beforeAll(async () => {
  const { schema } = await compile({
    "rpc/operation.proto": `syntax = "proto3"; package rpc; import "google/protobuf/any.proto";
      message Operation { string name = 1; oneof result { google.protobuf.Any response = 2; Error error = 3; } }
      message Error { int32 code = 1; repeated google.protobuf.Any details = 2; Error cause = 3; }
      message Plain { string note = 1; Plain more = 2; }`,
    "jobs/v3/jobs.proto": jobs("v3", "int32"),
    "jobs/v4/jobs.proto": jobs("v4", "int64"),
    "jobs/v3/parts.proto": parts("v3", "int32"),
    "jobs/v4/parts.proto": parts("v4", "int64"),
    "jobs/v4/lone.proto": 'syntax = "proto3"; package jobs.v4; message Lone {}',
    "jobs/v3/lone.proto": 'syntax = "proto3"; package jobs.v3; message Lone {}',
  });
  mapping = mapSchema(schema, { v4: "jobs.v4" })!;
});

test("messages of both generations change where they reach a payload, and others stay as they are", () => {
  const pairs = mapping.messages.map(({ v3, v4, contract }) => [v3.fullName, v4.fullName, contract]);
  expect(pairs.toSorted()).toEqual([
    ["jobs.v3.Done", "jobs.v4.Done", "CANON"],
    ["jobs.v3.Lone", "jobs.v4.Lone", "BYTES"],
    ["jobs.v3.Part", "jobs.v4.Part", "CANON"],
    ["jobs.v3.Start", "jobs.v4.Start", "CANON"],
    ["rpc.Error", "rpc.Error", "CANON"],
    ["rpc.Operation", "rpc.Operation", "CANON"],
  ]);
});

test("a payload is nested under the name of Any, which has no plan of its own", () => {
  const operation = compilePlan(mapping).messages.find(({ v3 }) => v3 === "rpc.Operation");
  expect(operation?.changes?.changed).toMatchObject([
    { kind: "nested", message: "google.protobuf.Any", v3: { oneof: "result" }, v4: { number: 2 } },
    { kind: "nested", message: "rpc.Error" },
  ]);
});

test("a file embeds the messages of both generations that it reaches, and uses what its payloads may be", () => {
  const { plan, uses } = compileFilePlan(mapping, "jobs/v4/jobs.proto");
  expect(plan.messages.map(({ v4 }) => v4).toSorted()).toEqual([
    "jobs.v4.Done",
    "jobs.v4.Start",
    "rpc.Error",
    "rpc.Operation",
  ]);
  expect(uses).toEqual(["jobs/v4/parts.proto"]);
  expect(compileFilePlan(mapping, "jobs/v4/parts.proto").plan.messages.map(({ v4 }) => v4)).toEqual([
    "jobs.v4.Part",
  ]);
});
