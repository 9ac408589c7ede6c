import { create } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  type CodeGeneratorResponse_File,
} from "@bufbuild/protobuf/wkt";
import { protocGenEs } from "@bufbuild/protoc-gen-es/dist/cjs/src/protoc-gen-es-plugin.js";
import { Proto4Error } from "../diagnostics/index.js";
import { keepComments } from "./keep-comments.js";

/** @throws Proto4Error "stub-failed" with the words of protoc-gen-es */
export function esStubs(
  request: CodeGeneratorRequest,
  parameter: string,
): readonly CodeGeneratorResponse_File[] {
  try {
    const protoFile = request.protoFile.map(keepComments);
    return protocGenEs.run(create(CodeGeneratorRequestSchema, { ...request, protoFile, parameter })).file;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    throw new Proto4Error("stub-failed", `protoc-gen-es: ${words}`, { cause });
  }
}
