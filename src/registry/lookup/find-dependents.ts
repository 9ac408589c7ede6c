import { standing } from "../store/read-subject.js";
import type { Store } from "../store/store.js";
import { listSubjects } from "./find-subject.js";

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
  const subjects = await listSubjects(store);
  return subjects.flatMap((subject) => {
    const versions = standing(subject).toReversed();
    return versions.flatMap(({ seq, dependencies }, place) =>
      dependencies
        .filter((dependency) => dependency.subject === name)
        .map((dependency) => ({ subject: subject.name, seq, last: place === 0, on: dependency.seq })),
    );
  });
}
