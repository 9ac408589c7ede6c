import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { type ReflectList, type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import { FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import { file_proto4_options } from "../../src/gen/proto4/options_pb.js";
import { type FileSlice, type Image, sliceFile } from "../../src/image/index.js";
import { withImports } from "../../src/image/with-imports.js";
import { buildSchema, type Element, type Schema } from "../../src/schema/index.js";

/** A copy of some files of an image and of all that they import, each after its imports; files can be rewritten. */
export type Draft = Map<string, FileSlice>;

/** The files of two packages, with proto4's options, which Google's protos do not import. */
export function draftOf(image: Image, packages: readonly string[]): Draft {
  const paths = image.files.filter((file) => packages.includes(file.package)).map(({ path }) => path);
  const slices = withImports([...paths, descriptorProto], image);
  const options = sliceFile(toBinary(FileDescriptorProtoSchema, file_proto4_options.proto), true);
  const inOrder = slices.flatMap((slice) => (slice.path === descriptorProto ? [slice, options] : [slice]));
  return new Map(inOrder.map((slice) => [slice.path, slice]));
}

export function schemaOf(draft: Draft): Schema {
  return buildSchema([...draft.values()]);
}

/** Rewrites the descriptor of an element: `change` gets it, and after it those of the elements around it. */
export function rewrite(
  draft: Draft,
  element: Element,
  change: (descriptor: ReflectMessage, around: readonly ReflectMessage[]) => void,
): void {
  const path = element.kind === "file" ? element.fullName : element.file.fullName;
  const file = fromBinary(FileDescriptorProtoSchema, draft.get(path)!.bytes);
  const [found, ...around] = descend(reflect(FileDescriptorProtoSchema, file), element.path);
  change(found!, around);
  draft.set(path, sliceFile(toBinary(FileDescriptorProtoSchema, file), draft.get(path)!.isImport));
}

/** The descriptors on the way along a path of `SourceCodeInfo`, the last first. */
function descend(file: ReflectMessage, path: readonly number[]): readonly ReflectMessage[] {
  const passed = [file];
  for (let at = 0; at < path.length; at += 2) {
    const field = passed[0]!.fields.find(({ number }) => number === path[at])!;
    passed.unshift((passed[0]!.get(field) as ReflectList<ReflectMessage>).get(path[at + 1]!)!);
  }
  return passed;
}

const descriptorProto = "google/protobuf/descriptor.proto";
