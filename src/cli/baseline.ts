import { Command } from "commander";
import { checkBaselines, knownFile, loadWaivers, markWaived, printKnown } from "../gate/index.js";
import { type Comparison, rulesOf, withBaselines, withCategory, withLimits } from "./comparison.js";
import { loadComparison } from "./load-comparison.js";
import { today } from "./today.js";
import { write } from "./write.js";

/** `proto4 baseline`: exit code 0, also where there are findings; 1 for errors. */
export function makeCommand(): Command {
  const command = new Command("baseline").description(
    "Write today's findings down, so that proto4 check fails on new ones only.",
  );
  withCategory(withBaselines(command)).option("--output <file>", "where to write them", knownFile);
  return withLimits(command).addHelpText("after", examples).action(run);
}

const examples = `
Give it the flags that proto4 check is given: what that is to pass over has to be found here.

Examples:
  proto4 baseline --against .git#tag=v1.0.0
  proto4 baseline proto --against-last 3 --output proto/known.yaml`;

interface Options extends Comparison {
  readonly output: string;
}

async function run(input: string, options: Options): Promise<void> {
  const { baselines, after } = await loadComparison(input, options);
  const found = checkBaselines(baselines, after, { ...rulesOf(options), today: today() });
  const { waivers = [] } = (await loadWaivers(after.workspace, today())) ?? {};
  // What is accepted for a while is not to be accepted for ever by the way.
  const findings = markWaived(found, waivers, today()).findings.filter(({ waiver }) => waiver === undefined);
  await write(options.output, printKnown(findings));
  const count = new Set(findings.map(({ id }) => id)).size;
  process.stdout.write(`${options.output} has ${count === 1 ? "1 finding" : `${count} findings`}\n`);
}
