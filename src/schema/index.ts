export { buildSchema } from "./build-schema.js";
export { references } from "./check-links.js";
export type { FileOption } from "./file-options.js";
export { fingerprint } from "./fingerprint.js";
export { elementsOf } from "./index-elements.js";
export type { Lifecycle, Terms } from "./lifecycle.js";
export { fileOf, locate, locateFeature, locatePath, type Part } from "./locate.js";
export { sameRecords } from "./records.js";
export type * from "./schema.js";
