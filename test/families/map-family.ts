import { Proto4Error, type Proto4ErrorCode } from "../../src/diagnostics/index.js";
import type { Image } from "../../src/image/index.js";
import { type Mapping, mapSchema } from "../../src/mapping/index.js";
import type { Schema } from "../../src/schema/index.js";
import { declareEnd, declareUpgrade, type Ending } from "./annotate.js";
import { type Draft, draftOf, schemaOf } from "./draft.js";
import type { Family } from "./family.js";
import { type Problem, readProblem } from "./problem.js";

/** What became of one family. */
export interface Mapped {
  /** The files as annotated and, where something is refused, without it. */
  readonly draft: Draft;
  /** Of what is left when the refused is taken out; `undefined` where that leads to no end. */
  readonly mapping: Mapping | undefined;
  /** The kind of each annotation that was written. */
  readonly annotations: readonly string[];
  readonly refusals: readonly Refusal[];
}

export interface Refusal {
  readonly code: Proto4ErrorCode;
  readonly kind: string;
  readonly message: string;
}

/**
 * Maps two versions, following the advice of errors until there is none or it cannot be followed. What is refused
 * goes first: a field that is said to have ended leaves room for a guess about others.
 */
export function mapFamily(image: Image, family: Family): Mapped {
  const work = begin(image, family);
  for (let said = ""; ; ) {
    const mapping = tryMap(() => mapSchema(work.schema, family)!);
    if (!(mapping instanceof Proto4Error)) {
      if (work.ended.length === 0) return { ...work, mapping };
      // What the descriptors say counts, not what the schema was told under way.
      rebuild(work);
      continue;
    }
    const read = problemsOf(mapping).map((error) => ({
      error,
      problem: readProblem(error, work.schema, family),
    }));
    const refused = read.find(({ problem }) => problem?.ended === undefined);
    if (refused === undefined) {
      for (const { problem } of read) end(problem!, work);
      continue;
    }
    const { code, message } = refused.error;
    // The same again: what was tried did not help.
    const problem = message === said ? undefined : refused.problem;
    work.refusals.push({ code, kind: problem?.kind ?? "not understood", message });
    if (problem === undefined) return { ...work, mapping: undefined };
    rebuild(work, problem.setAside);
    said = message;
  }
}

function problemsOf(error: Proto4Error): readonly Proto4Error[] {
  return error.problems.length === 0 ? [error] : error.problems;
}

interface Work {
  readonly draft: Draft;
  readonly annotations: string[];
  readonly refusals: Refusal[];
  schema: Schema;
  /** What the schema was told to have ended, and the draft was not yet: to build anew each time would take long. */
  ended: Ending[];
}

function begin(image: Image, family: Family): Work {
  const draft = draftOf(image, [family.v3, family.v4]);
  const annotations = declareUpgrades(draft, family);
  return { draft, annotations, refusals: [], schema: schemaOf(draft), ended: [] };
}

function end({ kind, ended }: Problem, work: Work): void {
  work.annotations.push(kind);
  work.ended.push(ended!);
  const value = { ...ended!.lifecycle, state: "DEPRECATED", source: "own" };
  Object.defineProperty(ended, "lifecycle", { value });
}

function rebuild(work: Work, change: (draft: Draft) => void = () => {}): void {
  for (const element of work.ended) declareEnd(work.draft, element);
  change(work.draft);
  work.ended = [];
  work.schema = schemaOf(work.draft);
}

/** In a file of each package that is there: what the family does not use, nobody has to declare. */
function declareUpgrades(draft: Draft, { upgrades }: Family): string[] {
  if (upgrades.length === 0) return [];
  const files = [...schemaOf(draft).files.values()];
  return upgrades.flatMap(({ v3, v4 }) => {
    const file = files.find((file) => file.package === v4);
    const isHere = file !== undefined && files.some((file) => file.package === v3);
    if (isHere) declareUpgrade(draft, file, v3);
    return isHere ? "upgrades" : [];
  });
}

function tryMap(map: () => Mapping): Mapping | Proto4Error {
  try {
    return map();
  } catch (error) {
    if (error instanceof Proto4Error && error.code.startsWith("mapping-")) return error;
    throw error;
  }
}
