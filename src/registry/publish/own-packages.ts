import { Proto4Error } from "../../diagnostics/index.js";
import type { FileSlice, Image } from "../../image/index.js";

/**
 * The packages that a subject holds: not those of its imports, nor those that every image carries along.
 * @throws Proto4Error "usage" when there is nothing to publish
 */
export function ownPackages(image: Image): readonly string[] {
  const own = image.files.filter((file) => !file.isImport && !isCommon(file));
  const nameless = own.find((file) => file.package === "");
  if (nameless !== undefined)
    throw new Proto4Error("usage", "a file without a package belongs to no contract: give it one", {
      location: { path: nameless.path },
    });
  if (own.length === 0)
    throw new Proto4Error(
      "usage",
      "the input has no file of its own, only imports: there is nothing to publish",
    );
  return [...new Set(own.map((file) => file.package))].sort();
}

/**
 * An image of protoc's does not tell imports, and everybody's has these. The path alone says nothing: whoever may choose
 * it could publish another subject's packages under it.
 */
export function isCommon(file: FileSlice): boolean {
  if (file.package === "proto4") return true;
  return file.path.startsWith("google/protobuf/") && commonPackages.has(file.package);
}

/** Those in protoc's include folder; `pb` are the features of its languages. */
const commonPackages: ReadonlySet<string> = new Set(["google.protobuf", "google.protobuf.compiler", "pb"]);
