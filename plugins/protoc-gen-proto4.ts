#!/usr/bin/env node
import { createRequire } from "node:module";
import { buffer } from "node:stream/consumers";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { CodeGeneratorRequestSchema, CodeGeneratorResponseSchema } from "@bufbuild/protobuf/wkt";
import { generate } from "../src/codegen/index.js";
import { formatError, Proto4Error } from "../src/diagnostics/index.js";

const { version } = createRequire(import.meta.url)("proto4/package.json");
const request = fromBinary(CodeGeneratorRequestSchema, await buffer(process.stdin));

// What the user can mend is an answer; anything else is a bug and ends the process before it has answered.
const response = await generate(request, version).catch((error: unknown) => {
  if (error instanceof Proto4Error) return create(CodeGeneratorResponseSchema, { error: formatError(error) });
  throw error;
});

process.stdout.write(toBinary(CodeGeneratorResponseSchema, response));
