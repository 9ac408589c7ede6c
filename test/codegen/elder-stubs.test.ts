import { create } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema } from "@bufbuild/protobuf/wkt";
import { expect, test } from "vitest";
import { generate } from "../../src/codegen/index.js";
import { runTsProto } from "../../src/codegen/run-ts-proto.js";
import { requestFor, unwarned, version } from "./sources.js";

test("ts-proto makes stubs of files to generate and of well-known types alone", async () => {
  const request = await requestFor("paired", "v3=ts-proto");
  const fileToGenerate = request.fileToGenerate.filter((path) => path.endsWith("/ward.proto"));
  const response = await generate({ ...request, fileToGenerate }, version, unwarned);
  expect(response.file.map(({ name }) => name).toSorted()).toEqual([
    "clinic/v3/ward.ts",
    "clinic/v3/ward_pb.ts",
    "clinic/v4/ward_pb.ts",
    "clinic/v4/ward_proto4.ts",
    "google/protobuf/empty.ts",
  ]);
});

test("where ts-proto fails, its own words are passed on", async () => {
  const fields = [{ name: "lost", number: 1, type: 11, typeName: ".nowhere.Lost" }];
  const file = { name: "a.proto", syntax: "proto3", messageType: [{ name: "A", field: fields }] };
  const request = create(CodeGeneratorRequestSchema, { fileToGenerate: ["a.proto"], protoFile: [file] });
  await expect(runTsProto(request, "")).rejects.toMatchObject({
    code: "stub-failed",
    message: expect.stringMatching(/^protoc-gen-ts_proto: .*nowhere\.Lost/s),
  });
});
