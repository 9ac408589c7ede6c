import type { Ci, WorkspaceFacts } from "./facts.js";

interface Done {
  readonly ci: Ci | "none" | undefined;
  readonly hook: boolean;
}

/** What to do now that the files are there. */
export function tellNext(facts: WorkspaceFacts, { ci, hook }: Done): string {
  const { folder, branch, read, readAtRoot, isInGit, prefix, git } = facts;
  const project = [read("package.json"), readAtRoot("package.json")].filter((text) => text !== undefined);
  const isNpm = project.length > 0;
  const npx = isNpm ? "npx " : "";
  const input = folder === "." ? "" : ` ${folder}`;
  const subdir = prefix === "" ? "" : `,subdir=${prefix}`;
  const steps = [
    ...(isNpm && !project.some((text) => /"proto4"\s*:/.test(text)) ? ["npm install --save-dev proto4"] : []),
    `write in your .proto files:  import "proto4/options.proto";  and  [(proto4.field_lifecycle) = DEPRECATED]`,
    // buf looks for buf.gen.yaml where it is started, and writes there.
    folder === "." ? `${npx}buf generate` : `(cd ${folder} && ${npx}buf generate)`,
    ...(isInGit
      ? [
          `commit, then see what a change breaks:  ${npx}proto4 check${input} --against '${git}#branch=${branch}${subdir}'`,
        ]
      : ["git init: what changed is judged against a commit, a tag, or an image that buf build made"]),
    ...(isInGit && !hook ? [`check each commit before it is made:  ${npx}proto4 hook install${input}`] : []),
    ...(ci === undefined && isInGit
      ? [`check every change in CI:  ${npx}proto4 init${input} --ci github (or gitlab)`]
      : []),
  ];
  return `\nnext\n${steps.map((step, index) => `  ${index + 1}  ${step}\n`).join("")}`;
}
