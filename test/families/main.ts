import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../setup/source-files.js";
import { familiesIn } from "./family.js";
import { apisVersion, loadApis } from "./load-apis.js";
import { judge, type Outcome, verdictOf } from "./outcome.js";
import { report } from "./report.js";

const page = join(root, "docs/families.md");
const [begin, end] = ["<!-- families: begin -->", "<!-- families: end -->"];
/** Messages a type and way, or more. */
const runs = 20;

/** @param args `--write`, which puts the tables into docs/families.md, and parts of names of packages; by default all */
export async function main(args: readonly string[]): Promise<void> {
  const names = args.filter((arg) => arg !== "--write");
  const image = await loadApis();
  const families = familiesIn(image).filter(
    ({ v4 }) => names.length === 0 || names.some((name) => v4.includes(name)),
  );
  const outcomes = families.map((family) => {
    const outcome = judge(image, family, runs);
    process.stdout.write(tell(outcome));
    return outcome;
  });
  if (args.includes("--write")) write(report(outcomes, apisVersion()));
  else process.stdout.write(`\n${report(outcomes, apisVersion())}\n`);
  if (outcomes.some(({ proof }) => proof !== undefined && proof.failures.length > 0)) process.exitCode = 1;
}

function tell(outcome: Outcome): string {
  const { family, annotations, refusals, proof } = outcome;
  const head = `${family.v3} → ${family.v4}  ${verdictOf(outcome)}, annotations ${annotations.length}`;
  const failures = proof?.failures.map(({ message, journey, example }) => `${message} ${journey} ${example}`);
  const lines = [...refusals.map(({ kind, message }) => `${kind}: ${message}`), ...(failures ?? [])];
  return [head, ...lines].join("\n  ").concat("\n");
}

function write(tables: string): void {
  const text = readFileSync(page, "utf8");
  const [before, after] = [text.indexOf(begin), text.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`${page} lacks ${begin} or ${end}`);
  writeFileSync(page, `${text.slice(0, before)}${begin}\n\n${tables}\n\n${text.slice(after)}`);
}
