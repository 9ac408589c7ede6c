import { Argument, Command } from "commander";
import { bashScript } from "./completion/bash.js";
import { type Described, describe } from "./completion/describe.js";
import { fishScript } from "./completion/fish.js";
import { powershellScript } from "./completion/powershell.js";
import { zshScript } from "./completion/zsh.js";

const scripts: Readonly<Record<string, (commands: readonly Described[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript,
};

/** `proto4 completion`: exit code 0. */
export function makeCommand(): Command {
  const command = new Command("completion")
    .description("Print a script by which a shell completes commands, flags and their values.")
    .addArgument(new Argument("<shell>", "whose script to print").choices(Object.keys(scripts)))
    .addHelpText("after", examples);
  // What there is to complete is what the program has, this command among it.
  return command.action((shell: string) => {
    process.stdout.write(scripts[shell]!(describe(command.parent ?? command)));
  });
}

const examples = `
The script holds all there is to know: no proto4 is started while you type. Print it again after an update.

  bash        in ~/.bashrc:   source <(proto4 completion bash)
  zsh         in ~/.zshrc:    source <(proto4 completion zsh)    after compinit
  fish        once:           proto4 completion fish > ~/.config/fish/completions/proto4.fish
  powershell  in $PROFILE:    proto4 completion powershell | Out-String | Invoke-Expression

Examples:
  proto4 completion bash
  proto4 completion zsh`;
