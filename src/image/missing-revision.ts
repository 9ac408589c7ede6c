import { Proto4Error } from "../diagnostics/index.js";

/** The error for a branch, tag or commit that a repository does not have. */
export function missingRevision(repository: string, name: string, cause?: unknown): Proto4Error {
  return new Proto4Error(
    "input-unreadable",
    `the repository has no ${name}; a shallow or single-branch clone, as CI makes it, lacks the others: fetch it ` +
      `with "git fetch origin ${name}:${name}", or check out with the whole history (actions/checkout: fetch-depth: 0)`,
    { location: { path: repository }, cause },
  );
}
