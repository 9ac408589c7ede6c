export { WireError, type WireErrorCode } from "./wire-error.js";
export { WireReader } from "./wire-reader.js";
export { defaultDepthLimit, makeTag, maxDepthLimit, WireType } from "./wire-type.js";
export { WireWriter } from "./wire-writer.js";
