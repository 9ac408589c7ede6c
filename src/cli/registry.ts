import { Command } from "commander";
import { push } from "./registry-push.js";
import { diff, list, pull, show } from "./registry-read.js";
import { withStore } from "./with-store.js";

/** `proto4 registry`: exit code 0, 100 for findings that are errors, 1 for everything else. */
export function makeCommand(): Command {
  return new Command("registry")
    .description("Keep the versions of contracts, each judged against the one before it.")
    .helpCommand(false)
    .addCommand(
      withStore("push", "Publish a version, if the gate lets it pass.")
        .argument("[input]", "folder, image, archive, module or git reference, as buf takes it", ".")
        .requiredOption("--subject <owner/name>", "what to publish it under; the first push makes it")
        .option("--label <label>", "a name that stands at this version from now on, such as a branch's")
        .action(push),
    )
    .addCommand(withStore("list", "List the subjects and their last versions.").action(list))
    .addCommand(
      withStore("show", "Show the versions of a subject, the last one first.")
        .argument(...ref)
        .action(show),
    )
    .addCommand(
      withStore("pull", "Write the sources and the image of a version into a new folder.")
        .argument(...ref)
        .requiredOption("--out <dir>", "a folder that is not there yet, or empty")
        .action(pull),
    )
    .addCommand(
      withStore("diff", "Judge what changed between two versions.")
        .argument(...ref)
        .argument("[after]", "OWNER/NAME, OWNER/NAME@VERSION or @VERSION; the last version if not given")
        .action(diff),
    )
    .addHelpText("afterAll", examples);
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
  proto4 registry diff acme/user@1 @2`;
