import { type Subject, standing } from "../store/read-subject.js";
import type { Store } from "../store/store.js";
import { eachSubject } from "./each-subject.js";

/** A version that imports from a subject. */
export interface Dependent {
  readonly subject: string;
  readonly seq: number;
  /** Whether it is the last one that is not deleted. */
  readonly last: boolean;
  /** The version that it was made with; none where no version has the files so. */
  readonly on: number | undefined;
}

/** The versions that import from a subject, by subject, the newest first. */
export async function findDependents(store: Store, name: string): Promise<readonly Dependent[]> {
  const found: Dependent[] = [];
  for await (const subject of eachSubject(store)) found.push(...importsOf(subject, name));
  return found;
}

function importsOf(subject: Subject, name: string): readonly Dependent[] {
  const versions = standing(subject).toReversed();
  return versions.flatMap(({ seq, dependencies }, place) =>
    dependencies
      .filter((dependency) => dependency.subject === name)
      .map((dependency) => ({ subject: subject.name, seq, last: place === 0, on: dependency.seq })),
  );
}
