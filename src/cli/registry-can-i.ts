import { type Command, Option } from "commander";
import { oneLine } from "../diagnostics/index.js";
import {
  type Answer,
  canIDeploy,
  canIRemove,
  loadContracts,
  loadObserved,
  type PairCategory,
  pairCategories,
  type Role,
  roles,
} from "../registry/index.js";
import { today } from "./today.js";
import { type StoreFlags, using, withStore } from "./with-store.js";

interface AskFlags extends StoreFlags {
  readonly env: string;
  readonly format: "text" | "json";
}

interface DeployFlags extends AskFlags {
  readonly fingerprint: readonly string[];
  readonly service: string;
  readonly role?: readonly Role[];
  readonly category: PairCategory;
}

/** `proto4 registry can-i-remove` */
export function makeCanIRemove(): Command {
  return asking("can-i-remove", "Ask whether anything that runs still speaks an element.")
    .argument("<element>", "full name of a package, message, field, enum, value, service or method")
    .action(async (element: string, flags: AskFlags) => {
      await using(flags, false, async (registry) => {
        const contracts = await loadContracts(registry, { category: "WIRE", today: today() });
        const answer = await canIRemove(
          element,
          await loadObserved(registry.store, flags.env),
          contracts,
          Date.now(),
        );
        tell(answer, `removing ${element}, as far as ${flags.env} goes`, flags);
      });
    });
}

/** `proto4 registry can-i-deploy` */
export function makeCanIDeploy(): Command {
  return asking("can-i-deploy", "Ask whether a service gets on with what runs, before it is deployed.")
    .requiredOption(
      "--fingerprint <fingerprint...>",
      "of the contracts it runs, as its generated code exports them",
    )
    .requiredOption("--service <service>", "the name under which it joins")
    .addOption(
      new Option("--role <role...>", "what it does with them; what it was seen with if not given").choices(
        roles,
      ),
    )
    .addOption(
      new Option("--category <name>", "compare what meets by its bytes alone, or by its JSON too")
        .choices(pairCategories)
        .default("WIRE"),
    )
    .action(async (flags: DeployFlags) => {
      await using(flags, false, async (registry) => {
        const { service, fingerprint: fingerprints, role, category } = flags;
        const contracts = await loadContracts(registry, { category, today: today() });
        const observed = await loadObserved(registry.store, flags.env);
        const answer = await canIDeploy(
          { service, fingerprints, roles: role },
          observed,
          contracts,
          Date.now(),
        );
        tell(answer, `deploying ${service} to ${flags.env}`, flags);
      });
    });
}

function asking(name: string, description: string): Command {
  return withStore(name, description)
    .requiredOption("--env <environment>", "where it runs")
    .addOption(
      new Option("--format <format>", "how to print the answer").choices(["text", "json"]).default("text"),
    )
    .addHelpText(
      "after",
      "\nExit code 0 means yes, 100 no, 3 that it cannot be known, 1 that it could not be asked: a gate lets pass 0 alone.",
    );
}

function tell(answer: Answer, what: string, { format }: AskFlags): void {
  if (format === "json") process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else {
    const lines = answer.reasons.map(({ says, message }) => `  ${says.padEnd(7)}  ${oneLine(message)}\n`);
    process.stdout.write(`${answer.answer}: ${what}\n${lines.join("")}`);
  }
  process.exitCode = exitCodes[answer.answer];
}

const exitCodes = { yes: 0, no: 100, unknown: 3 } as const;
