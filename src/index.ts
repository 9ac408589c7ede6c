export { Proto4Error, type Proto4ErrorCode } from "./diagnostics/index.js";
export { type Category, type CheckOptions, check, type Finding, type Severity } from "./gate/index.js";
export { type BufOptions, type FileSlice, type Image, loadImage } from "./image/index.js";
export { type MapOptions, type Mapping, mapSchema } from "./mapping/index.js";
export { buildSchema, fingerprint, type Schema } from "./schema/index.js";
