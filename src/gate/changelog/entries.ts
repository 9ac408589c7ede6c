import type { ErrorLocation } from "../../diagnostics/index.js";
import { promiser } from "../../rules/index.js";
import { type Element, fileOf, locate } from "../../schema/index.js";
import type { Workspace } from "../workspace/workspace.js";
import type { Bearer } from "./bearer.js";
import type { Entry } from "./changelog.js";
import { type BorneChange, type Folded, foldChanges } from "./fold-changes.js";
import { grouped } from "./grouped.js";
import { greatestStep, type SemverStep } from "./semver-step.js";
import { ownStep, tellChange } from "./tell-change.js";

/** An entry that has not found its place yet. */
export interface BorneEntry {
  readonly bearer: Bearer;
  readonly entry: Entry;
}

/** What happened, with places that lead somewhere from where the user stands. */
export function entriesOf(
  changes: readonly BorneChange[],
  before: Workspace,
  after: Workspace,
): readonly BorneEntry[] {
  const groups = grouped(changes, ({ bearer }) => bearer.key);
  return [...groups.values()].flatMap((group) =>
    foldChanges(group).map((folded) => ({
      bearer: folded[0].bearer,
      entry: toEntry(folded, before, after),
    })),
  );
}

function toEntry(folded: Folded, before: Workspace, after: Workspace): Entry {
  const [{ change, bearer }] = folded;
  const findings = folded.flatMap((each) => each.findings);
  return {
    step: stepOf(folded),
    what: [...bearer.subject, " ", ...tellChange(change)],
    symbol:
      change.kind === "package-removed"
        ? change.before.package
        : promiser("after" in change ? change.after : change.before).fullName,
    before: "before" in change ? placeOf(change.before, before) : undefined,
    after: "after" in change ? placeOf(change.after, after) : undefined,
    changes: folded.map((each) => each.change),
    findings: [...new Map(findings.map((finding) => [`${finding.id} ${finding.rule}`, finding])).values()],
  };
}

/** What is an error breaks somebody who was promised something; of what is less, the change itself tells. */
function stepOf(folded: Folded): SemverStep {
  const breaks = folded.some(({ findings }) => findings.some(({ severity }) => severity === "error"));
  return breaks ? "major" : greatestStep(folded.map(({ change }) => ownStep(change)));
}

function placeOf(element: Element, workspace: Workspace): ErrorLocation {
  const written = promiser(element);
  const place = written.kind === "file" ? undefined : locate(written);
  return { ...place, path: workspace.locate(fileOf(element).fullName) };
}
