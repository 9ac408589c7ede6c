import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { bashScript } from "../../src/cli/completion/bash.js";
import { describe as describeProgram } from "../../src/cli/completion/describe.js";
import { fishScript } from "../../src/cli/completion/fish.js";
import { powershellScript } from "../../src/cli/completion/powershell.js";
import { zshScript } from "../../src/cli/completion/zsh.js";
import { loadProgram } from "../../src/cli/program.js";
import { findOnPath } from "../setup/find-on-path.js";
import { makeFolder, proto4 } from "./proto4.js";

const commands = describeProgram(await loadProgram(["--help"]));

describe("in bash", () => {
  test.each<[string, readonly string[], readonly string[]]>([
    ["commands", ["proto4", "re"], ["registry"]],
    ["nested commands", ["proto4", "registry", "can"], ["can-i-remove", "can-i-deploy"]],
    ["flags", ["proto4", "check", "--limit"], ["--limit-to-input-files"]],
    ["flags of nested commands", ["proto4", "registry", "push", "--su"], ["--subject"]],
    ["choices", ["proto4", "check", "--format", "git"], ["github-actions", "gitlab-code-quality"]],
    ["choices behind an equals sign", ["proto4", "init", "--ci", "=", "gith"], ["github"]],
    ["choices right after it", ["proto4", "init", "--ci", "="], ["github", "gitlab", "none"]],
    ["what an argument can be", ["proto4", "completion", "z"], ["zsh"]],
    ["nothing where files belong", ["proto4", "check", "pro"], []],
    ["nothing where the value may be anything", ["proto4", "waive", "--reason", "c"], []],
    [
      "by the command that counts, whatever flags stand before",
      ["proto4", "check", "--watch", "--pol"],
      ["--policy"],
    ],
  ])("it completes %s", (_, words, expected) => {
    expect(complete(words)).toEqual(expected);
  });

  test("every command and every flag is there", () => {
    const asked = commands.flatMap(({ path }) => {
      const at = ["proto4", ...path.split(" ").filter(Boolean)];
      return [
        [...at, ""],
        [...at, "-"],
      ];
    });
    expect(completeAll(asked)).toEqual(
      commands.flatMap(({ words, options }) => [
        words.map(({ name }) => name),
        options.flatMap(({ flags }) => flags),
      ]),
    );
  });

  test("the command prints the script, and a strict shell may source it", async () => {
    const folder = await makeFolder({});
    const { code, stdout } = await proto4(folder, "completion", "bash");
    expect({ code, stdout }).toEqual({ code: 0, stdout: bashScript(commands) });
    const sourced = 'set -eu\neval "$(cat)"\ncomplete -p proto4';
    const { stdout: registered } = spawnSync("bash", ["-c", sourced], { input: stdout, encoding: "utf8" });
    expect(registered).toBe("complete -o bashdefault -o default -F _proto4 proto4\n");
  });
});

test.each([
  ["zsh", zshScript, ["-n"]],
  ["fish", fishScript, ["--no-execute"]],
] as const)("%s takes its script, where it is there", (shell, print, flags) => {
  const script = print(commands);
  expect(script).toContain("can-i-remove");
  if (findOnPath(shell) === undefined) return;
  const { status, stderr } = spawnSync(shell, flags, { input: script, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
});

test("PowerShell's script has every flag with choices", () => {
  const script = powershellScript(commands);
  for (const { path, options } of commands)
    for (const { flags, choices } of options)
      if (choices.length > 0)
        expect(script).toContain(`'${`${path} ${flags.at(-1)}`.trim()}' = @('${choices.join("', '")}')`);
});

test("a shell that is not known is refused with those that are", async () => {
  const { code, stderr } = await proto4(await makeFolder({}), "completion", "tcsh");
  expect(code).toBe(1);
  expect(stderr).toContain("Allowed choices are bash, zsh, fish, powershell");
});

/** What bash offers for these words, the last of which is being typed. */
function complete(words: readonly string[]): readonly string[] {
  return completeAll([words])[0]!;
}

/** One shell answers all of them: starting one takes longer than its answer. */
function completeAll(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const ask = `COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); COMPREPLY=(); _proto4; printf '%s\\n' "\${COMPREPLY[@]}" --`;
  const typed = lines.map((words) => `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}); ${ask}`);
  const input = [bashScript(commands), ...typed].join("\n");
  const { stdout, stderr } = spawnSync("bash", ["-s"], { input, encoding: "utf8" });
  expect(stderr).toBe("");
  const answers = stdout.split(/^--\n/m).slice(0, -1);
  return answers.map((answer) => answer.split("\n").filter(Boolean));
}
