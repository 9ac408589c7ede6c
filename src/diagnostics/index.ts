export { editDistance } from "./edit-distance.js";
export { formatLocation, type Location } from "./location.js";
export { oneLine } from "./one-line.js";
export {
  type ErrorLocation,
  formatError,
  formatErrors,
  Proto4Error,
  type Proto4ErrorCode,
} from "./proto4-error.js";
