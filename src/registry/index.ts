export type { ElementFacts } from "../gate/index.js";
export type { Actor } from "./audit.js";
export { type Exported, exportRegistry } from "./care/export-registry.js";
export { checkRegistry, repairRegistry } from "./care/fsck/check-registry.js";
export type { Problem } from "./care/fsck/problem.js";
export { type Collected, type CollectRequest, collect } from "./care/gc.js";
export { checkExport, type Imported, importRegistry } from "./care/import-registry.js";
export { loadStats, type Stats, type SubjectStats } from "./care/load-stats.js";
export { type Migration, migrate, surveyElder } from "./care/migrate.js";
export {
  type Answer,
  type Board,
  type BoardFormat,
  boardFormats,
  buildBoard,
  canIDeploy,
  canIRemove,
  findSightings,
  loadAllObserved,
  loadContracts,
  loadEnvironment,
  loadObserved,
  type PairCategory,
  pairCategories,
  reportBoard,
  setEnvironment,
  watchBoard,
  worstDrift,
} from "./drift/index.js";
export {
  type DiffOptions,
  diffVersions,
  type NamedVersion,
  nameOf,
  type VersionDiff,
} from "./lookup/diff-versions.js";
export { eachSubject } from "./lookup/each-subject.js";
export { exportVersion } from "./lookup/export-version.js";
export { type Dependent, findDependents } from "./lookup/find-dependents.js";
export { type FoundContract, findFingerprint, isFingerprint } from "./lookup/find-fingerprint.js";
export { chooseVersion, findSubject, findVersion } from "./lookup/find-subject.js";
export { type FoundElement, findSymbol } from "./lookup/find-symbol.js";
export {
  findVersions,
  type LastVersions,
  parseVersionsRef,
  type VersionsRef,
} from "./lookup/find-versions.js";
export {
  type FollowedElement,
  type FollowedRegistry,
  type FollowOptions,
  followRegistry,
} from "./lookup/follow-registry.js";
export { type ElementsRequest, type HeldElement, listElements } from "./lookup/list-elements.js";
export { type ListedSubject, listSubjects } from "./lookup/list-subjects.js";
export { auditTrail, loadAudit } from "./lookup/load-audit.js";
export { loadImages } from "./lookup/load-images.js";
export { loadSources } from "./lookup/load-sources.js";
export { reportElements } from "./lookup/report-elements.js";
export type { Following } from "./lookup/revision.js";
export { tellVersions } from "./lookup/tell-versions.js";
export { type ApproveRequest, approve, revoke } from "./manage/approve.js";
export { type DeleteRequest, deleteVersion, restoreVersion } from "./manage/delete-version.js";
export { removeLabel, setLabel } from "./manage/set-label.js";
export { setPolicy } from "./manage/set-policy.js";
export { type PublishOutcome, publish } from "./publish/publish.js";
export type { PublishRequest } from "./publish/request.js";
export { findLayout, openRegistry, type Registry, type RegistryOptions } from "./registry.js";
export { checkLayout } from "./store/check-layout.js";
export {
  type Freshness,
  openStore,
  type Store,
  type StoreEntry,
  type StoreOperation,
  type StoreOptions,
} from "./store/index.js";
export { checkLabel, checkSubject, parseSubjectRef, type SubjectRef } from "./store/names.js";
export { type Role, roles } from "./store/observation.js";
export { type Subject, standing, type Version } from "./store/read-subject.js";
export type {
  Approval,
  AuditRecord,
  Contract,
  Deletion,
  Dependency,
  Forced,
  Gone,
  Head,
  SubjectPolicy,
  VersionRecord,
} from "./store/records.js";
