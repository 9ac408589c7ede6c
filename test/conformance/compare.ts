import type { Verdict } from "./run-runner.js";

/** What one peer fails and protobuf-es alone passes. */
export interface Comparison {
  /** The runner's reason by test. */
  readonly unexplained: ReadonlyMap<string, string>;
  /** Why it has to be so by test. */
  readonly explained: ReadonlyMap<string, string>;
  /** Explanations that no test needs any more. */
  readonly idle: readonly string[];
}

/** @throws Error where the two were not asked, or did not answer, the same number of tests */
export function compare(alone: Verdict, other: Verdict): Comparison {
  if (asked(alone) !== asked(other) || alone.skipped !== other.skipped)
    throw new Error(`${alone.peer} and ${other.peer} were not asked, or did not answer, the same tests`);
  const explanations = Object.entries(other.peer === "as-v4" ? asV4 : {});
  const fails = [...other.failed].filter(([name]) => !alone.failed.has(name));
  const explain = (name: string) => explanations.find(([suffix]) => name.endsWith(suffix))?.[1];
  return {
    unexplained: new Map(fails.filter(([name]) => explain(name) === undefined)),
    explained: new Map(fails.flatMap(([name]) => (explain(name) ? [[name, explain(name)!]] : []))),
    idle: explanations
      .map(([suffix]) => suffix)
      .filter((suffix) => !fails.some(([name]) => name.endsWith(suffix))),
  };
}

function asked({ passed, skipped, failed }: Verdict): number {
  return passed + skipped + failed.size;
}

/** By the end of a test's name. In none of them do bytes mean something else. */
const asV4: Readonly<Record<string, string>> = {
  ".ValidDataOneofBinary.MESSAGE.Merge.ProtobufOutput":
    "the test wants certain bytes, and v4 writes its fields in the order of its own numbers",
  ".JsonInput.FieldNameExtension.Validator":
    "JSON names an extension with its package, and v4's is another one",
};
