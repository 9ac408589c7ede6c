import type { ErrorLocation } from "../diagnostics/index.js";
import type { Finding } from "../gate/index.js";

/** A finding with paths that can be opened from here, instead of those that imports spell. */
export function relocate(
  finding: Finding,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Finding {
  return { ...finding, at: move(finding.at, after), before: move(finding.before, before) };
}

function move(at: ErrorLocation | undefined, paths: ReadonlyMap<string, string>): ErrorLocation | undefined {
  return at === undefined ? undefined : { ...at, path: paths.get(at.path) ?? at.path };
}
