import { cp, mkdir, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { listSources } from "../../src/image/list-sources.js";
import { listWorkTree } from "../../src/image/list-work-tree.js";
import { run, writeSources } from "../setup/sources.js";

const files = {
  "a.proto": 'syntax = "proto3";\n',
  "sub/b.proto": 'syntax = "proto3";\npackage b;\n',
  "buf.yaml": "version: v2\n",
  ".gitignore": "ignored.proto\n",
};

async function repository(): Promise<string> {
  const folder = await writeSources(files);
  await git(folder, "init", "-q", "-b", "main");
  await git(folder, "add", "-A");
  await git(folder, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "first");
  return folder;
}

function git(folder: string, ...args: readonly string[]): Promise<void> {
  return run(folder, "git", ...args);
}

/** What is told of a folder with git and, of its copy, without. */
async function bothWays(folder: string) {
  const copy = await writeSources({});
  await cp(folder, copy, { recursive: true, filter: (path) => !path.endsWith("/.git") });
  const tell = async (cwd: string) => {
    const sources = await listSources(".", { cwd });
    return sources && { protos: [...sources.protos], settings: [...sources.settings] };
  };
  return { asked: await listWorkTree(folder, {}), byGit: await tell(folder), byReading: await tell(copy) };
}

const edits: Readonly<Record<string, (folder: string) => Promise<unknown>>> = {
  "as it was committed": async () => {},
  "an edit of the same size in the same moment": (folder) =>
    writeFile(join(folder, "a.proto"), 'syntax = "proto2";\n'),
  "a file that is gone": (folder) => rm(join(folder, "a.proto")),
  "a file that is staged and gone": async (folder) => {
    await writeFile(join(folder, "c.proto"), "");
    await git(folder, "add", "c.proto");
    await rm(join(folder, "c.proto"));
  },
  "files that nobody has added, ignored ones too": async (folder) => {
    await writeFile(join(folder, "ignored.proto"), "// ignored\n");
    await writeFile(join(folder, 'sub/quoted "ü\n.proto'), "// a name\n");
  },
  "another buf.yaml": (folder) => writeFile(join(folder, "buf.yaml"), "version: v1\n"),
  "a file that git is told not to look at": async (folder) => {
    await git(folder, "update-index", "--assume-unchanged", "a.proto");
    await writeFile(join(folder, "a.proto"), "// changed\n");
  },
  "a link to a folder, which nobody can list": async (folder) => {
    await mkdir(join(folder, "elsewhere"));
    await symlink("elsewhere", join(folder, "linked"));
  },
  "a repository inside": async (folder) => {
    await mkdir(join(folder, "inner"));
    await git(join(folder, "inner"), "init", "-q");
    await writeFile(join(folder, "inner/c.proto"), "// inside\n");
  },
};

test.each(Object.entries(edits))("with git's help a folder has the same sources: %s", async (_, edit) => {
  const folder = await repository();
  await edit(folder);
  const { byGit, byReading } = await bothWays(folder);
  expect(byGit).toEqual(byReading);
});

test("git answers for an ordinary work tree, and not where only a look tells", async () => {
  const answered = async (edit: keyof typeof edits) => {
    const folder = await repository();
    await edits[edit]!(folder);
    return (await bothWays(folder)).asked !== undefined;
  };
  expect(await answered("an edit of the same size in the same moment")).toBe(true);
  expect(await answered("a file that git is told not to look at")).toBe(false);
  expect(await answered("a repository inside")).toBe(false);
});

test("a folder of a commit has the same sources as that folder has by itself", async () => {
  const folder = await writeSources({
    "a.proto": 'syntax = "proto3";\n',
    "deep/api/b.proto": 'syntax = "proto3";\npackage b;\n',
    "deep/api/buf.yaml": "version: v2\n",
    "deep/apis/c.proto": 'syntax = "proto3";\npackage c;\n',
    "deep/other/buf.yaml": "version: v2\n",
  });
  const list = async (input: string) => {
    const sources = await listSources(input, { cwd: folder });
    return sources && { protos: [...sources.protos], settings: [...sources.settings] };
  };
  await commitAll(folder);
  const expected = await list("deep/api");
  expect(expected?.protos.map(([path]) => path)).toEqual(["b.proto"]);
  for (const subdir of ["deep/api", "deep/api/", "./deep/api"])
    expect(await list(`.git#branch=main,subdir=${subdir}`)).toEqual(expected);
  await writeFile(join(folder, "deep/buf.yaml"), "version: v2\nmodules: [{path: api}, {path: other}]\n");
  await commitAll(folder);
  expect(await list(".git#branch=main,subdir=deep/api")).toBe(undefined);
  expect(await list("deep/api")).toBe(undefined);
});

async function commitAll(folder: string): Promise<void> {
  await git(folder, "init", "-q", "-b", "main");
  await git(folder, "add", "-A");
  await git(folder, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "all");
}
