import { posix } from "node:path";
import { type CiPlace, githubWorkflow, gitlabJob } from "./ci-texts.js";
import type { Ci, WorkspaceFacts } from "./facts.js";
import type { PlannedFile } from "./planned-file.js";

/** Whose CI a repository has, by its files, else by its remotes; `undefined` where nothing tells. */
export function findCi({ hasAtRoot, remotes }: WorkspaceFacts): Ci | undefined {
  const byFile = { github: hasAtRoot(".github"), gitlab: hasAtRoot(gitlabFile) };
  if (byFile.github !== byFile.gitlab) return byFile.github ? "github" : "gitlab";
  const hosts = remotes.map((remote) => /github|gitlab/.exec(remote)?.[0] as Ci | undefined);
  return hosts.find((host) => host !== undefined) ?? (byFile.github ? "github" : undefined);
}

/** The file of a CI. It lies at the root of the repository, wherever the workspace does. */
export function planCi(facts: WorkspaceFacts, ci: Ci | "none"): readonly PlannedFile[] {
  if (ci === "none") return [];
  const place = placeOf(facts);
  if (ci === "github") return [atRoot(facts, ".github/workflows/proto4.yml", githubWorkflow(place), [])];
  const main = facts.readAtRoot(gitlabFile);
  if (main === undefined || main === gitlabJob(place))
    return [atRoot(facts, gitlabFile, gitlabJob(place), [])];
  const path = ".gitlab/proto4.yml";
  const include = main.includes(path) ? [] : [`add to it:\ninclude:\n  - local: ${path}`];
  return [atRoot(facts, path, gitlabJob(place), []), atRoot(facts, gitlabFile, "", include)];
}

function atRoot(facts: WorkspaceFacts, path: string, text: string, advice: readonly string[]): PlannedFile {
  const isThere = facts.readAtRoot(path) !== undefined;
  const fromFolder = posix.join(posix.relative(facts.prefix, "") || ".", path);
  return { path: fromFolder, text, purpose: "checks every change in CI", isThere, advice };
}

/** The project's own version where it has one that a lock file holds; else this one. */
function placeOf({ prefix, version, readAtRoot }: WorkspaceFacts): CiPlace {
  const isOurs = /"proto4"\s*:/.test(readAtRoot("package.json") ?? "");
  const isLocked = readAtRoot("package-lock.json") !== undefined;
  if (isOurs && isLocked) return { prefix, install: "npm ci", command: "npx proto4" };
  return { prefix, install: `npm install --global proto4@${version}`, command: "proto4" };
}

const gitlabFile = ".gitlab-ci.yml";
