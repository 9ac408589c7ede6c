import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeRepository, type Repository, repositoryAt, userPath, userProto } from "./repository.js";

const full = userProto("string name = 1", "string mail = 2");
const cut = userProto("string name = 1");
const more = userProto("string name = 1", "string mail = 2", "string phone = 3");
const orderPath = "proto/acme/order/v1/order.proto";

describe("a commit", () => {
  test("that breaks is refused with the finding, and --no-verify makes it", async () => {
    const repository = hooked();
    repository.write({ [userPath]: cut });
    const refused = await commit(repository, "--all");
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain(`${userPath}:3:1: error FIELD_NO_DELETE  field 2 "mail" left message`);
    expect(refused.stderr).toContain("nothing was committed; git commit --no-verify commits it as it is");
    expect(await commit(repository, "--all", "--no-verify")).toMatchObject({ code: 0 });
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  test("that does not passes in silence, and nothing is left behind", async () => {
    const repository = hooked();
    repository.write({ [userPath]: more });
    expect(await commit(repository, "--all", "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(readdirSync(repository.env.TMPDIR!).filter((name) => name.startsWith("proto4"))).toEqual([]);
  });

  test("is judged by what is staged, not by what lies there", async () => {
    const repository = hooked();
    repository.write({ [userPath]: more });
    repository.git("add", userPath);
    repository.write({ [userPath]: cut });
    expect(await commit(repository, "--quiet")).toMatchObject({ code: 0 });
    repository.git("add", userPath);
    repository.write({ [userPath]: more });
    expect(await commit(repository)).toMatchObject({ code: 1 });
  });

  test("of a part is judged by that part", async () => {
    const repository = hooked({ [orderPath]: full.replace("acme.user", "acme.order") });
    repository.write({ [userPath]: cut, [orderPath]: more.replace("acme.user", "acme.order") });
    repository.git("add", "--all");
    expect(await commit(repository, "--quiet", "--", orderPath)).toMatchObject({ code: 0, stderr: "" });
    expect((await commit(repository, "--", userPath)).stderr).toContain("FIELD_NO_DELETE");
  });

  test("is judged by the policy that is staged", async () => {
    const repository = hooked();
    repository.write({ [userPath]: cut, "proto4.yaml": "version: v1\nfail_on: never\n" });
    repository.git("add", userPath);
    expect(await commit(repository)).toMatchObject({ code: 1 });
    repository.git("add", "proto4.yaml");
    expect(await commit(repository, "--quiet")).toMatchObject({ code: 0 });
  });

  test("that takes all sources away is told of", async () => {
    const repository = hooked();
    repository.git("rm", "-r", "--quiet", "--cached", ".");
    const { code, stderr } = await commit(repository, "--quiet");
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: ".: not compared, since no .proto file is staged there\n",
    });
  });

  test("that does not compile is refused, too", async () => {
    const repository = hooked();
    repository.write({ [userPath]: full.replace("string mail", "strin mail") });
    const { code, stderr } = await commit(repository, "--all");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(`${userPath}:5:3:`) });
  });

  test("without any protobuf is not held up, even where buf cannot compile what lies there", async () => {
    const repository = hooked();
    repository.write({ [userPath]: "no protobuf", "README.md": "about" });
    repository.git("add", "README.md");
    expect(await commit(repository, "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test("has nothing to keep to where it is the first one, or brings the first buf.yaml", async () => {
    const repository = makeRepository({ [userPath]: full });
    await repository.proto4("hook", "install");
    repository.git("add", "--all");
    expect(await commit(repository, "--quiet")).toMatchObject({ code: 0, stderr: "" });
    await repository.proto4("init");
    repository.git("add", "--all");
    expect(await commit(repository, "--quiet")).toMatchObject({
      code: 0,
      stderr: ".: not compared, since the commit before has no buf.yaml there\n",
    });
  });

  test("in a second work tree is judged there", async () => {
    const repository = hooked();
    repository.git("worktree", "add", "--quiet", "../second");
    repository.write({ [`../second/${userPath}`]: cut });
    const refused = await repository.run("git", "-C", "../second", "commit", "--all", "--message", "x");
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("FIELD_NO_DELETE") });
  });
});

