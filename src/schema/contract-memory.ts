import { type Image, reachedFiles } from "../image/index.js";
import { type ContractMemory, contractElements, memoryWithout } from "./contract-graph.js";
import { printNotes, readNotes } from "./contract-notes.js";
import { pathsByPackage } from "./paths-by-package.js";

/** What is known of an image's contracts, as long as somebody has it; what is added is known to all. */
export function memoryOf(image: Image): ContractMemory {
  return memories.get(image) ?? keep(image, { declared: new Map(), nodes: new Map() });
}

/** Begins that of an image with what holds in it of an elder one's. @param reached paths of what does not */
export function memoryAfter(image: Image, elder: Image, reached: ReadonlySet<string>): ContractMemory {
  return keep(image, memoryWithout(memoryOf(elder), reached));
}

function keep(image: Image, memory: ContractMemory): ContractMemory {
  memories.set(image, memory);
  return memory;
}

const memories = new WeakMap<Image, ContractMemory>();

/** Packages of an elder image that a change reaches and of which nothing is known: notes of them spare reading them. */
export function forgottenContracts(image: Image, before: Image): readonly string[] {
  const reached = reachedFiles(before, image);
  if (reached.size === 0) return [];
  const { declared } = memoryOf(before);
  return [...pathsByPackage(before)]
    .filter(
      ([, paths]) => paths.some((path) => reached.has(path)) && !paths.every((path) => declared.has(path)),
    )
    .map(([name]) => name);
}

/** The notes of those contracts of an image whose fingerprints were taken, and not only told, by package. */
export function contractNotes(image: Image, packages: Iterable<string>): ReadonlyMap<string, string> {
  const { declared, nodes } = memoryOf(image);
  const all = pathsByPackage(image);
  const isKnown = (path: string) => declared.get(path)?.every((name) => nodes.has(name)) ?? false;
  const known = [...packages].filter((name) => all.get(name)?.every(isKnown));
  return new Map(
    known.map((name) => {
      const declaredAt = (path: string) => declared.get(path)!;
      return [name, printNotes(contractElements(all.get(name)!, declaredAt, (each) => nodes.get(each)!))];
    }),
  );
}

/**
 * Takes from notes what is known of a contract of an image.
 * @param text is not believed: see `readNotes`
 * @param homeOf the path of the file that declares an element, which says when it has to be read anew: the same contract
 * may lie in other files elsewhere
 */
export function recallContract(
  image: Image,
  { package: packageName, fingerprint }: { readonly package: string; readonly fingerprint: string },
  text: string,
  homeOf: (name: string) => string | undefined,
): void {
  const elements = readNotes(text, fingerprint);
  if (elements === undefined) return;
  const homes = elements.map(({ name }) => homeOf(name));
  if (homes.includes(undefined)) return;
  const own = new Map(
    pathsByPackage(image)
      .get(packageName)
      ?.map((path) => [path, [] as string[]]),
  );
  const { declared, nodes } = memoryOf(image);
  for (const [place, { name, line, neighbours }] of elements.entries()) {
    const path = homes[place]!;
    own.get(path)?.push(name);
    nodes.set(name, { path, line, neighbours });
  }
  for (const [path, names] of own) declared.set(path, names);
}
