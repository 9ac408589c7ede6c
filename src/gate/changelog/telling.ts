import type { ChangeKind, ChangeOf } from "../../diff/index.js";
import { type Phrase, phrase } from "./phrase.js";
import type { SemverStep } from "./semver-step.js";

/** How a kind of change is told, and what it asks for where no finding says that it breaks somebody. */
export interface Telling<K extends ChangeKind> {
  readonly step: SemverStep | ((change: ChangeOf<K>) => SemverStep);
  /** What happened to its element, as what follows the element's name: `was removed`. */
  readonly tell: (change: ChangeOf<K>) => Phrase;
}

/** How some kinds are told, each by what its own changes have. */
export type Tellings<Kinds extends ChangeKind> = { readonly [K in Kinds]: Telling<K> };

/** `changed type from int32 to int64` */
export function changed(what: string, { from, to }: { readonly from: string; readonly to: string }) {
  return phrase`changed ${[what]} from ${from === "" ? [none] : from} to ${to === "" ? [none] : to}`;
}

/** Where there is nothing on one side. */
const none = "none";

export const wasRemoved = (): Phrase => phrase`was removed`;
