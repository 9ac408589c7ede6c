import { toBinary } from "@bufbuild/protobuf";
import { type CodeGeneratorRequest, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type { Image } from "./image.js";
import { checkClosed, sliceFile } from "./slice-image.js";

/**
 * The image that a compiler hands to a plug-in. The files to generate are those that are not imports.
 * @throws Proto4Error "image-corrupt" when the request lacks an import
 */
export function imageFromRequest(request: CodeGeneratorRequest): Image {
  // `proto_file` lacks the options of source retention in the files to generate; compilers since protobuf 24
  // send those files as written, too.
  const asWritten = new Map(request.sourceFileDescriptors.map((file) => [file.name, file]));
  const toGenerate = new Set(request.fileToGenerate);
  const files = request.protoFile.map((file) => {
    const bytes = toBinary(FileDescriptorProtoSchema, asWritten.get(file.name) ?? file);
    return sliceFile(bytes, !toGenerate.has(file.name));
  });
  return checkClosed(files, "the compiler's request");
}
