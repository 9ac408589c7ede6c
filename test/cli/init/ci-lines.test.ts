import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { findOnPath } from "../../setup/find-on-path.js";
import { gitlabCiLocal } from "../../setup/gitlab-ci-local.js";
import { main } from "../proto4.js";
import { makeRepository, type Repository, userPath, userProto } from "../repository.js";

const full = userProto("string name = 1", "string mail = 2");
const more = userProto("string name = 1", "string mail = 2", "string phone = 3");
const cut = userProto("string name = 1");

// GitHub's runners have jq; where it is to be had, .ci/run sees to it.
const isAsked = process.env.PROTO4_REQUIRE_PEERS !== undefined || findOnPath("jq") !== undefined;

describe.runIf(isAsked)("the shell lines of the GitHub workflow", () => {
  test("pass a clean change, and leave reports", async () => {
    const clone = await pullRequest(more);
    expect(await runSteps(clone)).toMatchObject({ code: 0, stdout: expect.not.stringContaining("::error") });
    expect(JSON.parse(read(clone, "proto4.sarif"))).toMatchObject({ version: "2.1.0" });
  });

  test("refuse a breaking one: annotations, SARIF and a summary tell of it", async () => {
    const clone = await pullRequest(cut);
    const { code, stdout } = await runSteps(clone);
    expect(code).toBe(100);
    expect(stdout).toMatch(/^::error file=proto\/acme\/user\/v1\/user\.proto,line=3,.*field 2 "mail" left/m);
    const [{ results }] = JSON.parse(read(clone, "proto4.sarif")).runs;
    expect(results[0]).toMatchObject({ ruleId: "FIELD_NO_DELETE", level: "error" });
    expect(JSON.parse(read(clone, "proto4-open.sarif")).runs[0].results).toEqual(results);
    expect(read(clone, "summary.md")).toContain("FIELD_NO_DELETE");
  });

  test("upload no finding that is waived, which code scanning would show as open", async () => {
    const lines = ["rule: FIELD_NO_DELETE", "symbol: acme.user.v1.User.mail", "reason: unread", "owner: jo"];
    const waiver = [...lines, `expires: ${inAMonth()}`].join("\n    ");
    const waivers = `version: v1\nwaivers:\n  - ${waiver}\n`;
    const clone = await pullRequest(cut, { "proto4.waivers.yaml": waivers });
    expect(await runSteps(clone)).toMatchObject({ code: 0 });
    const [{ results }] = JSON.parse(read(clone, "proto4.sarif")).runs;
    expect(results).toMatchObject([{ ruleId: "FIELD_NO_DELETE", suppressions: [{ status: "accepted" }] }]);
    expect(JSON.parse(read(clone, "proto4-open.sarif")).runs[0].results).toEqual([]);
  });
});

