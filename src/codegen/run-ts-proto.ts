import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  type CodeGeneratorResponse_File,
  CodeGeneratorResponseSchema,
} from "@bufbuild/protobuf/wkt";
import { Proto4Error } from "../diagnostics/index.js";

/**
 * Stubs of `fileToGenerate` by protoc-gen-ts_proto, which runs as a child process.
 * @throws Proto4Error "stub-failed" with what it wrote to stderr
 */
export async function runTsProto(
  request: CodeGeneratorRequest,
  parameter: string,
): Promise<readonly CodeGeneratorResponse_File[]> {
  // ts-proto prints the compiler's version into every file, so that two compilers would make two stubs.
  const { compilerVersion: _, ...rest } = request;
  const input = toBinary(
    CodeGeneratorRequestSchema,
    create(CodeGeneratorRequestSchema, { ...rest, parameter }),
  );
  const response = fromBinary(CodeGeneratorResponseSchema, await run(input));
  if (response.error !== "") throw failed(response.error);
  return response.file;
}

function run(input: Uint8Array): Promise<Uint8Array> {
  const script = join(
    dirname(createRequire(import.meta.url).resolve("ts-proto/package.json")),
    "protoc-gen-ts_proto",
  );
  const child = spawn(process.execPath, [script], { stdio: "pipe" });
  const output: Buffer[] = [];
  const complaints: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => complaints.push(chunk));
  // A child that dies before it has read its input breaks the pipe; its exit code tells more.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", (cause) => reject(failed("it cannot be started", cause)));
    child.on("close", (code, signal) => {
      if (code === 0) resolve(Buffer.concat(output));
      else reject(failed(Buffer.concat(complaints).toString().trim() || `it ended with ${signal ?? code}`));
    });
  });
}

function failed(words: string, cause?: unknown): Proto4Error {
  return new Proto4Error("stub-failed", `protoc-gen-ts_proto: ${words}`, { cause });
}
