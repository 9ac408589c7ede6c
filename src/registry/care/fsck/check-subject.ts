import { labelKey, subjectsPrefix } from "../../store/layout.js";
import { readSubject, type Subject } from "../../store/read-subject.js";
import type { StoreEntry } from "../../store/store.js";
import { messageOf, type Problem } from "./problem.js";

/** The subjects that can be read, and what is wrong with the others. */
export function readSubjects(entries: readonly StoreEntry[]) {
  const groups = new Map<string, StoreEntry[]>();
  for (const entry of entries) {
    if (!entry.key.startsWith(subjectsPrefix)) continue;
    const name = entry.key.slice(subjectsPrefix.length).split("/", 2).join("/");
    groups.set(name, [...(groups.get(name) ?? []), entry]);
  }
  const whole: Subject[] = [];
  const problems: Problem[] = [];
  for (const [name, group] of groups) {
    try {
      const subject = readSubject(name, group);
      if (subject !== undefined) whole.push(subject);
      else
        problems.push({
          where: `${subjectsPrefix}${name}`,
          message: "it has no head: restore it from a backup of the store",
        });
    } catch (error) {
      problems.push({ where: `${subjectsPrefix}${name}`, message: messageOf(error) });
    }
  }
  return { whole, problems };
}

/** Whether what a subject points to is there. */
export function checkSubject(
  { name, head, versions, labels }: Subject,
  subjects: readonly Subject[],
  entries: readonly StoreEntry[],
): readonly Problem[] {
  const seqs = new Set(versions.map(({ seq }) => seq));
  const missing = Array.from({ length: head.seq }, (_, place) => place + 1).filter((seq) => !seqs.has(seq));
  const known = (subject: string, seq: number | undefined) =>
    subjects.some(
      (each) => each.name === subject && (seq === undefined || each.versions.some((v) => v.seq === seq)),
    );
  return [
    ...missing.map((seq) => ({
      where: `${subjectsPrefix}${name}/version/${seq}`,
      message:
        "this version's record is not there, and what it changed of the contracts is lost: restore it from a backup of the store",
    })),
    ...[...labels]
      .filter(([, seq]) => !seqs.has(seq))
      .map(([label, seq]) =>
        mendable(labelKey(name, label), `it stands at version ${seq}, which is not there`, entries),
      ),
    ...versions.flatMap(({ seq, dependencies }) =>
      dependencies
        .filter((on) => !known(on.subject, on.seq))
        .map((on) => ({
          where: `${subjectsPrefix}${name}/version/${seq}`,
          message: `it imports from ${on.subject}${on.seq === undefined ? "" : `@${on.seq}`}, which is not there: its own files are whole`,
        })),
    ),
  ];
}

/** A record that is deleted to mend what is wrong with it. */
function mendable(key: string, what: string, entries: readonly StoreEntry[]): Problem {
  const index = entries.find((entry) => entry.key === key)?.index ?? 0;
  return { where: key, message: `${what}: --repair deletes it`, repair: [{ verb: "delete", key, index }] };
}
