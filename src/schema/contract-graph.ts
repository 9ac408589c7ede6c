import type { NotedElement } from "./contract-notes.js";
import type { ContractNode, ContractReader } from "./contract-reader.js";
import { sha256 } from "./element-digests.js";

/** Top-level elements that were read, and need not be read again. */
export interface ContractMemory {
  /** By path. */
  readonly declared: Map<string, readonly string[]>;
  /** By full name. */
  readonly nodes: Map<string, ContractNode>;
}

/** What of it holds in an image of which these files, or what they import, are others. */
export function memoryWithout(
  { declared, nodes }: ContractMemory,
  reached: ReadonlySet<string>,
): ContractMemory {
  return {
    declared: new Map([...declared].filter(([path]) => !reached.has(path))),
    nodes: new Map([...nodes].filter(([, { path }]) => !reached.has(path))),
  };
}

/**
 * A function that gives the fingerprint of what the files at some paths declare and all that it reaches.
 * @param memory is filled with all that is read
 * @param readers asked in turn for what is not in the memory
 */
export function makeContractPrint(
  memory: ContractMemory,
  readers: readonly (() => ContractReader)[],
): (paths: readonly string[]) => string {
  const { declared, nodes } = memory;
  const declaredAt = remembering(declared, (path) => ask(readers, (reader) => reader.declaredAt(path)) ?? []);
  const node = remembering(nodes, (name) => ask(readers, (reader) => reader.node(name))!);
  return (paths) => {
    const elements = contractElements(paths, declaredAt, node);
    return sha256(elements.map(({ line }) => line).join("\n"));
  };
}

/** What the files at some paths declare and all that it reaches, in the order of its lines. */
export function contractElements(
  paths: readonly string[],
  declaredAt: (path: string) => readonly string[],
  node: (name: string) => ContractNode,
): readonly NotedElement[] {
  const reached = new Set(paths.flatMap(declaredAt));
  const elements: NotedElement[] = [];
  // A set's iterator also visits what is added under way.
  for (const name of reached) {
    const { line, neighbours } = node(name);
    elements.push({ name, line, neighbours });
    for (const neighbour of neighbours) reached.add(neighbour);
  }
  return elements.sort((a, b) => (a.line < b.line ? -1 : 1));
}

function ask<Answer>(
  readers: readonly (() => ContractReader)[],
  question: (reader: ContractReader) => Answer | undefined,
): Answer | undefined {
  for (const reader of readers) {
    const answer = question(reader());
    if (answer !== undefined) return answer;
  }
  return undefined;
}

function remembering<Result>(
  known: Map<string, Result>,
  read: (key: string) => Result,
): (key: string) => Result {
  return (key) => {
    const result = known.get(key) ?? read(key);
    known.set(key, result);
    return result;
  };
}
