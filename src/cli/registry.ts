import { Command, Option } from "commander";
import { directions } from "../gate/index.js";
import { makeCanIDeploy, makeCanIRemove } from "./registry-can-i.js";
import { caring } from "./registry-care.js";
import { diff, diffFormats } from "./registry-diff.js";
import { makeDrift } from "./registry-drift.js";
import { makeEnvironment } from "./registry-environment.js";
import { makeElements, makeFind } from "./registry-find.js";
import { approve, label, log, policy, remove, restore, revoke, unlabel } from "./registry-manage.js";
import { moving } from "./registry-move.js";
import { push } from "./registry-push.js";
import { dependents, list, pull, show } from "./registry-read.js";
import { withStore } from "./with-store.js";

/** `proto4 registry`: exit code 0, 100 for findings that are errors and for no, 3 for unknown, 1 for everything else. */
export function makeCommand(): Command {
  const command = new Command("registry")
    .description("Keep the versions of contracts, each judged against the one before it, and who runs which.")
    .helpCommand(false);
  for (const make of [...publishing(), ...looking(), ...managing(), ...observing(), ...caring(), ...moving()])
    command.addCommand(make);
  return command.addHelpText("after", examples);
}

function publishing(): readonly Command[] {
  return [
    withStore("push", "Publish a version, if the gate lets it pass.")
      .argument("[input]", "folder, image, archive, module or git reference, as buf takes it", ".")
      .requiredOption("--subject <owner/name>", "what to publish it under; the first push makes it")
      .option("--label <label>", "a name that stands at this version from now on, such as a branch's")
      .option("--dry-run", "judge it and write nothing")
      .option("--force", "publish it whatever the gate says; needs a reason, which is written down")
      .option("--reason <text>", "why it is forced")
      .option("--json", "print what came of it as one line of JSON")
      .action(push),
  ];
}

function looking(): readonly Command[] {
  return [
    withJson("list", "List the subjects and their last versions.").action(list),
    withJson("show", "Show the versions of a subject, the last one first.")
      .argument(...ref)
      .action(show),
    withStore("pull", "Write the sources and the image of a version into a new folder.")
      .argument(...ref)
      .requiredOption("--out <dir>", "a folder that is not there yet, or empty")
      .action(pull),
    withJson("diff", "Judge what changed between two versions, each way.")
      .argument(...ref)
      .argument("[after]", "OWNER/NAME, OWNER/NAME@VERSION or @VERSION; the last version if not given")
      .option("--category <name>", "rules to ask, by category or id; may be given several times", collect)
      .addOption(new Option("--format <format>", "how to print it").choices(diffFormats).conflicts("json"))
      .action(diff),
    withJson("dependents", "List the versions of other subjects that import from one.")
      .argument("<subject>", "OWNER/NAME")
      .action(dependents),
    makeFind(),
    makeElements(),
    withJson("log", "Show what was done, the last first.")
      .argument("[subject]", "OWNER/NAME; everything if not given")
      .action(log),
  ];
}

function observing(): readonly Command[] {
  return [makeDrift(), makeCanIRemove(), makeCanIDeploy(), makeEnvironment()];
}

function managing(): readonly Command[] {
  return [
    withStore("label", "Put a label at a version, wherever it stood.")
      .argument(...ref)
      .argument("<label>")
      .action(label),
    withStore("unlabel", "Remove a label.").argument("<subject>").argument("<label>").action(unlabel),
    withStore("policy", "Show how new versions of a subject are judged, or change it.")
      .argument("<subject>", "OWNER/NAME")
      .option("--category <name>", "rules to ask, by category or id; may be given several times", collect)
      .option("--direction <direction>", `who is to get on with whom: ${directions.join(", ")}`)
      .option(
        "--config <proto4.yaml>",
        "lifecycle, severities and tracked options from this file, kept as it is",
      )
      .option("--reset", "forget what was said before")
      .action(policy),
    withStore("approve", "Let pushes pass over a finding.")
      .argument("<subject>", "OWNER/NAME")
      .argument("<finding>", "the id of a finding, as a refused push tells it")
      .requiredOption("--reason <text>", "why it is accepted")
      .option("--expires <day>", "last day, as in 2027-01-31")
      .action(approve),
    withStore("revoke", "Take an approval back.").argument("<subject>").argument("<finding>").action(revoke),
    withStore("delete", "Delete a version; it can be restored.")
      .argument("<version>", "OWNER/NAME@3")
      .option("--hard", "give up the files of one that is deleted already")
      .option("--force", "also while it is referenced or was seen running; needs a reason")
      .option("--reason <text>", "why it is forced")
      .action(remove),
    withStore("restore", "Bring a deleted version back.")
      .argument("<version>", "OWNER/NAME@3")
      .action(restore),
  ];
}

function withJson(name: string, description: string): Command {
  return withStore(name, description).option("--json", "print a line of JSON each");
}

function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

const ref = ["<version>", "OWNER/NAME for the last version, OWNER/NAME@3, or OWNER/NAME@LABEL"] as const;

const examples = `
A store is lmdb:PATH or consul://HOST:PORT[/prefix][?dc=NAME]. Consul's own variables are read: CONSUL_HTTP_TOKEN,
and for TLS CONSUL_HTTP_SSL, CONSUL_CACERT, CONSUL_CLIENT_CERT, CONSUL_CLIENT_KEY and CONSUL_TLS_SERVER_NAME.

Examples:
  export PROTO4_STORE=lmdb:registry.lmdb
  proto4 registry push proto --subject acme/user --label main
  proto4 registry show acme/user
  proto4 registry pull acme/user@main --out user-contract
  proto4 registry diff acme/user@1 @2
  proto4 registry find acme.user.v1.User.fax
  proto4 registry elements --state DEPRECATED
  proto4 registry drift --env production --watch
  proto4 registry can-i-remove acme.user.v1.User.fax --env production`;
