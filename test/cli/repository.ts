import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { main, type Outcome, run } from "./proto4.js";

/** A real repository of git, whose hooks find proto4, its plug-in and buf on the PATH. */
export interface Repository {
  readonly folder: string;
  /** Its environment, for other commands. */
  readonly env: Readonly<Record<string, string>>;
  write(files: Readonly<Record<string, string>>): void;
  /** Fails the test with what git says. */
  git(...args: readonly string[]): string;
  /** Runs any command in it. */
  run(command: string, ...args: readonly string[]): Promise<Outcome>;
  proto4(...args: readonly string[]): Promise<Outcome>;
}

/** @param template the root of another one, to begin as */
export function makeRepository(
  files: Readonly<Record<string, string>> = {},
  template: string | undefined = undefined,
): Repository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "proto4-repository-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  if (template !== undefined) cpSync(template, root, { recursive: true, verbatimSymlinks: true });
  const repository = repositoryAt(root);
  repository.write(files);
  return repository;
}

/** @param root an empty folder, or that of another one */
export function repositoryAt(root: string): Repository {
  const [folder, bin] = [join(root, "work"), join(root, "bin")];
  const env = {
    PATH: [bin, process.env.PATH].join(delimiter),
    HOME: root,
    TMPDIR: join(root, "tmp"),
    // A cache that others fill would answer in place of buf.
    XDG_CACHE_HOME: join(root, "cache"),
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ada",
    GIT_AUTHOR_EMAIL: "ada@shop.example",
    GIT_COMMITTER_NAME: "Ada",
    GIT_COMMITTER_EMAIL: "ada@shop.example",
  };
  const surroundings = { cwd: folder, env: { ...process.env, ...env } };
  const git = (...args: readonly string[]): string =>
    execFileSync("git", args, { ...surroundings, encoding: "utf8", stdio: "pipe" });
  if (!existsSync(folder)) {
    for (const each of [folder, bin, env.TMPDIR]) mkdirSync(each);
    linkCommands(bin);
    git("init", "--quiet", "--initial-branch", "main");
  }
  return {
    folder,
    env,
    git,
    write: (files) => writeFiles(folder, files),
    run: (command, ...args) => run(command, args, folder, env),
    proto4: (...args) => run(process.execPath, [main, ...args], folder, env),
  };
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** What npm puts there when it installs the package. */
function linkCommands(bin: string): void {
  const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
  symlinkSync(main, join(bin, "proto4"));
  symlinkSync(at("dist/plugins/protoc-gen-proto4.js"), join(bin, "protoc-gen-proto4"));
  symlinkSync(at("node_modules/.bin/buf"), join(bin, "buf"));
}

/** A message, with these fields. */
export function userProto(...fields: readonly string[]): string {
  const lines = fields.map((field) => `  ${field};\n`).join("");
  return `syntax = "proto3";\npackage acme.user.v1;\nmessage User {\n${lines}}\n`;
}

export const userPath = "proto/acme/user/v1/user.proto";