describe("what is checked", () => {
  test("may be workspaces further down", async () => {
    const api = `services/a b/${userPath}`;
    const repository = makeRepository({ [api]: full, "other/x.proto": "no protobuf" });
    await repository.proto4("init", "services/a b");
    await repository.proto4("hook", "install", "services/a b");
    repository.git("add", "--all");
    await commit(repository, "--quiet");
    repository.write({ [api]: cut });
    expect((await commit(repository, "--all")).stderr).toContain(`${api}:3:1: error FIELD_NO_DELETE`);
  });

  test("is all that was asked for, one workspace after the other, until it is uninstalled", async () => {
    const repository = makeRepository();
    for (const name of ["a", "b c"]) await repository.proto4("init", `services/${name}`, "--hook");
    await repository.proto4("hook", "install", "--against", "main", "services/a");
    expect(readFileSync(hookOf(repository), "utf8")).toContain(
      "exec proto4 hook run --against main services/a 'services/b c'\n",
    );
    const { stdout } = await repository.proto4("hook", "install", "services/a");
    expect(stdout).toBe("kept  .git/hooks/pre-commit; it checks services/a, services/b c\n");
    await repository.proto4("hook", "uninstall");
    await repository.proto4("hook", "install", "services/a");
    expect(readFileSync(hookOf(repository), "utf8")).toContain("exec proto4 hook run services/a\n");
  });

  test("is all that is staged, also what a sparse checkout leaves out", async () => {
    const repository = hooked({ "other/acme/v1/x.proto": full.replace("acme.user.v1", "acme.v1") });
    repository.git("sparse-checkout", "set", "proto");
    expect(existsSync(join(repository.folder, "other"))).toBe(false);
    repository.write({ [userPath]: more });
    expect(await commit(repository, "--all", "--quiet")).toEqual({ code: 0, stdout: "", stderr: "" });
    repository.write({ [userPath]: cut });
    expect((await commit(repository, "--all")).stderr).toContain("FIELD_NO_DELETE");
  });

  test("may lie in a folder that buf has no address for", async () => {
    const repository = makeRepository({ [`c#/${userPath}`]: full });
    const inIt = (line: string) => repository.run("sh", "-ec", `cd c# && ${line}`);
    await inIt("git init -q && proto4 init --hook && git add . && git commit -qm x");
    repository.write({ [`c#/${userPath}`]: cut });
    expect((await inIt("git commit -qam x")).stderr).toContain(`${userPath}:3:1: error FIELD_NO_DELETE`);
  });

  test("with --against is the branch, in which things may come and go", async () => {
    const repository = hooked();
    await repository.proto4("hook", "install", "--against", "main");
    repository.git("checkout", "--quiet", "-b", "change");
    repository.write({ [userPath]: more });
    expect(await commit(repository, "--all", "--quiet")).toMatchObject({ code: 0 });
    repository.write({ [userPath]: full });
    expect(await commit(repository, "--all", "--quiet")).toMatchObject({ code: 0 });
    repository.write({ [userPath]: cut });
    expect(await commit(repository, "--all")).toMatchObject({ code: 1 });
    const { stderr } = await repository.proto4("hook", "run", "--against", "no-such");
    expect(stderr).toContain("--against no-such: there is no such revision");
  });

  test("can be asked by hand, from any folder", async () => {
    const repository = hooked();
    repository.write({ [userPath]: cut });
    repository.git("add", "--all");
    const { code, stdout } = await repository.run("sh", "-c", "cd proto && proto4 hook run ..");
    expect({ code, stdout }).toEqual({
      code: 100,
      stdout: expect.stringContaining(`${userPath}:3:1: error`),
    });
  });
});

