export { buildSchema, elementsOf, references } from "./build-schema.js";
export type { Features } from "./features.js";
export { fingerprint } from "./fingerprint.js";
export type { EffectiveLifecycle, Lifecycle, Terms } from "./lifecycle.js";
export { fileOf, locate, locatePath, type Part } from "./locate.js";
export type * from "./schema.js";
