import { clone } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type { SchemaFile } from "../schema/index.js";
import { annotated } from "./annotated.js";
import { keepAbsence } from "./keep-absence.js";
import { stripImports, stripOptions } from "./strip-proto4.js";
import { tellLifecycles } from "./tell-lifecycle.js";

/**
 * The descriptor that stub generators see: lifecycles told in comments, no default where a DEPRECATED field is
 * absent, and nothing of proto4 left that a stub would have to import. A file without annotations comes out
 * as it went in.
 *
 * Only stubs are made from it. Fingerprint, gate and registry speak of the contract as written.
 */
export function rewriteFile(written: FileDescriptorProto, file: SchemaFile): FileDescriptorProto {
  const proto = clone(FileDescriptorProtoSchema, written);
  const elements = [...annotated(proto, file)];
  tellLifecycles(proto, elements);
  keepAbsence(elements);
  stripOptions(elements);
  stripImports(proto);
  return proto;
}
