import { create } from "@bufbuild/protobuf";
import {
  type FileDescriptorProto,
  type SourceCodeInfo_Location,
  SourceCodeInfoSchema,
} from "@bufbuild/protobuf/wkt";

/**
 * The descriptor without the places of what has no comment. Generators look through all of them for each
 * comment that they print, which takes seconds for large files.
 */
export function keepComments(file: FileDescriptorProto): FileDescriptorProto {
  if (file.sourceCodeInfo === undefined) return file;
  const location = file.sourceCodeInfo.location.filter(isCommented);
  // A message keeps the defaults of proto2 in its prototype.
  const copy: FileDescriptorProto = Object.assign(Object.create(Object.getPrototypeOf(file)), file);
  copy.sourceCodeInfo = create(SourceCodeInfoSchema, { location });
  return copy;
}

function isCommented(location: SourceCodeInfo_Location): boolean {
  const { leadingComments, trailingComments, leadingDetachedComments } = location;
  return leadingComments !== "" || trailingComments !== "" || leadingDetachedComments.length > 0;
}
