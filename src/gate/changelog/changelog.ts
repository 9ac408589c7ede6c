import type { ErrorLocation } from "../../diagnostics/index.js";
import type { Change } from "../../diff/index.js";
import type { Finding } from "../../rules/index.js";
import type { Owner } from "./bearer.js";
import type { Phrase } from "./phrase.js";
import type { SemverStep } from "./semver-step.js";

/** All that changed from one version to the next. */
export interface Changelog {
  readonly before: NamedVersion;
  /** `undefined` for the input itself. */
  readonly after: NamedVersion | undefined;
  /** What all of it calls for. */
  readonly step: SemverStep;
  /** By name. */
  readonly packages: readonly PackageChanges[];
  /** Findings about how elements stand now, and did not before; no single change makes them. */
  readonly standing: readonly Finding[];
}

export interface NamedVersion {
  /** A tag, a version, an input. */
  readonly name: string;
  /** yyyy-mm-dd, the day it came out; `undefined` where nobody knows. */
  readonly date: string | undefined;
}

export interface PackageChanges {
  readonly name: string;
  readonly step: SemverStep;
  /** Where something breaks in a package that has its version in its name, the package that could have it so. */
  readonly next: string | undefined;
  /** The package itself, its files by path, then types and services by name. */
  readonly elements: readonly ElementChanges[];
}

export interface ElementChanges extends Owner {
  readonly step: SemverStep;
  readonly entries: readonly Entry[];
}

/** Something that happened, as people see it. */
export interface Entry {
  readonly step: SemverStep;
  /** `field 2 "note" was removed` */
  readonly what: Phrase;
  /** Full name of the element; a file's is its path. */
  readonly symbol: string;
  readonly before: ErrorLocation | undefined;
  readonly after: ErrorLocation | undefined;
  /** The facts that it consists of; each change of the diff is in one entry. */
  readonly changes: readonly Change[];
  /** What the rules say of them. */
  readonly findings: readonly Finding[];
}