function inAMonth(): string {
  return new Date(Date.now() + 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

describe("the shell lines of the GitLab job", () => {
  test("pass a clean change", async () => {
    const clone = await mergeRequest(more);
    expect(await runJob(clone)).toMatchObject({ code: 0 });
    expect(read(clone, "gl-code-quality-report.json").trim() || "[]").toBe("[]");
  });

  test("refuse a breaking one: the code quality report, SARIF and a summary tell of it", async () => {
    const clone = await mergeRequest(cut);
    expect(await runJob(clone)).toMatchObject({ code: 100 });
    const [first] = JSON.parse(read(clone, "gl-code-quality-report.json"));
    expect(first).toMatchObject({ check_name: "FIELD_NO_DELETE", location: { path: userPath } });
    expect(JSON.parse(read(clone, "proto4.sarif"))).toMatchObject({ version: "2.1.0" });
    expect(read(clone, "proto4.md")).toContain("FIELD_NO_DELETE");
  });
});

/** A change merged as GitHub merges it, and checked out as actions/checkout does: that commit and its parents. */
async function pullRequest(text: string, more: Readonly<Record<string, string>> = {}): Promise<Repository> {
  const origin = await makeOrigin("github", text, more);
  const { jobs } = parse(read(origin, workflow));
  const depth = jobs.check.steps[0].with["fetch-depth"];
  origin.git("checkout", "--quiet", "--detach", "main");
  origin.git("merge", "--quiet", "--no-ff", "--message", "merge", "change");
  return cloneOf(origin, "HEAD", `--depth=${depth}`);
}

/** As GitLab's runner checks out the branch of a merge request. */
async function mergeRequest(text: string): Promise<Repository> {
  return cloneOf(await makeOrigin("gitlab", text), "change");
}

/** A repository that `proto4 init` has been run in, whose branch main has moved on since the change was begun. */
async function makeOrigin(
  ci: string,
  text: string,
  others: Readonly<Record<string, string>> = {},
): Promise<Repository> {
  const origin = makeRepository({ [userPath]: full, ...installed });
  expect(await origin.proto4("init", "--ci", ci)).toMatchObject({ code: 0 });
  commit(origin);
  origin.git("checkout", "--quiet", "-b", "change");
  origin.write({ [userPath]: text, ...others });
  commit(origin);
  origin.git("checkout", "--quiet", "main");
  origin.write({ "proto/acme/order/v1/order.proto": full.replace("acme.user", "acme.order") });
  commit(origin);
  return origin;
}

function commit(repository: Repository): void {
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message", "a change");
}

function cloneOf(origin: Repository, name: string, ...flags: readonly string[]): Repository {
  const clone = makeRepository();
  clone.git("remote", "add", "origin", `file://${origin.folder}`);
  clone.git("fetch", "--quiet", ...flags, "origin", name);
  clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD");
  return clone;
}

/** As a runner of GitHub does where a step names no shell: after one that fails, those that are to run always. */
function runSteps(clone: Repository) {
  const { jobs } = parse(read(clone, workflow));
  const steps: readonly { readonly run?: string; readonly if?: string }[] = jobs.check.steps;
  const lines = steps.flatMap(({ run, if: when = "" }) =>
    run === undefined
      ? []
      : `${when.includes("always()") ? "" : "[ $code = 0 ] && "}bash -e <<'step' || code=$?\n${run}\nstep`,
  );
  const script = ["export GITHUB_STEP_SUMMARY=summary.md", "code=0", ...lines, "exit $code"];
  return clone.run("bash", "-c", script.join("\n"));
}

/** The job as gitlab-ci-local reads it, after GitLab's own schema has taken it; its lines in one shell, as a runner does. */
async function runJob(clone: Repository) {
  const { stdout } = await clone.run(process.execPath, gitlabCiLocal, "--preview");
  const script: readonly string[] = parse(stdout).proto4.script;
  const lines = ["set -eo pipefail", "export CI_MERGE_REQUEST_TARGET_BRANCH_NAME=main", ...script];
  return clone.run("bash", "-c", lines.join("\n"));
}

function read({ folder }: Repository, path: string): string {
  return readFileSync(join(folder, path), "utf8");
}

const workflow = ".github/workflows/proto4.yml";

/** A project that has the built command line as its dependency, in the shape that `npm ci` needs no network for. */
const installed = {
  ".gitignore": "node_modules\n",
  "package.json": JSON.stringify({ name: "api", devDependencies: { proto4: "file:vendor/proto4" } }),
  "package-lock.json": JSON.stringify({
    name: "api",
    lockfileVersion: 3,
    requires: true,
    packages: {
      "": { name: "api", devDependencies: { proto4: "file:vendor/proto4" } },
      "node_modules/proto4": { resolved: "vendor/proto4", link: true },
      "vendor/proto4": { version: "0.0.0", dev: true, bin: { proto4: "main.cjs" } },
    },
  }),
  "vendor/proto4/package.json": JSON.stringify({
    name: "proto4",
    version: "0.0.0",
    bin: { proto4: "main.cjs" },
  }),
  "vendor/proto4/main.cjs": `#!/usr/bin/env node\nrequire(${JSON.stringify(main)});\n`,
};
