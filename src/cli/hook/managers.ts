import { sep } from "node:path";

/** A program that writes hooks anew whenever it likes. */
export interface Manager {
  readonly name: string;
  /** What to write where, so that it runs a command. */
  advise(command: string): string;
}

/**
 * @param hooks the folder of hooks, from the root of the work tree
 * @param script the hook that is there
 */
export function managerOf(hooks: string, script: string): Manager | undefined {
  const folders = hooks.split(sep);
  const at = folders.indexOf(".husky");
  if (at >= 0) return husky([...folders.slice(0, at), ".husky/pre-commit"].join("/"));
  if (/lefthook/.test(script)) return lefthook;
  return /pre-commit\.com|pre_commit/.test(script) ? preCommit : undefined;
}

function husky(file: string): Manager {
  return { name: "husky", advise: (command) => `add to ${file} the line:  ${command}` };
}

const lefthook: Manager = {
  name: "lefthook",
  advise: (command) =>
    `add to lefthook.yml under pre-commit:\n  commands:\n    proto4:\n      run: ${command}`,
};

const preCommit: Manager = {
  name: "pre-commit",
  advise: (command) =>
    "add to .pre-commit-config.yaml under repos:\n" +
    "  - repo: local\n    hooks:\n      - id: proto4\n        name: proto4\n        language: system\n" +
    `        entry: ${command}\n        pass_filenames: false`,
};
