#!/usr/bin/env node
import { createRequire } from "node:module";
import { buffer } from "node:stream/consumers";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  type CodeGeneratorResponse,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";
import { generate } from "../src/codegen/index.js";
import { formatErrors, Proto4Error } from "../src/diagnostics/index.js";
import { inspect, reportText } from "../src/gate/index.js";
import { imageFromRequest } from "../src/image/index.js";

const { version } = createRequire(import.meta.url)("proto4/package.json");
const request = fromBinary(CodeGeneratorRequestSchema, await buffer(process.stdin));
process.stdout.write(toBinary(CodeGeneratorResponseSchema, await answer(request)));

/** What the user can mend is an answer; anything else is a bug and ends the process before it has answered. */
async function answer(request: CodeGeneratorRequest): Promise<CodeGeneratorResponse> {
  try {
    const findings = inspect(imageFromRequest(request));
    const errors = findings.filter(({ severity }) => severity === "error");
    if (errors.length > 0) return refusal(reportText(errors));
    process.stderr.write(reportText(findings));
    return await generate(request, version, (message) => process.stderr.write(`warning: ${message}\n`));
  } catch (error) {
    if (error instanceof Proto4Error) return refusal(formatErrors(error));
    throw error;
  }
}

function refusal(error: string): CodeGeneratorResponse {
  return create(CodeGeneratorResponseSchema, { error: error.trimEnd() });
}
