export { defaultPolicy, type Finding, type Policy, type Severity } from "../rules/index.js";
export { type CheckOptions, check, type DatedImage } from "./check.js";
export { checkSides, type SidesOptions } from "./check-sides.js";
export { type Bar, bars } from "./config/bars.js";
export type { BreakingConfig, ConfigVersion } from "./config/breaking-config.js";
export type { PolicyFile } from "./config/read-policy.js";
export { configWarnings } from "./config-warnings.js";
export { inspect } from "./inspect.js";
export {
  type Annotation,
  type Format,
  formats,
  printLikeBuf,
  report,
  reportJson,
  reportText,
  toAnnotation,
} from "./report/index.js";
export { loadPolicy } from "./workspace/load-policy.js";
export { loadSide, type SideOptions } from "./workspace/load-side.js";
export type { Side } from "./workspace/pair-modules.js";
