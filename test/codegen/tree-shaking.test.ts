import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { create, fromBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { type OutputChunk, rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { generate } from "../../src/codegen/index.js";
import { loadImage } from "../../src/image/index.js";
import { project } from "./compilers.js";
import { unwarned, version } from "./sources.js";

let folder: string;

// Small is one of many; Ring and Loop refer to each other.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "proto4-shaking-"));
  for (const [generation, type] of [
    ["v3", "int32"],
    ["v4", "int64"],
  ])
    await write(
      `proto/many/${generation}/many.proto`,
      `syntax = "proto3"; package many.${generation};
      message Small { ${type} count = 1; }
      message Ring { ${type} count = 1; Loop loop = 2; }
      message Loop { Ring ring = 1; map<string, Small> small = 2; }
      ${Array.from({ length: 50 }, (_, index) => `message Other${index} { ${type} count = 1; Small small = 2; }`).join("\n")}
      message Request {} service Many { rpc Do(Request) returns (Other1); }`,
    );
  const { files } = await loadImage(join(folder, "proto"));
  const protoFile = files.map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: files.map(({ path }) => path),
    protoFile,
    sourceFileDescriptors: protoFile,
  });
  const { file: generated } = await generate(request, version, unwarned);
  for (const file of generated) await write(`gen/${file.name}`, file.content);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test("a bundle that translates one of 50 messages holds the plan of no other, and no stub", async () => {
  const { code, exports } = await bundle("upSmall");
  expect(code).toContain('"many.v3.Small"');
  expect(code.match(/many\.v3\.\w+/g)).toEqual(
    expect.not.arrayContaining([expect.not.stringMatching(/Small$/)]),
  );
  expect(code).not.toContain("fileDesc");
  expect(exports.upSmall!(Uint8Array.of(8, 5))).toEqual({ value: Uint8Array.of(8, 5), lost: [] });
});

test("messages that refer to each other come along, with what they hold", async () => {
  const { code, exports } = await bundle("downRing");
  expect(new Set(code.match(/many\.v3\.\w+(?=")/g))).toEqual(
    new Set(["many.v3.Ring", "many.v3.Loop", "many.v3.Small"]),
  );
  const ring = Uint8Array.of(0x12, 9, 0x12, 7, 0x0a, 1, 0x61, 0x12, 2, 8, 5);
  expect(exports.downRing!(ring)).toEqual({ value: ring, lost: [] });
});

type Exports = Record<string, (bytes: Uint8Array) => unknown>;

async function bundle(name: string): Promise<{ readonly code: string; readonly exports: Exports }> {
  await write(`${name}.ts`, `export { ${name} } from "./gen/many/v4/many_proto4.js";`);
  const built = await rolldown({
    input: join(folder, `${name}.ts`),
    logLevel: "silent",
    resolve: {
      alias: { "proto4/runtime": join(project, "src/runtime/index.ts") },
      extensionAlias: { ".js": [".ts", ".js"] },
      modules: [join(project, "node_modules")],
    },
  });
  const { output } = await built.generate({ format: "esm" });
  await built.close();
  const { code } = output.find((file): file is OutputChunk => file.type === "chunk")!;
  await write(`${name}.mjs`, code);
  return { code, exports: await import(/* @vite-ignore */ pathToFileURL(join(folder, `${name}.mjs`)).href) };
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}