describe("a hook that is there", () => {
  test("runs first, can refuse, and comes back when ours goes", async () => {
    const repository = hooked();
    await repository.proto4("hook", "uninstall");
    const theirs = "#!/bin/sh\necho theirs >&2\nexit $STATUS\n";
    writeHook(repository, theirs);
    const { stdout } = await repository.proto4("hook", "install");
    expect(stdout).toBe("wrote  .git/hooks/pre-commit; .git/hooks/pre-commit.chained runs first\n");
    repository.write({ [userPath]: cut });
    const both = await commitWith(repository, "STATUS=0");
    expect(both).toMatchObject({ code: 1, stderr: expect.stringMatching(/^theirs\n[\s\S]*FIELD_NO_DELETE/) });
    expect(await commitWith(repository, "STATUS=7")).toMatchObject({ code: 1, stderr: "theirs\n" });
    expect((await repository.proto4("hook", "uninstall")).stdout).toContain("put back the hook before it");
    expect(readFileSync(hookOf(repository), "utf8")).toBe(theirs);
  });

  test("that came after ours is not put in the place of the one before ours", async () => {
    const repository = makeRepository();
    writeHook(repository, "#!/bin/sh\necho first\n");
    await repository.proto4("hook", "install");
    writeHook(repository, "#!/bin/sh\necho second\n");
    const { code, stderr } = await repository.proto4("hook", "install");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^\.git\/hooks\/pre-commit: another hook has come here, and .*chained keeps/,
      ),
    });
    expect(readFileSync(hookOf(repository), "utf8")).toContain("second");
    expect(readFileSync(`${hookOf(repository)}.chained`, "utf8")).toContain("first");
  });

  test("is not taken for another one when ours is written again", async () => {
    const repository = hooked();
    expect((await repository.proto4("hook", "install")).stdout).toBe("kept  .git/hooks/pre-commit\n");
    await repository.proto4("hook", "uninstall");
    expect(
      readdirSync(join(repository.folder, ".git/hooks")).filter((name) => !name.endsWith(".sample")),
    ).toEqual([]);
    expect((await repository.proto4("hook", "uninstall")).stdout).toContain("there is no hook of proto4");
  });

  test.each([
    ["lefthook", "call_lefthook run pre-commit", "add to lefthook.yml"],
    [
      "pre-commit",
      "# File generated by pre-commit: https://pre-commit.com",
      "add to .pre-commit-config.yaml",
    ],
  ])("of %s stays, with what to tell it", async (name, line, advice) => {
    const repository = makeRepository();
    writeHook(repository, `#!/bin/sh\n${line}\n`);
    const { code, stderr } = await repository.proto4("hook", "install");
    expect(code).toBe(1);
    expect(stderr).toContain(`${name} writes the hooks of this repository; ${advice}`);
    expect(stderr).toMatch(/(run|entry): npx proto4 hook run\n/);
    expect(readFileSync(hookOf(repository), "utf8")).toBe(`#!/bin/sh\n${line}\n`);
    const { stdout } = await repository.proto4("hook", "uninstall");
    expect(stdout).toBe("there is no hook of proto4 at .git/hooks/pre-commit\n");
  });
});

describe("core.hooksPath", () => {
  test("within the repository is where the hook goes", async () => {
    const repository = hooked();
    await repository.proto4("hook", "uninstall");
    repository.git("config", "core.hooksPath", ".hooks");
    expect((await repository.proto4("hook", "install")).stdout).toBe("wrote  .hooks/pre-commit\n");
    repository.write({ [userPath]: cut });
    expect(await commit(repository, "--all")).toMatchObject({ code: 1 });
  });

  test.each([
    [
      "of husky",
      ".husky/_",
      "husky writes the hooks of this repository; add to .husky/pre-commit the line:  npx proto4 hook run a 'b c'\n",
    ],
    [
      "of husky further down",
      "web/.husky/_",
      "add to web/.husky/pre-commit the line:  npx proto4 hook run a",
    ],
    ["that others share", "/var/hooks", "core.hooksPath leads out of this repository"],
  ])("%s is left alone", async (_, path, advice) => {
    const repository = makeRepository();
    repository.git("config", "core.hooksPath", path);
    const { code, stderr } = await repository.proto4("hook", "install", "a", "b c");
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(advice) });
    expect(existsSync(join(repository.folder, path))).toBe(false);
  });
});

test("outside of a repository there is nothing to hook into", async () => {
  const repository = makeRepository();
  const { code, stderr } = await repository.run("sh", "-c", "cd .. && proto4 hook install");
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: expect.stringContaining("there is no work tree of git"),
  });
});

let template = "";

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), "proto4-hooked-"));
  const repository = repositoryAt(folder);
  repository.write({ [userPath]: full });
  await repository.proto4("init", "--hook");
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--no-verify", "--message", "a version");
  template = folder;
});

afterAll(() => rmSync(template, { recursive: true, force: true }));

/** A repository that init has made a workspace, with the hook, and a first version committed. */
function hooked(files: Readonly<Record<string, string>> = {}): Repository {
  const repository = makeRepository({}, template);
  if (Object.keys(files).length === 0) return repository;
  repository.write(files);
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--no-verify", "--message", "more");
  return repository;
}

function commit(repository: Repository, ...args: readonly string[]) {
  return repository.run("git", "commit", "--message", "a change", ...args);
}

function commitWith(repository: Repository, variable: string) {
  return repository.run("env", variable, "git", "commit", "--quiet", "--all", "--message", "a change");
}

function hookOf({ folder }: Repository): string {
  return join(folder, ".git/hooks/pre-commit");
}

function writeHook(repository: Repository, script: string): void {
  mkdirSync(join(repository.folder, ".git/hooks"), { recursive: true });
  repository.write({ ".git/hooks/pre-commit": script });
  chmodSync(hookOf(repository), 0o755);
}
