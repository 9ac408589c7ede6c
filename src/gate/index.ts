export {
  type Audience,
  defaultPolicy,
  type Finding,
  type Policy,
  type Severity,
  type Waiver,
} from "../rules/index.js";
export { type Baseline, type BaselinesOptions, checkBaselines } from "./baselines/check-baselines.js";
export { type Direction, directions, isTransitive } from "./baselines/direction.js";
export { loadBaselines, type NamedInput } from "./baselines/load-baselines.js";
export { loadTags } from "./baselines/load-tags.js";
export { buildReleases } from "./changelog/build-releases.js";
export type { Changelog } from "./changelog/changelog.js";
export {
  type ChangelogFormat,
  changelogFormats,
  reportChangelog,
} from "./changelog/report-changelog.js";
export { reachesStep, type SemverStep, semverSteps } from "./changelog/semver-step.js";
export { type CheckOptions, check, type DatedImage } from "./check.js";
export { checkSides, type SidesOptions } from "./check-sides.js";
export { type Bar, bars } from "./config/bars.js";
export type { BreakingConfig, ConfigVersion } from "./config/breaking-config.js";
export { parseDuration } from "./config/duration.js";
export { maybeMeant, nearestFirst } from "./config/nearest.js";
export type { PolicyFile } from "./config/read-policy.js";
export { configWarnings, unknownOptions } from "./config-warnings.js";
export { countFindings } from "./count-findings.js";
export { escapeXml } from "./escape-xml.js";
export {
  type FixedSource,
  type FixResult,
  findingEdits,
  keyOf,
  type LoadedSources,
  loadFixing,
  makeFixes,
} from "./fix/index.js";
export { grid } from "./grid.js";
export { inspect } from "./inspect.js";
export { type KnownFinding, leaveOutKnown } from "./known/known-finding.js";
export { knownFile, loadKnown } from "./known/load-known.js";
export { printKnown } from "./known/print-known.js";
export { describeElement, type ElementFacts } from "./lifecycles/element-facts.js";
export { listedStates } from "./lifecycles/lifecycle-list.js";
export { listLifecycles } from "./lifecycles/list-lifecycles.js";
export {
  type LifecycleFormat,
  lifecycleFormats,
  reportLifecycles,
} from "./lifecycles/report-lifecycles.js";
export { writtenElements } from "./lifecycles/written-elements.js";
export { mapElder, selectNewer } from "./packages/map-packages.js";
export { parsePackagePairs } from "./packages/package-pair.js";
export { answerPlugin } from "./plugin/answer-plugin.js";
export {
  type Annotation,
  type BufFormat,
  bufFormats,
  escapeMarkdown,
  type Format,
  formats,
  printLikeBuf,
  type ReportContext,
  report,
  reportJson,
  reportText,
  type Sources,
  toAnnotation,
  toLines,
} from "./report/index.js";
export { unifiedDiff } from "./source/index.js";
export { unwaive, waive } from "./waivers/edit-waivers.js";
export { findWaivable, type Target } from "./waivers/find-waivable.js";
export { lastDay } from "./waivers/last-day.js";
export { lifetimeOf, loadWaivers } from "./waivers/load-waivers.js";
export { markWaived, targetOf } from "./waivers/mark-waived.js";
export { expiredWaivers, quoted, unwaiveCommand, waiverWarnings } from "./waivers/waiver-complaints.js";
export { imageSide } from "./workspace/image-side.js";
export { loadModuleRoots, type ModuleRoots } from "./workspace/load-module-roots.js";
export { loadPolicy } from "./workspace/load-policy.js";
export { loadSide, type SideOptions } from "./workspace/load-side.js";
export { loadWorkspace } from "./workspace/load-workspace.js";
export type { Side } from "./workspace/pair-modules.js";
export { parsePolicy } from "./workspace/parse-policy.js";
export type { WaiversFile } from "./workspace/waivers-file.js";
export type { Workspace } from "./workspace/workspace.js";
