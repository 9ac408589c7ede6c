export { buildSchema, elementsOf, references } from "./build-schema.js";
export type { FileOption } from "./file-options.js";
export { fingerprint } from "./fingerprint.js";
export type { Lifecycle } from "./lifecycle.js";
export { fileOf, locate, locateFeature, locatePath, type Part } from "./locate.js";
export type * from "./schema.js";
