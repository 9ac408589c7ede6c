import { fileOf } from "../../schema/index.js";
import { type Judged, type JudgedChange, judgeChanges } from "../check.js";
import type { PolicyFile } from "../config/read-policy.js";
import { type PairOptions, pairOptions } from "../pair-options.js";
import { type ModulePair, pairModules, type Side } from "../workspace/pair-modules.js";
import { aspectOf } from "./aspect.js";
import { bearerOf, elementOf, movedBy } from "./bearer.js";
import type { Changelog, NamedVersion } from "./changelog.js";
import { entriesOf } from "./entries.js";
import { groupEntries } from "./group-entries.js";
import { grouped } from "./grouped.js";
import { greatestStep } from "./semver-step.js";

/** A version of a workspace; the input itself has no name. */
export interface SidedVersion extends NamedVersion {
  readonly side: Side;
}

/**
 * Everything that changed from a version to a later one, and what it calls for: a major step where a finding is an
 * error by the rules and the policy, else what each kind of change does.
 * @param file the proto4.yaml that counts
 * @param isMapped whether the later packages have new names already
 * @throws Proto4Error as `checkSides` does
 */
export function buildChangelog(
  before: SidedVersion,
  after: SidedVersion | Side,
  options: PairOptions,
  file: PolicyFile | undefined,
  isMapped: boolean,
): Changelog {
  const [side, version] = "side" in after ? [after.side, after] : [after, undefined];
  const judged = pairModules(before.side, side).map((pair) => judgePair(pair, options, file));
  const changes = distinct(judged.flatMap((each) => each.changes));
  const moved = movedBy(changes.map(({ change }) => change));
  const borne = changes.map((each) => ({ ...each, bearer: bearerOf(each.change, moved) }));
  const packages = groupEntries(entriesOf(borne, before.side.workspace, side.workspace), isMapped);
  return {
    before: { name: before.name, date: before.date },
    after: version && { name: version.name, date: version.date },
    step: greatestStep(packages.map(({ step }) => step)),
    packages,
    standing: [
      ...new Map(judged.flatMap(({ standing }) => standing).map((each) => [each.id, each])).values(),
    ],
  };
}

function judgePair(pair: ModulePair, options: PairOptions, file: PolicyFile | undefined): Judged {
  const judged = judgeChanges(pair.before, pair.after, pairOptions(pair, options, file), true);
  if (options.excludeImports !== true) return judged;
  return { ...judged, changes: judged.changes.filter(({ change }) => !fileOf(elementOf(change)).isImport) };
}

/** What several modules import changes with each of them, and each judges it by its own rules. */
function distinct(changes: readonly JudgedChange[]): readonly JudgedChange[] {
  return [...grouped(changes, keyOf).values()].map((same) => ({
    change: same[0].change,
    findings: same.flatMap(({ findings }) => findings),
  }));
}

function keyOf({ change }: JudgedChange): string {
  const sides = [
    ...("before" in change ? [change.before] : []),
    ...("after" in change ? [change.after] : []),
  ];
  const places = sides.map((element) => [
    fileOf(element).fullName,
    element.fullName,
    "number" in element ? element.number : 0,
  ]);
  return JSON.stringify([change.kind, places, aspectOf(change)]);
}
