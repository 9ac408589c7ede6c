import { create } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  type CodeGeneratorResponse,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";
import { imageFromRequest } from "../image/index.js";
import { buildSchema } from "../schema/index.js";
import { checkStashField } from "./check-stash-field.js";
import { elderStubs } from "./elder-stubs.js";
import { esStubs } from "./es-stubs.js";
import { findGenerations } from "./generation.js";
import { oneTag } from "./one-tag.js";
import { parseOptions } from "./parse-options.js";
import { printGenerations } from "./print-generation.js";
import { rewriteRequest } from "./rewrite-request.js";
import { supported } from "./supported.js";

/**
 * Answers a compiler: stubs of every file to generate and, beside those of a package that continues an elder
 * one, what carries messages between the two.
 * @param version of proto4, for the headers
 * @param warn told what the user may want to know although there is an answer
 * @throws Proto4Error where options, annotations or the pair of contracts cannot be worked with
 */
export async function generate(
  request: CodeGeneratorRequest,
  version: string,
  warn: (message: string) => void,
): Promise<CodeGeneratorResponse> {
  const options = parseOptions(request.parameter);
  const image = imageFromRequest(request);
  const schema = buildSchema(image.files);
  const rewritten = rewriteRequest(request, schema);
  const generations = findGenerations(rewritten, image, schema, warn);
  const { stashField } = options;
  if (stashField !== undefined) for (const { mapping } of generations) checkStashField(stashField, mapping);
  const elder = options.v3 === "es" ? [] : await elderStubs(rewritten, options.tsProto, generations, schema);
  const stubs = [...esStubs(rewritten, options.es), ...elder];
  const printed = printGenerations(rewritten, generations, {
    version,
    schema,
    parameter: options.es,
    stashField,
  });
  return create(CodeGeneratorResponseSchema, { ...supported, file: [...oneTag(stubs, schema), ...printed] });
}
