import { create } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  type CodeGeneratorResponse,
  type CodeGeneratorResponse_File,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";
import { imageFromRequest } from "../image/index.js";
import { buildSchema, elementsOf, type Schema } from "../schema/index.js";
import { esStubs } from "./es-stubs.js";
import { findGenerations, type Generation } from "./generation.js";
import { oneTag } from "./one-tag.js";
import { parseOptions } from "./parse-options.js";
import { printGenerations } from "./print-generation.js";
import { reachedFiles } from "./reached-files.js";
import { rewriteRequest } from "./rewrite-request.js";
import { supported } from "./supported.js";
import { tagOf } from "./tell-lifecycle.js";
import { tsProtoStubs } from "./ts-proto-stubs.js";

/**
 * Answers a compiler: stubs of every file to generate and, beside those of a package that continues an elder
 * one, what carries messages between the two.
 * @param version of proto4, for the headers
 * @throws Proto4Error where options, annotations or the pair of contracts cannot be worked with
 */
export async function generate(
  request: CodeGeneratorRequest,
  version: string,
): Promise<CodeGeneratorResponse> {
  const options = parseOptions(request.parameter);
  const schema = buildSchema(imageFromRequest(request).files);
  const rewritten = rewriteRequest(request, schema);
  const generations = findGenerations(rewritten, schema);
  const stubs = [
    ...esStubs(rewritten, options.es),
    ...(options.v3 === "ts-proto" ? await elderStubs(rewritten, options.tsProto, generations, schema) : []),
  ];
  const printed = printGenerations(rewritten, generations, { version, schema, parameter: options.es });
  return create(CodeGeneratorResponseSchema, {
    ...supported,
    file: [...withOneTag(stubs, schema), ...printed],
  });
}

/** ts-proto's stubs of the elder packages, and of what they use: other files to generate, well-known types. */
async function elderStubs(
  request: CodeGeneratorRequest,
  parameter: string,
  generations: readonly Generation[],
  schema: Schema,
) {
  const elder = new Set(generations.map(({ mapping }) => mapping.v3));
  const toGenerate = new Set(request.fileToGenerate);
  const roots = [...toGenerate].filter((path) => elder.has(schema.files.get(path)?.package ?? ""));
  const needed = [...reachedFiles(schema, roots)].filter(
    (path) => toGenerate.has(path) || path.startsWith("google/protobuf/"),
  );
  return tsProtoStubs({ ...request, fileToGenerate: needed }, parameter);
}

function withOneTag(
  stubs: readonly CodeGeneratorResponse_File[],
  schema: Schema,
): CodeGeneratorResponse_File[] {
  const tags = new Set(
    [...schema.files.values()].flatMap((file) =>
      [...elementsOf(file)].flatMap((element) => tagOf(element) ?? []),
    ),
  );
  return stubs.map((stub) => ({ ...stub, content: oneTag(stub.content, tags) }));
}
