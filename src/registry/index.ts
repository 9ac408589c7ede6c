export { exportVersion } from "./export-version.js";
export { findSubject, findVersion, listSubjects, loadVersion } from "./lookup.js";
export { type PublishOutcome, publish } from "./publish.js";
export { openStore, type Store } from "./store/index.js";
export type { Subject } from "./store/read-subject.js";
export type { VersionRecord } from "./store/records.js";
export { parseSubjectRef, type SubjectRef } from "./store/subject.js";
