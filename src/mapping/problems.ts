import { Proto4Error } from "../diagnostics/index.js";

/** Collects what is in the way of a mapping, so that an author learns of all of it at once. */
export interface Problems {
  /** Runs a part that others do not wait for. @returns `undefined` where something was in its way */
  attempt<T>(part: () => T): T | undefined;
  /** @throws Proto4Error the first problem by place, with the others under `problems` */
  settle(): void;
}

export function collectProblems(): Problems {
  const found = new Map<string, Proto4Error>();
  return {
    attempt: (part) => {
      try {
        return part();
      } catch (error) {
        if (!(error instanceof Proto4Error) || !error.code.startsWith("mapping-")) throw error;
        if (found.size < most) found.set(`${place(error)} ${error.message}`, error);
        return undefined;
      }
    },
    settle: () => {
      const problems = [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, each]) => each);
      const [first] = problems;
      if (first !== undefined) throw problems.length === 1 ? first : summary(first, problems);
    },
  };
}

function summary(first: Proto4Error, problems: readonly Proto4Error[]): Proto4Error {
  const rest = problems.length - 1;
  const count = problems.length === most ? `at least ${rest} more` : `${rest} more`;
  const message = `${first.message} (and ${count} ${rest === 1 ? "problem" : "problems"})`;
  return new Proto4Error(first.code, message, { location: first.location, cause: first.cause, problems });
}

/** Sorts by file, line and column. */
function place({ location }: Proto4Error): string {
  const { path = "", startLine = 0, startColumn = 0 } = location ?? {};
  return [path, pad(startLine), pad(startColumn)].join(":");
}

function pad(position: number): string {
  return String(position).padStart(8, "0");
}

/** An author reads no more at once, and a pair of packages that never belonged together has thousands. */
const most = 100;
