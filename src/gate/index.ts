export { type Category, categories, type Finding, type Severity } from "../rules/index.js";
export { type CheckOptions, check } from "./check.js";
export { inspect } from "./inspect.js";
export { reportJson, reportText } from "./report/index.js";
