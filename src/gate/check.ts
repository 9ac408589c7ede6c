import type { ErrorLocation } from "../diagnostics/index.js";
import { type Change, diffSchema, diffUnjudged } from "../diff/index.js";
import { type AffectedFiles, affectedFiles, type FileSlice, type Image, packagesOf } from "../image/index.js";
import {
  defaultPolicy,
  type Finding,
  isLawfulRemoval,
  type Judgement,
  judge,
  lazyWay,
  type Policy,
  promiser,
  type Rule,
  type RuleContext,
  type Way,
  wayOf,
} from "../rules/index.js";
import {
  buildSchema,
  type Element,
  fileOf,
  locate,
  makeElementFinders,
  type Schema,
} from "../schema/index.js";
import type { BreakingConfig } from "./config/breaking-config.js";
import { makeIgnored } from "./config/ignored.js";
import { isOwn, selectRules } from "./config/select-rules.js";
import { findingId } from "./finding-id.js";
import { inspectSchema } from "./inspect.js";
import { lazySchema } from "./lazy-schema.js";
import { makeOnce } from "./make-once.js";
import { decideSeverity } from "./severity.js";
import { sortFindings } from "./sort-findings.js";

/** A version of the contract. */
export interface DatedImage {
  /** What to call it: a tag, a version. */
  readonly name: string;
  /** yyyy-mm-dd, the day it came out; `undefined` where nobody knows. */
  readonly date: string | undefined;
  readonly image: Image;
}

/** How to judge. */
export interface CheckOptions {
  /** yyyy-mm-dd; decides whether a sunset has passed. */
  readonly today: string;
  /** Which rules to ask, and where not to; without it, buf's FILE and proto4's own everywhere. */
  readonly breaking?: BreakingConfig | undefined;
  /** Names of categories and rules to ask in place of `breaking.use`. */
  readonly categories?: readonly string[] | undefined;
  /** Drops findings in files that are there only because others import them. */
  readonly excludeImports?: boolean | undefined;
  /** What the team asks beyond the rules; without it, the default. */
  readonly policy?: Policy | undefined;
  /** Elder versions, newest first: they show since when an element is in its state, and what it was before. */
  readonly history?: readonly DatedImage[] | undefined;
  /** Judges as buf does: none of proto4's own rules, every finding an error whatever its lifecycle. */
  readonly likeBuf?: boolean | undefined;
}

/** A change with what the rules say of it. */
export interface JudgedChange {
  readonly change: Change;
  readonly findings: readonly Finding[];
}

/** All that is to be said of two images. */
export interface Judged {
  readonly changes: readonly JudgedChange[];
  /** Findings about how elements stand now, and did not before: of no change, but of what all of them come to. */
  readonly standing: readonly Finding[];
}

/**
 * Judges the change from one image to another.
 * @returns findings in the order of file, line, column, rule id; none for equal images
 * @throws Proto4Error "image-corrupt" when a file does not decode or a name leads nowhere, "usage" when there is
 * no such rule or category
 */
export function check(before: Image, after: Image, options: CheckOptions): readonly Finding[] {
  const { changes, standing } = judgeChanges(before, after, options);
  return sortFindings([...changes.flatMap(({ findings }) => findings), ...standing]);
}

/**
 * The changes from one image to another, each with its findings.
 * @param isComplete whether those changes are wanted as well that no rule judges
 * @throws Proto4Error as `check` does
 */
export function judgeChanges(before: Image, after: Image, options: CheckOptions, isComplete = false): Judged {
  const { likeBuf = false, excludeImports = false } = options;
  const config = askedConfig(options);
  const rules = selectRules(config, !likeBuf);
  const asked = new Set(rules.map(({ id }) => id));
  const affected = affectedFiles(before, after);
  const context = makeContext(before, after, affected, options);
  const tracked = likeBuf ? [] : context.policy.trackedOptions;
  const changes = diffSchema(context.before, context.after, tracked);
  const isNew = likeBuf ? makeOnce() : () => true;
  const isIgnored = makeIgnored(config, before, after, excludeImports, likeBuf ? "buf" : "proto4");
  const judged = changes.map((change) => {
    const found = rules.flatMap((rule) => judgeChange(rule, change, context, likeBuf, asked));
    return { change, findings: found.filter((each) => isNew(each, change) && !isIgnored(each)) };
  });
  const unjudged = isComplete ? diffUnjudged(context.before, context.after, tracked) : [];
  const standing = newlyStanding(rules, context, affected, lazySchema(before), lazySchema(after));
  return {
    changes: [...judged, ...unjudged.map((change) => ({ change, findings: [] }))],
    standing: standing.filter((found) => !isIgnored(found)),
  };
}

