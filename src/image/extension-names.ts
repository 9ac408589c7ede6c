import type { FileSlice, Image } from "./image.js";
import { rawFieldsOf } from "./raw-fields.js";

/** Full names of the extensions that files of a package, or of one around it, declare; without decoding more. */
export function extensionNames(image: Image, packageName: string): ReadonlySet<string> {
  const files = image.files.filter(
    ({ package: name }) => name === "" || `${packageName}.`.startsWith(`${name}.`),
  );
  return new Set(files.flatMap(extensionsIn));
}

function extensionsIn(slice: FileSlice): readonly string[] {
  const scope = slice.package === "" ? "" : `${slice.package}.`;
  return [
    ...namesOf(rawFieldsOf(slice.bytes, FILE_EXTENSION), scope),
    ...rawFieldsOf(slice.bytes, FILE_MESSAGE).flatMap((message) => extensionsInside(message, scope)),
  ];
}

function extensionsInside(message: Uint8Array, scope: string): readonly string[] {
  const [name = ""] = namesOf([message], scope);
  return [
    ...namesOf(rawFieldsOf(message, EXTENSION), `${name}.`),
    ...rawFieldsOf(message, NESTED).flatMap((nested) => extensionsInside(nested, `${name}.`)),
  ];
}

function namesOf(descriptors: readonly Uint8Array[], scope: string): readonly string[] {
  return descriptors
    .flatMap((descriptor) => rawFieldsOf(descriptor, NAME))
    .map((name) => scope + Buffer.from(name).toString());
}

/** Of every descriptor. */
const NAME = 1;
/** `FileDescriptorProto.message_type`, `extension` */
const FILE_MESSAGE = 4;
const FILE_EXTENSION = 7;
/** `DescriptorProto.nested_type`, `extension` */
const NESTED = 3;
const EXTENSION = 6;
