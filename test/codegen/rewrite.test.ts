import { create, createFileRegistry, type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { type CodeGeneratorRequest, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { generate } from "../../src/codegen/index.js";
import { rewriteRequest } from "../../src/codegen/rewrite-request.js";
import { imageFromRequest, loadImage } from "../../src/image/index.js";
import { buildSchema, elementsOf, fingerprint } from "../../src/schema/index.js";
import { requestFor, unwarned, version, withSources } from "./sources.js";

describe.each([
  ["comments", "garden.v1.Plant", "water"],
  ["comments", "garden.v1.Pot", "glaze"],
  ["editions", "radio.v2.Show", "host"],
  ["paired", "clinic.v4.Patient", "legacy_chart"],
])("in %s, the DEPRECATED field of %s", (fixture, message, name) => {
  test("is absent where it is absent, and set where it is set to its default", async () => {
    const { before, after } = await rewritten(fixture);
    const empty = reflect(messageOf(after, message));
    expect(empty.isSet(fieldOf(empty.desc, name))).toBe(false);
    const set = reflect(empty.desc);
    set.set(fieldOf(set.desc, name), reflect(messageOf(before, message)).get(fieldOf(set.desc, name)));
    expect(set.isSet(fieldOf(set.desc, name))).toBe(true);
  });

  test("has the bytes on the wire that it had", async () => {
    const { before, after } = await rewritten(fixture);
    const [written, stub] = [messageOf(before, message), messageOf(after, message)];
    const bytes = new Uint8Array([(fieldOf(stub, name).number << 3) | wireType(stub, name), 1, 65]);
    const own = bytes.subarray(0, wireType(stub, name) === 0 ? 2 : 3);
    expect(toBinary(stub, fromBinary(stub, own))).toEqual(own);
    expect(toBinary(written, fromBinary(written, own))).toEqual(own);
  });
});

test.each(["comments", "paired"])("in %s, every comment stays with its element", async (fixture) => {
  const request = await requestFor(fixture, "");
  const before = buildSchema(imageFromRequest(request).files);
  const after = buildSchema(imageFromRequest(rewriteRequest(request, before)).files);
  const words = (schema: typeof before) =>
    [...schema.files.values()]
      .filter((file) => !file.isImport && !file.fullName.startsWith("proto4/"))
      .flatMap((file) => [...elementsOf(file)].map((element) => [element, file] as const))
      .map(([element, file]) => `${element.fullName}: ${plain(file.sourceInfo.leadingComment(element.path))}`)
      .filter((line) => !line.startsWith("garden.v1.Plant.water"));
  expect(words(after).filter((line) => !line.includes("X_water"))).toEqual(words(before));
});

test("stubs know nothing of proto4's options, the fingerprint everything", async () => {
  const response = await generate(await requestFor("paired", ""), version, unwarned);
  const stub = response.file.find(({ name }) => name === "clinic/v4/patient_pb.ts");
  expect(stub?.content).not.toContain("proto4");
  const image = await withSources("paired", (folder) => loadImage(folder));
  const beside = response.file.find(({ name }) => name === "clinic/v4/patient_proto4.ts");
  expect(beside?.content).toContain(`fingerprint = "${fingerprint(image, "clinic.v4")}"`);
});

test("a deprecation is told once in a comment", async () => {
  for (const fixture of ["comments", "paired"] as const)
    for (const { content } of (await generate(await requestFor(fixture, ""), version, unwarned)).file)
      for (const [comment] of content.matchAll(/\/\*\*[\s\S]*?\*\//g))
        expect(comment.split("@deprecated").length, comment).toBeLessThanOrEqual(2);
});

async function rewritten(fixture: string) {
  const request = await requestFor(fixture, "");
  const stubs = rewriteRequest(request, buildSchema(imageFromRequest(request).files));
  return { before: registryOf(request), after: registryOf(stubs) };
}

function registryOf({ protoFile }: CodeGeneratorRequest) {
  return createFileRegistry(create(FileDescriptorSetSchema, { file: protoFile }));
}

function messageOf(registry: ReturnType<typeof registryOf>, name: string): DescMessage {
  const message = registry.getMessage(name);
  if (message === undefined) throw new Error(`${name} is not there`);
  return message;
}

function fieldOf(message: DescMessage, name: string) {
  const field = message.fields.find((candidate) => candidate.name === name);
  if (field === undefined) throw new Error(`${name} is not there`);
  return field;
}

function wireType(message: DescMessage, name: string): number {
  return fieldOf(message, name).proto.type === 5 ? 0 : 2;
}

function plain(comment: string | undefined): string {
  return (comment ?? "").replace(/\s*@(deprecated|experimental).*/g, "").trim();
}