/** What is named with the call is asked, also where a configuration leaves all of buf's rules to plug-ins. */
function askedConfig({ breaking = {}, categories }: CheckOptions): BreakingConfig {
  return categories === undefined ? breaking : { ...breaking, use: categories, disableBuiltin: false };
}

/** Both sides have the same files, so that none seems to be missing; what no change reaches is left out. */
function makeContext(
  before: Image,
  after: Image,
  affected: AffectedFiles,
  options: CheckOptions,
): RuleContext {
  const { today, policy = defaultPolicy, history = [] } = options;
  const paths = new Set([...affected.before, ...affected.after].map(({ path }) => path));
  const slices = (image: Image): readonly FileSlice[] => image.files.filter(({ path }) => paths.has(path));
  const finders = makeElementFinders(history.map(({ image }) => image));
  return {
    before: buildSchema(slices(before)),
    after: buildSchema(slices(after)),
    packagesBefore: new Set(before.files.map((file) => file.package)),
    packagesAfter: packagesOf(after),
    history: history.map(({ name, date }, index) => ({ name, date, elements: finders[index]! })),
    policy,
    today,
  };
}

/** What already stood so before is nobody's change. */
function newlyStanding(
  rules: readonly Rule[],
  { before, after, policy }: RuleContext,
  { compared }: AffectedFiles,
  wholeBefore: Schema,
  wholeAfter: Schema,
): readonly Finding[] {
  const changed = new Set(compared);
  // What only others' imports brought along was not judged before.
  for (const [path, { isImport }] of after.files)
    if (before.files.get(path)?.isImport !== isImport) changed.add(path);
  const stood = inspectSchema(before, rules, { policy, whole: wholeBefore }, changed);
  const known = new Set(stood.map(({ id }) => id));
  const stand = inspectSchema(after, rules, { policy, whole: wholeAfter }, changed);
  return stand.filter(({ id }) => !known.has(id));
}

/** @param likeBuf leaves the lifecycle out of it: buf knows none */
function judgeChange(
  rule: Rule,
  change: Change,
  context: RuleContext,
  likeBuf: boolean,
  asked: ReadonlySet<string>,
): readonly Finding[] {
  const judgements = judge(rule, change, context).filter(
    ({ saidBy }) => !saidBy?.some((id) => asked.has(id)),
  );
  // Most rules have nothing to say about most changes: what follows would be most of a check's time.
  if (judgements.length === 0) return [];
  const subject = "before" in change ? change.before : change.after;
  const promising = promiser("before" in change ? change.before : (change.parent ?? change.after));
  const { state } = promising.lifecycle;
  // Whoever went the long way round is told what left, not stopped.
  const lawful = !likeBuf && !rule.categories.includes("LIFECYCLE") && isLawfulRemoval(change, context);
  return judgements.flatMap((judgement) => {
    const severity = likeBuf ? "error" : decideSeverity(rule, judgement, state, lawful, context.policy);
    if (severity === "off") return [];
    return {
      id: findingId(rule.id, change, judgement.offence),
      rule: rule.id,
      severity,
      message: likeBuf || isOwn(rule) ? judgement.message : `${judgement.message} while ${state}`,
      symbol: change.kind === "package-removed" ? change.before.package : subject.fullName,
      lifecycle: state,
      at: placeAfter(change, judgement),
      before: judgement.was ?? ("before" in change ? placeOf(promiser(change.before)) : undefined),
      breaks: judgement.breaks ?? rule.breaks,
      suggestion: lawful ? [] : (judgement.suggestion ?? []),
      way: likeBuf || lawful ? left : lazyWay(() => wayOf(rule, judgement, change, state, context)),
    };
  });
}

/** It is told of, and nothing is wrong with it. */
const left: Way = { fixes: [], unfixable: "it left as it should, which is no fault" };

function placeAfter(change: Change, judgement: Judgement): ErrorLocation | undefined {
  if (judgement.at !== undefined) return judgement.at;
  if ("after" in change) return placeOf(change.after);
  return "parent" in change ? placeOf(change.parent) : undefined;
}

/** A file as a whole has no place in itself. */
function placeOf(element: Element): ErrorLocation {
  return (element.kind === "file" ? undefined : locate(element)) ?? { path: fileOf(element).fullName };
}
