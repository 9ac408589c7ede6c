import { oneLine } from "../diagnostics/index.js";
import {
  exportVersion,
  findDependents,
  findSubject,
  findVersion,
  listSubjects,
  parseSubjectRef,
  type Subject,
  standing,
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
    const subjects = await listSubjects(store);
    if (subjects.length === 0) process.stderr.write("the registry is empty; proto4 registry push fills it\n");
    for (const subject of subjects) {
      const last = standing(subject).at(-1) ?? subject.versions.at(-1)!;
      process.stdout.write(flags.json ? asJson(subject, last) : `${headline(subject, last)}\n`);
    }
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

function asJson({ name, labels }: Subject, version: Version): string {
  const standingAt = [...labels].filter(([, seq]) => seq === version.seq).map(([label]) => label);
  return `${JSON.stringify({ subject: name, ...version, labels: standingAt })}\n`;
}

function describe(subject: Subject, version: Version): string {
  const { contracts, dependencies, forced } = version;
  return [
    headline(subject, version),
    ...contracts.map((contract) => `  ${contract.package}  ${contract.fingerprint}`),
    ...dependencies.map(
      (on) => `  imports ${on.subject}${on.seq === undefined ? ", as no version has it" : `@${on.seq}`}`,
    ),
    ...(forced === undefined ? [] : [`  ${tellForced(forced)}: ${oneLine(forced.reason)}`]),
    "",
  ].join("\n");
}

/** `acme/user@3  2026-11-22T10:49:47.000Z  by jo  acme.user.v1  labels main` */
function headline(subject: Subject, { seq, at, by, contracts, deleted }: Version): string {
  const names = contracts.map((contract) => contract.package);
  const packages = names.length <= mostShown ? names.join(" ") : `${names.length} packages`;
  const labels = [...subject.labels].filter(([, labelled]) => labelled === seq).map(([label]) => label);
  const tail = labels.length === 0 ? "" : `  labels ${labels.join(" ")}`;
  const gone = deleted === undefined ? "" : `  deleted by ${oneLine(deleted.by)}`;
  return `${subject.name}@${seq}  ${at}  by ${oneLine(by)}  ${packages}${tail}${gone}`;
}

const mostShown = 8;
