import { sliceFile } from "../image/index.js";
import { buildSchema } from "./build-schema.js";
import type { FieldFinder } from "./canonical-bytes.js";
import { descriptorProto } from "./descriptor-proto.js";
import type { Schema } from "./schema.js";

/** The fields of descriptors themselves. */
export const builtInFinder: FieldFinder = (typeName, number) => {
  descriptors ??= buildSchema([sliceFile(descriptorProto())]);
  const found = descriptors.declared.get(typeName);
  return found?.kind === "message" ? found.fieldByNumber.get(number) : undefined;
};

/** That of descriptors themselves, of which one version serves all images. */
let descriptors: Schema | undefined;
