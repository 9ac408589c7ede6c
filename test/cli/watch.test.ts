import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { makeRepository, type Repository, userPath, userProto } from "./repository.js";

const full = userProto("string name = 1", "string mail = 2");
const cut = userProto("string name = 1");
const path = (name: string) => join("proto", `acme/${name}/v1/${name}.proto`);
const other = (name: string) => full.replace("acme.user", `acme.${name}`);

describe("a watch", () => {
  test("answers each save, and tells when all is well again", async () => {
    const repository = committed();
    const watch = await startWatch(repository);
    expect(watch.first).toMatchObject({ findings: "", errors: "" });
    expect(await watch.after(() => repository.write({ [userPath]: cut }))).toMatchObject({
      findings: expect.stringContaining("FIELD_NO_DELETE"),
      errors: "1 error\n",
    });
    expect(await watch.after(() => repository.write({ [userPath]: full }))).toMatchObject({
      findings: "",
      errors: "",
    });
  });

  test("shows what does not compile, and recovers", async () => {
    const repository = committed();
    const watch = await startWatch(repository);
    const broken = await watch.after(() =>
      repository.write({ [userPath]: full.replace("mail = 2", "mail =") }),
    );
    expect(broken).toMatchObject({ findings: "", errors: expect.stringContaining(`${userPath}:5:`) });
    const configured = await watch.after(() =>
      repository.write({ [userPath]: cut, "proto4.yaml": "version: v7\n" }),
    );
    expect(configured.errors).toMatch(/^proto4\.yaml:1:10: /m);
    const mended = await watch.after(() => repository.git("checkout", "--", "proto4.yaml"));
    expect(mended.findings).toContain("FIELD_NO_DELETE");
  });

  test("sees files and folders come, move and go", async () => {
    const repository = committed({ [path("order")]: other("order") });
    const watch = await startWatch(repository);
    const at = (name: string) => join(repository.folder, name);
    const added = await watch.after(() => repository.write({ [path("cart")]: "no protobuf" }));
    expect(added.errors).toContain(`${path("cart")}:1:1`);
    // In a folder that came under the watch.
    const mended = await watch.after(() => repository.write({ [path("cart")]: other("cart") }));
    expect(mended).toMatchObject({ errors: "", findings: "" });
    const gone = await watch.after(() => rmSync(at("proto/acme/order"), { recursive: true }));
    expect(gone.findings).toContain("FILE_NO_DELETE");
    const back = await watch.after(() => {
      mkdirSync(at("elsewhere/v1"), { recursive: true });
      repository.write({ "elsewhere/v1/order.proto": other("order") });
      renameSync(at("elsewhere"), at("proto/acme/order"));
    });
    expect(back).toMatchObject({ errors: "", findings: "" });
    const cutThere = await watch.after(() =>
      repository.write({ [path("order")]: cut.replace("acme.user", "acme.order") }),
    );
    expect(cutThere.findings).toContain("FIELD_NO_DELETE");
  });

  test("answers a burst of saves a few times, the last one after its end", async () => {
    const repository = committed();
    const watch = await startWatch(repository);
    const answer = await watch.after(async () => {
      for (let index = 0; index < 30; index++) {
        repository.write({ [userPath]: index % 2 === 0 ? full : cut });
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
    }, "FIELD_NO_DELETE");
    expect(answer.findings).toContain("FIELD_NO_DELETE");
    expect(watch.answers()).toBeLessThan(12);
  });

  test("sees a checkout as a whole, and the branch that is compared with move", async () => {
    const repository = committed();
    repository.git("checkout", "--quiet", "-b", "change");
    repository.write({ [userPath]: cut });
    commit(repository);
    repository.git("checkout", "--quiet", "main");
    const watch = await startWatch(repository);
    const there = await watch.after(() => repository.git("checkout", "--quiet", "change"), "FIELD_NO_DELETE");
    expect(there.findings).toContain("FIELD_NO_DELETE");
    repository.git("branch", "--force", "main", "change");
    const moved = await watch.after(() => repository.write({ [userPath]: `${cut}// saved\n` }));
    expect(moved).toMatchObject({ errors: "", findings: "" });
  });

  test("ends at once and in peace", async () => {
    const watch = await startWatch(committed());
    watch.child.kill("SIGINT");
    expect(await once(watch.child, "close")).toEqual([0, null]);
    expect(watch.unread()).toBe("");
  });
});

test("on a terminal each answer has a screen of its own", async () => {
  const repository = committed();
  const command = "proto4 check --against .git#branch=main --watch";
  const child = start(repository, "script", ["-qefc", command, "/dev/null"]);
  let said = "";
  child.stdout!.on("data", (chunk) => {
    said += chunk;
  });
  await until(() => said.includes("watching"));
  said = "";
  repository.write({ [userPath]: cut });
  await until(() => said.includes("watching"));
  const clear = "\u001b[2J\u001b[3J\u001b[H";
  expect(said.slice(0, clear.length)).toBe(clear);
  expect(said).toMatch(/FIELD_NO_DELETE[\s\S]*checked in \d+ ms, watching/);
});

test("a folder that is closed to us holds nothing up", async () => {
  const repository = committed({ "data/pg.conf": "" });
  repository.write({
    "../closed.cjs": `const fs = require("fs"), { watch } = fs;
    fs.watch = (path, ...rest) => {
      if (path.endsWith("/data")) throw Object.assign(new Error("closed"), { code: "EACCES" });
      return watch(path, ...rest);
    };`,
  });
  const watch = await startWatch(repository, { NODE_OPTIONS: "--require ../closed.cjs" });
  const { findings } = await watch.after(() => repository.write({ [userPath]: cut }));
  expect(findings).toContain("FIELD_NO_DELETE");
});

test("what is no folder cannot be watched", async () => {
  const repository = committed();
  await repository.run("buf", "build", "-o", "image.binpb");
  for (const input of ["image.binpb", ".git#branch=main", "nowhere"]) {
    const { code, stderr } = await repository.proto4("check", input, "--against", "image.binpb", "--watch");
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `${input}: --watch watches a folder of sources: name one\n`,
    });
  }
});

