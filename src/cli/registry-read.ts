import { check, reportText } from "../gate/index.js";
import {
  exportVersion,
  findSubject,
  findVersion,
  listSubjects,
  loadVersion,
  parseSubjectRef,
  type Store,
  type Subject,
  type SubjectRef,
  type VersionRecord,
} from "../registry/index.js";
import { type StoreFlags, using } from "./with-store.js";

/** `proto4 registry list` */
export async function list(flags: StoreFlags): Promise<void> {
  await using(flags, false, async (store) => {
    const subjects = await listSubjects(store);
    if (subjects.length === 0) process.stderr.write("the registry is empty; proto4 registry push fills it\n");
    for (const subject of subjects) process.stdout.write(`${headline(subject, subject.versions.at(-1)!)}\n`);
  });
}

/** `proto4 registry show` */
export async function show(text: string, flags: StoreFlags): Promise<void> {
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

/** `proto4 registry pull` */
export async function pull(text: string, flags: StoreFlags & { readonly out: string }): Promise<void> {
  const wanted = parseSubjectRef(text);
  await using(flags, false, async (store) => {
    const version = await findVersion(store, wanted);
    const paths = await exportVersion(store, version, flags.out);
    process.stdout.write(`${wanted.subject}@${version.seq} is in ${flags.out}: ${paths.join(", ")}\n`);
    if (paths.length === 1) process.stderr.write("it was pushed as an image: there are no sources\n");
  });
}

/** `proto4 registry diff` */
export async function diff(from: string, to: string | undefined, flags: StoreFlags): Promise<void> {
  const before = parseSubjectRef(from);
  const after = parseSubjectRef(to?.startsWith("@") ? `${before.subject}${to}` : (to ?? before.subject));
  await using(flags, false, async (store) => {
    const [a, b] = [await load(store, before), await load(store, after)];
    const findings = check(a.image, b.image, { today: new Date().toISOString().slice(0, 10) });
    process.stdout.write(reportText(findings));
    const count = `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
    process.stderr.write(`${count} from ${a.name} to ${b.name}\n`);
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
