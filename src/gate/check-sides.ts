import type { ErrorLocation } from "../diagnostics/index.js";
import { type Finding, type FindingBaseline, type Fix, lazyWay, type Way } from "../rules/index.js";
import { check } from "./check.js";
import { checkForward } from "./check-forward.js";
import type { PolicyFile } from "./config/read-policy.js";
import { type PairOptions, pairOptions } from "./pair-options.js";
import { sortFindings } from "./sort-findings.js";
import type { ModulePair, Side } from "./workspace/pair-modules.js";
import { pairModules } from "./workspace/pair-modules.js";
import type { Workspace } from "./workspace/workspace.js";

/** How to judge workspaces, and which of them is taken for the later one: the newer, as time goes, if not given. */
export interface SidesOptions extends PairOptions {
  readonly direction?: FindingBaseline["direction"] | undefined;
}

/**
 * Judges each module of an input by its own buf.yaml and the workspace's proto4.yaml, against the module that it was.
 * @returns findings with paths that lead somewhere from where the user stands, each once, in the order of file, line,
 * column, rule id
 * @throws Proto4Error as `check` does, "config-invalid" with the place in either, and "input-unreadable" where modules
 * are left without a partner
 */
export function checkSides(before: Side, after: Side, options: SidesOptions): readonly Finding[] {
  // To judge like buf is to know no other configuration than buf's.
  const file = options.likeBuf === true ? undefined : after.workspace.policy();
  const findings = pairModules(before, after).flatMap((pair) => checkPair(pair, options, file));
  // What several modules import is judged with each of them.
  const unique = new Map(findings.map((finding) => [keyOf(finding), finding]));
  return sortFindings(
    [...unique.values()].map((finding) => relocate(finding, before.workspace, after.workspace)),
  );
}

function checkPair(
  pair: ModulePair,
  options: SidesOptions,
  file: PolicyFile | undefined,
): readonly Finding[] {
  if (pair.breaking.config.disabled === true) return [];
  const judge = options.direction === "forward" ? checkForward : check;
  return judge(pair.before, pair.after, pairOptions(pair, options, file));
}

function keyOf({ rule, message, at, before, symbol }: Finding): string {
  return JSON.stringify([rule, message, at, before, symbol]);
}

function relocate(finding: Finding, before: Workspace, after: Workspace): Finding {
  return {
    ...finding,
    at: move(finding.at, after),
    before: move(finding.before, before),
    way: relocateWay(finding.way, after),
  };
}

function relocateWay(way: Way, after: Workspace): Way {
  return lazyWay(() => ({
    fixes: way.fixes.map((fix) => relocateFix(fix, after)),
    unfixable: way.unfixable,
  }));
}

/** A file is called by its path. */
function relocateFix(fix: Fix, workspace: Workspace): Fix {
  const path = workspace.locate(fix.path);
  return { ...fix, path, symbol: fix.symbol === fix.path ? path : fix.symbol };
}

function move(at: ErrorLocation | undefined, workspace: Workspace): ErrorLocation | undefined {
  return at === undefined ? undefined : { ...at, path: workspace.locate(at.path) };
}
