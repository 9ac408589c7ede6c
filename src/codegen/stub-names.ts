import type { DescEnum, DescExtension, DescFile, DescMessage, DescService } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { GeneratedFile, ImportSymbol } from "@bufbuild/protoplugin";
import { safeIdentifier } from "./protoplugin.js";

/** The name that protobuf-es gives the type of a message: `User_Address` for a nested one. */
export function shapeName(f: GeneratedFile, message: DescMessage): string {
  return isPlain(message.file) ? identifier(message) : f.importShape(message).name;
}

/** The type of a message, from its stub. */
export function importShape(f: GeneratedFile, message: DescMessage): ImportSymbol {
  return isPlain(message.file)
    ? f.import(identifier(message), importPath(f, message.file), true)
    : f.importShape(message);
}

/** The descriptor of a message, from its stub. */
export function importSchema(f: GeneratedFile, message: DescMessage): ImportSymbol {
  return isPlain(message.file)
    ? f.import(`${identifier(message)}Schema`, importPath(f, message.file))
    : f.importSchema(message);
}

/**
 * Whether every name of a file's stub is what it would be alone. protoplugin works out all names of a file for
 * each one that it is asked for, which for large files takes seconds; it is asked where names clash.
 */
function isPlain(file: DescFile): boolean {
  const known = plain.get(file);
  if (known !== undefined) return known;
  const names = [...nestedTypes(file)].flatMap((type) => {
    const name = identifier(type);
    return type.kind === "message" || type.kind === "enum" ? [name, `${name}Schema`] : [name];
  });
  const result = new Set(names).size === names.length && names.every((name) => safeIdentifier(name) === name);
  plain.set(file, result);
  return result;
}

function importPath(f: GeneratedFile, file: DescFile): string {
  const path = paths.get(file) ?? f.importSchema(file).from;
  paths.set(file, path);
  return path;
}

function identifier({ file, typeName }: DescMessage | DescEnum | DescExtension | DescService): string {
  const scope = file.proto.package === "" ? "" : `${file.proto.package}.`;
  return typeName.slice(scope.length).replaceAll(".", "_");
}

const plain = new WeakMap<DescFile, boolean>();
const paths = new WeakMap<DescFile, string>();
