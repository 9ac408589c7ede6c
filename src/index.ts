export { Proto4Error, type Proto4ErrorCode } from "./diagnostics/index.js";
export {
  type Audience,
  type Baseline,
  type BaselinesOptions,
  type BreakingConfig,
  type CheckOptions,
  type ConfigVersion,
  check,
  checkBaselines,
  checkSides,
  type DatedImage,
  type Direction,
  defaultPolicy,
  type Finding,
  type Format,
  loadPolicy,
  loadSide,
  type Policy,
  type PolicyFile,
  report,
  type Severity,
  type Side,
  type SideOptions,
  type SidesOptions,
} from "./gate/index.js";
export { type BufOptions, type FileSlice, type Image, loadImage } from "./image/index.js";
export {
  type Certificate,
  type CertificateFormat,
  certify,
  type MapOptions,
  type Mapping,
  mapSchema,
  renderCertificate,
} from "./mapping/index.js";
export { buildSchema, fingerprint, type Schema } from "./schema/index.js";
