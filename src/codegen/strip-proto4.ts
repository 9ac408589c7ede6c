import type { FileDescriptorProto } from "@bufbuild/protobuf/wkt";
import type { Annotated } from "./annotated.js";

/** Removes the options of proto4; an options message that held nothing else goes with them. */
export function stripOptions(elements: readonly Annotated[]): void {
  for (const [proto] of elements) {
    const { options } = proto;
    const kept = options?.$unknown?.filter(({ no }) => !optionNumbers.has(no));
    if (options === undefined || kept === undefined || kept.length === options.$unknown?.length) continue;
    if (kept.length > 0) options.$unknown = kept;
    else delete options.$unknown;
    if (isEmpty(options)) delete proto.options;
  }
}

/** Removes the import of proto4's options, so that stubs need no stub of it. */
export function stripImports(proto: FileDescriptorProto): void {
  const { dependency, publicDependency, weakDependency } = proto;
  const kept = dependency.filter((path) => !isProto4(path));
  proto.optionDependency = proto.optionDependency.filter((path) => !isProto4(path));
  if (kept.length === dependency.length) return;
  const moved = (index: number) => kept.indexOf(dependency[index] ?? "");
  proto.dependency = kept;
  proto.publicDependency = publicDependency.map(moved).filter((index) => index >= 0);
  proto.weakDependency = weakDependency.map(moved).filter((index) => index >= 0);
  moveLocations(proto, moved);
}

/** Whether a file is one of proto4's own, of which no stub is ever made. */
export function isProto4(path: string): boolean {
  return path === "proto4/options.proto" || path === "proto4/envelope.proto";
}

/** Without this, the comment above an import would move to the one after it. */
function moveLocations(proto: FileDescriptorProto, moved: (index: number) => number): void {
  const { sourceCodeInfo } = proto;
  if (sourceCodeInfo === undefined) return;
  sourceCodeInfo.location = sourceCodeInfo.location.filter(({ path }) => {
    const [field, index] = path;
    if (field !== DEPENDENCY || index === undefined) return true;
    path[1] = moved(index);
    return path[1] >= 0;
  });
}

function isEmpty(options: object): boolean {
  return Object.entries(options).every(
    ([key, value]) => key === "$typeName" || (Array.isArray(value) && value.length === 0),
  );
}

const optionNumbers = new Set([50400, 50401, 50402]);

/** `FileDescriptorProto.dependency`. */
const DEPENDENCY = 3;
