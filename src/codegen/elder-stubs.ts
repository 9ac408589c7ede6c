import type { CodeGeneratorRequest, CodeGeneratorResponse_File } from "@bufbuild/protobuf/wkt";
import { elementsOf, fileOf, references, type Schema } from "../schema/index.js";
import type { Generation } from "./generation.js";
import { runTsProto } from "./run-ts-proto.js";

/** Stubs by ts-proto of the elder packages and of what they use: other files to generate, well-known types. */
export async function elderStubs(
  request: CodeGeneratorRequest,
  parameter: string,
  generations: readonly Generation[],
  schema: Schema,
): Promise<readonly CodeGeneratorResponse_File[]> {
  const elder = new Set(generations.map(({ mapping }) => mapping.v3));
  const toGenerate = new Set(request.fileToGenerate);
  const roots = [...toGenerate].filter((path) => elder.has(schema.files.get(path)?.package ?? ""));
  if (roots.length === 0) return [];
  // protobuf-es has stubs of the well-known types in its runtime; ts-proto has not.
  const fileToGenerate = [...reachedFiles(schema, roots)].filter(
    (path) => toGenerate.has(path) || path.startsWith("google/protobuf/"),
  );
  return runTsProto({ ...request, fileToGenerate }, parameter);
}

/** Paths of the files given and of all whose types they name, directly or not; extensions do not count. */
function reachedFiles(schema: Schema, paths: readonly string[]): ReadonlySet<string> {
  const reached = new Set(paths);
  for (const path of reached) {
    const file = schema.files.get(path);
    for (const element of file === undefined ? [] : elementsOf(file)) {
      if (element.kind === "field" && element.extendee !== undefined) continue;
      for (const { name } of references(element)) {
        const type = schema.elements.get(name);
        if (type !== undefined) reached.add(fileOf(type).fullName);
      }
    }
  }
  return reached;
}
