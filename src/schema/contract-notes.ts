import { sha256 } from "./element-digests.js";

/**
 * Of notes and of the fingerprints in them: whoever has either come out otherwise for the same contract takes the next
 * number, so that what an elder proto4 kept is not mixed with it.
 */
export const notesFormat = 1;

/** What fingerprints need to know of an element, wherever it is declared. */
export interface NotedElement {
  readonly name: string;
  /** What it contributes to the fingerprints of all that reach it. */
  readonly line: string;
  /** Full names of the top-level elements that it names. */
  readonly neighbours: readonly string[];
}

/**
 * Notes of a contract, with which the fingerprint of one that differs in little is told without reading the rest: the
 * lines that its own fingerprint is made of, and for each, by their numbers, those that it leads to.
 * @param elements all that the contract reaches, in the order of their lines
 */
export function printNotes(elements: readonly NotedElement[]): string {
  const numbers = new Map(elements.map(({ name }, number) => [name, number]));
  const lines = elements.map(({ line }) => line).join("\n");
  const ways = elements.map(({ neighbours }) => neighbours.map((each) => numbers.get(each)).join(" "));
  return `${lines}\n\n${ways.join("\n")}`;
}

/**
 * Believes nothing: only lines of which the fingerprint was made give it again, whoever kept them.
 * @returns `undefined` for what are no notes of the contract with this fingerprint
 */
export function readNotes(text: string, fingerprint: string): readonly NotedElement[] | undefined {
  const end = text.indexOf("\n\n");
  const head = text.slice(0, Math.max(end, 0));
  if (sha256(head) !== fingerprint) return undefined;
  const lines = head.split("\n");
  const names = lines.map((line) => line.split(" ", 1)[0]!);
  const ways = text.slice(end + 2).split("\n");
  const elements = lines.map((line, place) => {
    const numbers = ways[place]?.split(" ").filter((number) => number !== "") ?? [];
    return { name: names[place]!, line, neighbours: numbers.map((number) => names[Number(number)]!) };
  });
  const isWhole =
    ways.length === lines.length && elements.every(({ neighbours }) => !neighbours.includes(undefined!));
  return isWhole ? elements : undefined;
}
