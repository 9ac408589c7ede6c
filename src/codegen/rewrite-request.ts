import { create } from "@bufbuild/protobuf";
import {
  type CodeGeneratorRequest,
  CodeGeneratorRequestSchema,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";
import type { Schema } from "../schema/index.js";
import { rewriteFile } from "./rewrite-file.js";
import { isProto4 } from "./strip-proto4.js";

/** The request that stub generators get: rewritten descriptors, and no file of proto4's own to generate. */
export function rewriteRequest(request: CodeGeneratorRequest, schema: Schema): CodeGeneratorRequest {
  // Where nobody imports the options, their numbers may be those of somebody else's.
  if (!schema.elements.has("proto4.field_lifecycle")) return request;
  const rewrite = (proto: FileDescriptorProto) => {
    const file = schema.files.get(proto.name);
    return file === undefined || isProto4(proto.name) ? proto : rewriteFile(proto, file);
  };
  return create(CodeGeneratorRequestSchema, {
    ...request,
    fileToGenerate: request.fileToGenerate.filter((path) => !isProto4(path)),
    protoFile: request.protoFile.map(rewrite),
    sourceFileDescriptors: request.sourceFileDescriptors.map(rewrite),
  });
}
