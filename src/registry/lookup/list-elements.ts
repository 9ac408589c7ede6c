import { describeElement, type ElementFacts, writtenElements } from "../../gate/index.js";
import type { FileSlice, Image } from "../../image/index.js";
import { type Lifecycle, readSingleFile } from "../../schema/index.js";
import type { Registry } from "../registry.js";
import { type Subject, standing, type Version } from "../store/read-subject.js";
import { eachSubject } from "./each-subject.js";
import { findSubject } from "./find-subject.js";
import { loadImages } from "./load-images.js";

/** An element of the last version of a subject. */
export interface HeldElement extends ElementFacts {
  readonly subject: string;
  readonly seq: number;
  /** Whether the day after its sunset has come. */
  readonly overdue: boolean;
}

/** Which elements to list. */
export interface ElementsRequest {
  /** yyyy-mm-dd */
  readonly today: string;
  readonly state?: Lifecycle | undefined;
  /** Of this one only. */
  readonly subject?: string | undefined;
  /** Also those that do not declare a state, but have one from what is around them, or by inference. */
  readonly inferred?: boolean | undefined;
}

/**
 * Elements with their lifecycles, in the last versions of all subjects: those first whose sunset has passed, the one
 * before the others, then those with a sunset to come, then by subject and name.
 * @throws Proto4Error "subject-missing", "lifecycle-malformed", and as the store does
 */
export async function listElements(
  registry: Registry,
  request: ElementsRequest,
): Promise<readonly HeldElement[]> {
  const { store } = registry;
  const { subject: only } = request;
  const last: Held[] = [];
  if (only !== undefined) last.push(...lastOf(await findSubject(store, only)));
  else for await (const subject of eachSubject(store)) last.push(...lastOf(subject));
  const found: HeldElement[] = [];
  for (let at = 0; at < last.length; at += atOnce) {
    const some = last.slice(at, at + atOnce);
    const images = await loadImages(
      registry,
      some.map(({ version }) => version),
    );
    for (const [place, held] of some.entries()) found.push(...elementsIn(images[place]!, held, request));
  }
  return found.sort(bySunset);
}

interface Held {
  readonly subject: string;
  readonly version: Version;
}

function lastOf(subject: Subject): readonly Held[] {
  const version = standing(subject).at(-1);
  return version === undefined ? [] : [{ subject: subject.name, version }];
}

function* elementsIn(
  image: Image,
  { subject, version }: Held,
  { today, state, inferred = false }: ElementsRequest,
): Generator<HeldElement> {
  const own = new Set(version.contracts.map((contract) => contract.package));
  const definitions = new Set(
    image.files.filter((file) => file.package === "proto4").map(({ path }) => path),
  );
  for (const file of image.files) {
    // Who does not import proto4's definitions declares nothing.
    if (!own.has(file.package) || !(inferred || imports(file, definitions))) continue;
    for (const element of writtenElements(readSingleFile(file, definitions.size > 0).file)) {
      const { lifecycle } = element;
      if ((state !== undefined && lifecycle.state !== state) || !(inferred || lifecycle.source === "own"))
        continue;
      const facts = describeElement(element);
      const overdue = facts.sunset !== undefined && facts.sunset < today;
      yield { ...facts, subject, seq: version.seq, overdue };
    }
  }
}

function imports({ dependencies }: FileSlice, paths: ReadonlySet<string>): boolean {
  return dependencies.some((path) => paths.has(path));
}

/** A sunset that has passed is before all that are to come. */
function bySunset(a: HeldElement, b: HeldElement): number {
  return compare(keyOf(a), keyOf(b));
}

function keyOf({ sunset = "later", subject, name }: HeldElement): readonly string[] {
  return [sunset, subject, name];
}

function compare(a: readonly string[], b: readonly string[]): number {
  const place = a.findIndex((each, at) => each !== b[at]);
  return place < 0 ? 0 : a[place]! < b[place]! ? -1 : 1;
}

const atOnce = 16;
