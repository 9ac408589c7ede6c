import { join } from "node:path";
import { create } from "@bufbuild/protobuf";
import { type CodeGeneratorRequest, type MessageOptions, MessageOptionsSchema } from "@bufbuild/protobuf/wkt";
import { protocGenEs } from "@bufbuild/protoc-gen-es/dist/cjs/src/protoc-gen-es-plugin.js";
import { describe, expect, test } from "vitest";
import { generate } from "../../src/codegen/index.js";
import { cases, filesIn, fixtures, requestFor, unwarned, version } from "./sources.js";

describe.each(cases)("the fixture %s", (name, parameter) => {
  test("gives the files that lie in gen", async () => {
    const response = await generate(await requestFor(name, parameter), version, unwarned);
    const gen = join(fixtures, name, "gen");
    for (const file of response.file) await expect(file.content).toMatchFileSnapshot(join(gen, file.name));
    expect(response.file.map((file) => file.name)).toEqual(expect.arrayContaining([...(await filesIn(gen))]));
  });

  test("gives the same bytes twice", async () => {
    const request = await requestFor(name, parameter);
    expect(await generate(request, version, unwarned)).toEqual(await generate(request, version, unwarned));
  });
});

test("files without annotations or pair come out as protoc-gen-es makes them", async () => {
  const request = await requestFor("plain", "");
  const fileToGenerate = request.fileToGenerate.filter((path) => path.startsWith("zoo/"));
  expect(await contents(request)).toEqual(esContents({ ...request, fileToGenerate }));
});

test("options that somebody else has under proto4's numbers stay in the stubs", async () => {
  const request = await requestFor("plain", "");
  const protoFile = request.protoFile.filter(({ package: name }) => name !== "proto4");
  const fileToGenerate = request.fileToGenerate.filter((path) => path.startsWith("zoo/"));
  const foreign = [{ no: 50401, wireType: 2, data: new Uint8Array([2, 0x68, 0x69]) }];
  for (const file of protoFile)
    for (const message of file.messageType) message.options = foreignOptions(foreign);
  const own = { ...request, fileToGenerate, protoFile, sourceFileDescriptors: [] };
  expect(await contents(own)).toEqual(esContents(own));
});

function foreignOptions($unknown: MessageOptions["$unknown"] & object): MessageOptions {
  return Object.assign(create(MessageOptionsSchema), { $unknown });
}

async function contents(request: CodeGeneratorRequest): Promise<readonly unknown[]> {
  const { file } = await generate(request, version, unwarned);
  return file.map(({ name, content }) => ({ name, content }));
}

function esContents(request: CodeGeneratorRequest): readonly unknown[] {
  const { file } = protocGenEs.run({ ...request, parameter: "target=ts,import_extension=js" });
  return file.map(({ name, content }) => ({ name, content }));
}
