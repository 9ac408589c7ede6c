import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CiPlace, githubWorkflow, gitlabJob } from "../../../src/cli/init/ci-texts.js";
import { gitlabCiLocal } from "../../setup/gitlab-ci-local.js";
import { root } from "../../setup/source-files.js";
import { loadWorkflowParser } from "../../setup/workflow-parser.js";
import { makeRepository } from "../repository.js";

const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } = await loadWorkflowParser();

const places: readonly CiPlace[] = [
  { prefix: "", install: "npm ci", command: "npx proto4" },
  { prefix: "services/user", install: "npm install --global proto4@1.2.3", command: "proto4" },
  { prefix: 'my "api" $HOME', install: "npm ci", command: "npx proto4" },
];

describe("whose CI it is", () => {
  test.each<[string, Readonly<Record<string, string>>, string | undefined, string | undefined]>([
    ["told by .github", { ".github/CODEOWNERS": "" }, undefined, ".github/workflows/proto4.yml"],
    ["told by .gitlab-ci.yml", { ".gitlab-ci.yml": "stages: [test]\n" }, undefined, ".gitlab/proto4.yml"],
    ["told by a remote", {}, "git@github.com:acme/api.git", ".github/workflows/proto4.yml"],
    ["told by a remote of one's own", {}, "https://gitlab.acme.example/api.git", ".gitlab-ci.yml"],
    ["nobody's where nothing tells", {}, "https://code.acme.example/api.git", undefined],
  ])("is %s", async (_, files, remote, path) => {
    const repository = makeRepository(files);
    if (remote !== undefined) repository.git("remote", "add", "origin", remote);
    const { stdout } = await repository.proto4("init", "--dry-run");
    expect(/(?<=^would write {2})\S+(?= .*CI)/m.exec(stdout)?.[0]).toBe(path);
    expect(stdout.includes("proto4 init --ci github (or gitlab)")).toBe(path === undefined);
  });

  test("is what --ci says, whatever tells otherwise", async () => {
    const repository = makeRepository({ ".github/CODEOWNERS": "" });
    const none = await repository.proto4("init", "--dry-run", "--ci", "none");
    expect(none.stdout).not.toContain("CI");
    const other = await repository.proto4("init", "--dry-run", "--ci", "gitlab");
    expect(other.stdout).toContain("would write  .gitlab-ci.yml");
  });
});

test("a .gitlab-ci.yml that is there is told to include the job, until it does", async () => {
  const repository = makeRepository({ ".gitlab-ci.yml": "stages: [test]\n" });
  const include = "include:\n        - local: .gitlab/proto4.yml";
  expect((await repository.proto4("init")).stdout).toContain(include);
  repository.write({ ".gitlab-ci.yml": "include:\n  - local: .gitlab/proto4.yml\n" });
  expect((await repository.proto4("init")).stdout).not.toContain(include);
});

test("of a workspace further down, the file lies at the root, and names the folder on both sides", async () => {
  const repository = makeRepository({ "services/user/proto/a.proto": "", ".github/CODEOWNERS": "" });
  await repository.proto4("init", "services/user");
  const text = readFileSync(join(repository.folder, ".github/workflows/proto4.yml"), "utf8");
  expect(text).toContain("check services/user --against");
  expect(text).toContain(",subdir=services/user");
});

test.each(places)("GitHub's own parser takes the workflow ($install, $prefix)", async (place) => {
  const file = { name: ".github/workflows/proto4.yml", content: githubWorkflow(place) };
  const { context, value } = parseWorkflow(file, new NoOperationTraceWriter());
  expect(context.errors.getErrors().map(String)).toEqual([]);
  const template = await convertWorkflowTemplate(context, value!);
  expect(template.errors ?? []).toEqual([]);
  expect(template.jobs.map(({ id }) => String(id))).toEqual(["check"]);
});

test("that parser refuses a workflow that is wrong", () => {
  const content = githubWorkflow(places[0]!).replace("runs-on:", "runs-at:");
  const { context } = parseWorkflow({ name: "wrong.yml", content }, new NoOperationTraceWriter());
  expect(context.errors.getErrors()).not.toEqual([]);
});

test("GitLab's own schema takes the jobs of all these places", async () => {
  const jobs = places.map((place, index) => gitlabJob(place).replace(/^proto4:/m, `place-${index}:`));
  const { code, stdout } = await listJobs(jobs.join("\n"));
  expect({ code, jobs: stdout.match(/^place-\d/gm) }).toEqual({
    code: 0,
    jobs: ["place-0", "place-1", "place-2"],
  });
});

test("that schema refuses a job that is wrong", async () => {
  const wrong = gitlabJob(places[0]!).replace("when: always", "when: never-ever");
  expect((await listJobs(wrong)).code).not.toBe(0);
});

function listJobs(text: string) {
  const repository = makeRepository({ ".gitlab-ci.yml": text });
  repository.git("remote", "add", "origin", "git@gitlab.com:acme/api.git");
  return repository.run(process.execPath, gitlabCiLocal, "--list-all");
}

test.each([githubWorkflow, gitlabJob])("docs/ci.md prints what %o makes", (print) => {
  const page = readFileSync(join(root, "docs/ci.md"), "utf8");
  expect(page).toContain(`\`\`\`yaml\n${print(places[0]!)}\`\`\``);
});
