import {
  type Container,
  type Element,
  type Enum,
  elementsOf,
  type Message,
  type Schema,
  type Service,
} from "../schema/index.js";
import { findElder } from "./find-elder.js";
import { ambiguous, unsupported } from "./refuse.js";

/** What is paired by full name. */
export type Paired = Message | Enum | Service;

/**
 * Which message, enum or service of an elder package each of the newer one continues: the one that `was`
 * names, else the one of the same name. Types of other packages are paired when first asked for.
 */
export interface Pairing {
  readonly schema: Schema;
  elderOf<E extends Paired>(newer: E): E | undefined;
}

/** @param elders the elder package of packages for which it is known */
export function makePairing(schema: Schema, elders: ReadonlyMap<string, string>): Pairing {
  const packages = new Map<string, ReadonlyMap<Paired, Paired>>();
  const pairsOf = (newer: string) => {
    const known = packages.get(newer);
    if (known !== undefined) return known;
    const elder = elders.get(newer) ?? findElder(schema, newer);
    const pairs = elder === undefined ? new Map() : pairPackages(schema, elder, newer);
    packages.set(newer, pairs);
    return pairs;
  };
  return {
    schema,
    elderOf: <E extends Paired>(newer: E) => pairsOf(newer.file.package).get(newer) as E | undefined,
  };
}

/** The messages, enums and services that a package declares, each after the one around it. */
export function declaredIn(schema: Schema, packageName: string): Paired[] {
  return [...schema.files.values()]
    .filter((file) => file.package === packageName)
    .flatMap((file) => [...elementsOf(file)])
    .filter(isPaired);
}

function pairPackages(schema: Schema, elder: string, newer: string): ReadonlyMap<Paired, Paired> {
  const declared = declaredIn(schema, newer);
  const pairs = new Map<Paired, Paired>();
  const claimed = new Map<Paired, Paired>();
  for (const element of declared) {
    const named = namedByWas(schema, element, elder);
    if (named !== undefined) claim(element, named, pairs, claimed);
  }
  for (const element of declared) {
    const namesake = schema.declared.get(
      `${elderScope(element.kind === "service" ? element.file : element.parent, elder, pairs)}${element.name}`,
    );
    if (
      !pairs.has(element) &&
      isSameKind(namesake, element) &&
      namesake.file.package === elder &&
      !claimed.has(namesake)
    )
      claim(element, namesake, pairs, claimed);
  }
  return pairs;
}

/** What precedes the name of an element's namesake: nested in a renamed message, it is found in that one's. */
function elderScope(parent: Container, elder: string, pairs: ReadonlyMap<Paired, Paired>): string {
  if (parent.kind === "file") return elder === "" ? "" : `${elder}.`;
  const paired = pairs.get(parent);
  return paired === undefined
    ? `${elderScope(parent.parent, elder, pairs)}${parent.name}.`
    : `${paired.fullName}.`;
}

function namedByWas(schema: Schema, element: Paired, elder: string): Paired | undefined {
  const { was } = element.lifecycle.terms;
  if (was === undefined) return undefined;
  const named = schema.declared.get(was);
  if (isSameKind(named, element) && named.file.package === elder) return named;
  throw unsupported(
    element,
    `${element.fullName} was "${was}", and ${elder} has no ${element.kind} of that name`,
    `write the full name of ${element.kind === "enum" ? "an" : "a"} ${element.kind} of ${elder}`,
  );
}

function claim(newer: Paired, elder: Paired, pairs: Map<Paired, Paired>, claimed: Map<Paired, Paired>): void {
  const other = claimed.get(elder);
  if (other !== undefined)
    throw ambiguous(
      newer,
      `both ${other.fullName} and ${newer.fullName} continue ${elder.fullName}`,
      `leave (proto4.${newer.kind}_terms) = {was: "${elder.fullName}"} on one of them`,
    );
  pairs.set(newer, elder);
  claimed.set(elder, newer);
}

function isPaired(element: Element): element is Paired {
  return (
    (element.kind === "message" && !element.mapEntry) || element.kind === "enum" || element.kind === "service"
  );
}

function isSameKind<E extends Paired>(found: Element | undefined, element: E): found is E {
  return found !== undefined && found.kind === element.kind && isPaired(found);
}
