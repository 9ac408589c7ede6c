import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import { Command, Option } from "commander";
import { Proto4Error } from "../diagnostics/index.js";
import { check, reportText } from "../gate/index.js";
import { exportSources, loadImage } from "../image/index.js";
import {
  exportVersion,
  findSubject,
  findVersion,
  listSubjects,
  loadVersion,
  openStore,
  type PublishOutcome,
  parseSubjectRef,
  publish,
  type Store,
  type Subject,
  type SubjectRef,
  type VersionRecord,
} from "../registry/index.js";

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
    .addHelpText("after", examples);
}

const ref = ["<version>", "OWNER/NAME for the last version, OWNER/NAME@3, or OWNER/NAME@LABEL"] as const;

const examples = `
A store is lmdb:PATH or consul://HOST:PORT[/prefix]. Consul's token is read from CONSUL_HTTP_TOKEN.

Examples:
  export PROTO4_STORE=lmdb:registry.lmdb
  proto4 registry push proto --subject acme/user --label main
  proto4 registry show acme/user
  proto4 registry pull acme/user@main --out user-contract
  proto4 registry diff acme/user@1 @2`;

interface StoreFlags {
  readonly store?: string;
}

function withStore(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .addOption(
      new Option("--store <address>", "lmdb:PATH or consul://HOST:PORT[/prefix]").env("PROTO4_STORE"),
    );
}

async function push(
  input: string,
  flags: StoreFlags & { readonly subject: string; readonly label?: string },
): Promise<void> {
  const { subject, label } = flags;
  await using(flags, true, async (store) => {
    progress(`compiling ${input}`);
    const { env } = process;
    const [image, sources] = await Promise.all([loadImage(input, { env }), exportSources(input, { env })]);
    progress(`judging and storing ${image.files.length} files`);
    const at = new Date().toISOString();
    const outcome = await publish(store, {
      subject,
      image,
      sources,
      label,
      by: user(),
      at,
      id: randomUUID(),
    });
    process.stdout.write(reportText(outcome.findings));
    tell(subject, label, outcome);
  });
}

function tell(subject: string, label: string | undefined, outcome: PublishOutcome): void {
  if (outcome.outcome === "refused") {
    const against =
      outcome.against === undefined ? "as a first version" : `against ${subject}@${outcome.against}`;
    process.stderr.write(`refused ${against}; the registry is as it was\n`);
    process.exitCode = 100;
    return;
  }
  const { version, outcome: result } = outcome;
  const labelled = label === undefined ? "" : `, labelled ${label}`;
  const packages = version.contracts.map((contract) => contract.package).join(", ");
  process.stdout.write(
    result === "published"
      ? `published ${subject}@${version.seq}${labelled}: ${packages}\n`
      : `${subject}@${version.seq} is the same to the byte${labelled}: nothing to publish\n`,
  );
}

async function list(flags: StoreFlags): Promise<void> {
  await using(flags, false, async (store) => {
    const subjects = await listSubjects(store);
    if (subjects.length === 0) process.stderr.write("the registry is empty; proto4 registry push fills it\n");
    for (const subject of subjects) process.stdout.write(`${headline(subject, subject.versions.at(-1)!)}\n`);
  });
}

async function show(text: string, flags: StoreFlags): Promise<void> {
  const wanted = parseSubjectRef(text);
  await using(flags, false, async (store) => {
    const subject = await findSubject(store, wanted.subject);
    const only = wanted.version === undefined ? undefined : await findVersion(store, wanted);
    for (const version of subject.versions.toReversed())
      if (only === undefined || only.seq === version.seq) {
        process.stdout.write(`${headline(subject, version)}\n`);
        for (const contract of version.contracts)
          process.stdout.write(`  ${contract.package}  ${contract.fingerprint}\n`);
      }
  });
}

async function pull(text: string, flags: StoreFlags & { readonly out: string }): Promise<void> {
  const wanted = parseSubjectRef(text);
  await using(flags, false, async (store) => {
    const version = await findVersion(store, wanted);
    const paths = await exportVersion(store, version, flags.out);
    process.stdout.write(`${wanted.subject}@${version.seq} is in ${flags.out}: ${paths.join(", ")}\n`);
    if (paths.length === 1) process.stderr.write("it was pushed as an image: there are no sources\n");
  });
}

async function diff(from: string, to: string | undefined, flags: StoreFlags): Promise<void> {
  const before = parseSubjectRef(from);
  const after = parseSubjectRef(to?.startsWith("@") ? `${before.subject}${to}` : (to ?? before.subject));
  await using(flags, false, async (store) => {
    const [a, b] = [await load(store, before), await load(store, after)];
    const findings = check(a.image, b.image, { today: new Date().toISOString().slice(0, 10) });
    process.stdout.write(reportText(findings));
    process.stderr.write(`${findings.length} findings from ${a.name} to ${b.name}\n`);
    if (findings.some(({ severity }) => severity === "error")) process.exitCode = 100;
  });
}

async function load(store: Store, ref: SubjectRef) {
  const version = await findVersion(store, ref);
  return { name: `${ref.subject}@${version.seq}`, image: await loadVersion(store, ref.subject, version) };
}

/** `acme/user@3  2026-11-22T10:49:47.000Z  by jo  acme.user.v1  labels main` */
function headline(subject: Subject, { seq, at, by, contracts }: VersionRecord): string {
  const packages = contracts.map((contract) => contract.package).join(" ");
  const labels = [...subject.labels].filter(([, labelled]) => labelled === seq).map(([label]) => label);
  const tail = labels.length === 0 ? "" : `  labels ${labels.join(" ")}`;
  return `${subject.name}@${seq}  ${at}  by ${by}  ${packages}${tail}`;
}

async function using(
  { store: address }: StoreFlags,
  create: boolean,
  action: (store: Store) => Promise<void>,
): Promise<void> {
  if (address === undefined)
    throw new Proto4Error(
      "usage",
      "no store is named: give --store lmdb:PATH or consul://HOST:PORT[/prefix], or set PROTO4_STORE",
    );
  const store = await openStore(address, { now: Date.now, create, token: process.env.CONSUL_HTTP_TOKEN });
  try {
    await action(store);
  } finally {
    await store.close();
  }
}

/** On a terminal only: logs keep what came of it. */
function progress(doing: string): void {
  if (process.stderr.isTTY) process.stderr.write(`${doing} …\n`);
}

function user(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "unknown"; // a container's user need not have a name
  }
}
