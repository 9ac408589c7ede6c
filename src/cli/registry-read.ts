import { oneLine } from "../diagnostics/index.js";
import {
  exportVersion,
  findDependents,
  findSubject,
  findVersion,
  type ListedSubject,
  listSubjects,
  parseSubjectRef,
  type Subject,
  type Version,
} from "../registry/index.js";
import { tellForced } from "./registry-push.js";
import { type StoreFlags, using } from "./with-store.js";

export interface JsonFlags extends StoreFlags {
  readonly json?: boolean;
}

/** `proto4 registry list` */
export async function list(flags: JsonFlags): Promise<void> {
  await using(flags, false, async ({ store }) => {
    let count = 0;
    for await (const listed of listSubjects(store)) {
      const { subject, version, ...rest } = listed;
      const text = flags.json ? JSON.stringify({ subject, ...version, ...rest }) : headline(listed);
      process.stdout.write(`${text}\n`);
      count++;
    }
    if (count === 0) process.stderr.write("the registry is empty; proto4 registry push fills it\n");
  });
}

/** `proto4 registry show` */
export async function show(text: string, flags: JsonFlags): Promise<void> {
  const wanted = parseSubjectRef(text);
  await using(flags, false, async ({ store }) => {
    const subject = await findSubject(store, wanted.subject);
    const only = wanted.version === undefined ? undefined : await findVersion(store, wanted);
    for (const version of subject.versions.toReversed())
      if (only === undefined || only.seq === version.seq)
        process.stdout.write(flags.json ? asJson(subject, version) : describe(subject, version));
    if (!flags.json && only === undefined)
      for (const { finding, by, reason, expires } of subject.approvals)
        process.stdout.write(
          `${oneLine(`approved ${finding} by ${by}${expires ? ` until ${expires}` : ""}: ${reason}`)}\n`,
        );
  });
}

/** `proto4 registry pull` */
export async function pull(text: string, flags: StoreFlags & { readonly out: string }): Promise<void> {
  const wanted = parseSubjectRef(text);
  await using(flags, false, async (registry) => {
    const version = await findVersion(registry.store, wanted);
    const paths = await exportVersion(registry, version, flags.out);
    const shown = paths.length <= mostShown ? paths.join(", ") : `${paths.length} files`;
    process.stdout.write(`${wanted.subject}@${version.seq} is in ${flags.out}: ${shown}\n`);
    if (paths.length === 1) process.stderr.write("it was pushed as an image: there are no sources\n");
  });
}

/** `proto4 registry dependents` */
export async function dependents(subject: string, flags: JsonFlags): Promise<void> {
  await using(flags, false, async ({ store }) => {
    await findSubject(store, subject);
    const found = await findDependents(store, subject);
    if (found.length === 0) process.stderr.write(`no version of another subject imports from ${subject}\n`);
    for (const dependent of found) {
      const on =
        dependent.on === undefined ? "files that no version of it has so" : `${subject}@${dependent.on}`;
      process.stdout.write(
        flags.json
          ? `${JSON.stringify(dependent)}\n`
          : `${dependent.subject}@${dependent.seq}${dependent.last ? "" : " (elder)"} imports ${on}\n`,
      );
    }
  });
}

function asJson(subject: Subject, version: Version): string {
  return `${JSON.stringify({ subject: subject.name, ...version, labels: labelsAt(subject, version) })}\n`;
}

function labelsAt({ labels }: Subject, { seq }: Version): readonly string[] {
  return [...labels].filter(([, labelled]) => labelled === seq).map(([label]) => label);
}

function describe(subject: Subject, version: Version): string {
  const { contracts, dependencies, forced } = version;
  const packages = contracts.map((contract) => contract.package);
  return [
    headline({ subject: subject.name, version, packages, labels: labelsAt(subject, version) }),
    ...contracts.map((contract) => `  ${contract.package}  ${contract.fingerprint}`),
    ...dependencies.map(
      (on) => `  imports ${on.subject}${on.seq === undefined ? ", as no version has it" : `@${on.seq}`}`,
    ),
    ...(forced === undefined ? [] : [`  ${tellForced(forced)}: ${oneLine(forced.reason)}`]),
    "",
  ].join("\n");
}

/** `acme/user@3  2026-11-22T10:49:47.000Z  by jo  acme.user.v1  labels main` */
function headline({ subject, version, packages, labels }: ListedSubject): string {
  const { seq, at, by, deleted } = version;
  const shown = packages.length <= mostShown ? packages.join(" ") : `${packages.length} packages`;
  const tail = labels.length === 0 ? "" : `  labels ${labels.join(" ")}`;
  const gone = deleted === undefined ? "" : `  deleted by ${oneLine(deleted.by)}`;
  return `${subject}@${seq}  ${at}  by ${oneLine(by)}  ${shown}${tail}${gone}`;
}

const mostShown = 8;
