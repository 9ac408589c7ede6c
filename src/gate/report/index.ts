export { reportJson } from "./json.js";
export { reportText } from "./text.js";