test.skipIf(!canLimit())(
  "where the system watches no more folders, that is said with what to raise",
  async () => {
    const repository = committed();
    const limited =
      "echo 2 > /proc/sys/user/max_inotify_watches && proto4 check --against .git#branch=main --watch";
    const { code, stderr } = await repository.run("unshare", "-Ur", "sh", "-c", limited);
    expect(code).toBe(1);
    expect(stderr).toContain("the system watches no more folders: raise fs.inotify.max_user_watches");
  },
);

/** Limits are those of a user namespace, which not every machine lets one make. */
function canLimit(): boolean {
  try {
    execFileSync("unshare", ["-Ur", "sh", "-c", "echo 2 > /proc/sys/user/max_inotify_watches"], {
      stdio: "ignore",
    });
    return true;
  } catch {
    return false;
  }
}

function committed(files: Readonly<Record<string, string>> = {}): Repository {
  const repository = makeRepository({
    "buf.yaml": "version: v2\nmodules:\n  - path: proto\n",
    "proto4.yaml": "version: v1\n",
    [userPath]: full,
    ...files,
  });
  commit(repository);
  return repository;
}

function commit(repository: Repository): void {
  repository.git("add", "--all");
  repository.git("commit", "--quiet", "--message", "a version");
}

function start({ folder, env }: Repository, command: string, args: readonly string[]): ChildProcess {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill());
  return child;
}

interface Answer {
  readonly findings: string;
  /** What stands on stderr, without the line that tells the time. */
  readonly errors: string;
}

async function startWatch(repository: Repository, env: Readonly<Record<string, string>> = {}) {
  const child = start({ ...repository, env: { ...repository.env, ...env } }, "proto4", [
    "check",
    "--against",
    ".git#branch=main",
    "--watch",
  ]);
  let [stdout, stderr, count] = ["", "", 0];
  child.stdout!.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr!.on("data", (chunk) => {
    stderr += chunk;
    count += String(chunk).match(/ watching\n/g)?.length ?? 0;
  });
  /** Until there was an answer after this moment that is the last one, for a while, and has this in it. */
  const answer = async (expected: string): Promise<Answer> => {
    await until(() => / watching\n$/.test(stderr) && (stdout + stderr).includes(expected));
    for (let seen = -1; seen !== count; ) {
      seen = count;
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
    const last =
      stderr
        .trimEnd()
        .split(/^.* watching$/m)
        .at(-2) ?? "";
    const answered = { findings: stdout, errors: last.replace(/^\n/, "") };
    [stdout, stderr] = ["", ""];
    return answered;
  };
  return {
    child,
    first: await answer(""),
    after: async (change: () => unknown, expected = ""): Promise<Answer> => {
      await change();
      return answer(expected);
    },
    answers: () => count,
    unread: () => stdout + stderr,
  };
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
