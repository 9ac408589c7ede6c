import { sliceFile } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import type { FieldFinder } from "./canonical-bytes.js";
import { descriptorProto } from "./descriptor-proto.js";
import type { Schema } from "./schema.js";

/** The fields of descriptors themselves. */
export const builtInFinder: FieldFinder = (typeName, number) => {
  const found = builtIn(typeName);
  return found?.kind === "message" ? found.fieldByNumber.get(number) : undefined;
};

/** A type of descriptor.proto, which an image need not have. */
export function builtIn(typeName: string): Declared | undefined {
  descriptors ??= buildSchema([sliceFile(descriptorProto())]);
  return descriptors.declared.get(typeName);
}

type Declared = ReturnType<Schema["declared"]["get"]>;

/** That of descriptors themselves, of which one version serves all images. */
let descriptors: Schema | undefined;
