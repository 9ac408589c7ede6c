import { posix } from "node:path";
import { packageFile } from "../package-file.js";
import {
  adviseBufYaml,
  adviseGenerate,
  adviseLint,
  adviseNested,
  adviseOptions,
  adviseOutside,
} from "./advice.js";
import { bufGenYaml, bufYaml, proto4Yaml } from "./config-texts.js";
import type { Ci, WorkspaceFacts } from "./facts.js";
import { findRoots } from "./find-roots.js";
import { planCi } from "./plan-ci.js";
import type { PlannedFile } from "./planned-file.js";

/** What `proto4 init` writes into a workspace, and what it finds there; nothing is written here. */
export function planFiles(facts: WorkspaceFacts, ci: Ci | "none"): readonly PlannedFile[] {
  const { modules, protos } = facts;
  const roots = modules?.roots ?? findRoots(protos);
  const plan = (path: string, text: string, purpose: string, advise: (found: string) => readonly string[]) =>
    planFile(facts, path, text, purpose, advise);
  return [
    planOptions(facts, roots),
    ...(modules === undefined || facts.read("buf.yaml") !== undefined
      ? [
          planBufYaml(
            plan("buf.yaml", bufYaml(roots), "modules", () => adviseBufYaml(facts, roots)),
            facts,
            roots,
          ),
        ]
      : []),
    plan("buf.gen.yaml", bufGenYaml, "what buf generate calls", adviseGenerate),
    plan("proto4.yaml", proto4Yaml(schemaOf(facts)), "the policy, with what holds anyway", () => []),
    ...planCi(facts, ci),
  ];
}

function planFile(
  { read }: WorkspaceFacts,
  path: string,
  text: string,
  purpose: string,
  advise: (found: string) => readonly string[],
): PlannedFile {
  const found = read(path);
  const isThere = found !== undefined;
  return { path, text, purpose, isThere, advice: isThere ? advise(found) : [] };
}

/** A new one has to say what it silences. */
function planBufYaml(planned: PlannedFile, facts: WorkspaceFacts, roots: readonly string[]): PlannedFile {
  if (planned.isThere) return planned;
  return { ...planned, advice: [...adviseOutside(facts.protos, roots), ...adviseNested(facts)] };
}

/** Where one of the modules has it; else in the first. */
function planOptions(facts: WorkspaceFacts, roots: readonly string[]): PlannedFile {
  const pathIn = (root: string) => posix.join(root, "proto4/options.proto");
  const root = roots.find((each) => facts.read(pathIn(each)) !== undefined) ?? roots[0] ?? ".";
  const text = packageFile("proto/proto4/options.proto");
  const planned = planFile(facts, pathIn(root), text, "lifecycles, to import", adviseOptions);
  return { ...planned, advice: [...planned.advice, ...adviseLint(facts.read, root)] };
}

/** An editor follows the path only where npm puts the package. */
function schemaOf({ read }: WorkspaceFacts): string | undefined {
  return read("package.json") === undefined ? undefined : "./node_modules/proto4/proto4.schema.json";
}
