import { checkBaselines, type Finding, imageSide } from "../../gate/index.js";
import type { Registry } from "../registry.js";
import type { Version } from "../store/read-subject.js";
import { loadImages } from "./load-images.js";

/** What two versions do to each other's users. */
export interface VersionDiff {
  /** What the later does to whoever has the elder. */
  readonly forth: readonly Finding[];
  /** What the elder does to whoever has the later. */
  readonly back: readonly Finding[];
}

/** A version with the name of its subject. */
export interface NamedVersion {
  readonly subject: string;
  readonly version: Version;
}

/** How to compare. */
export interface DiffOptions {
  /** yyyy-mm-dd */
  readonly today: string;
  /** Rules to ask, both ways; without them the default ones forth, and what elder readers cannot bear back. */
  readonly categories?: readonly string[] | undefined;
}

/** Compares any two versions, a verdict each way. */
export async function diffVersions(
  registry: Registry,
  before: NamedVersion,
  after: NamedVersion,
  { today, categories }: DiffOptions,
): Promise<VersionDiff> {
  const [a, b] = await loadImages(registry, [before.version, after.version]);
  const [elder, later] = [imageSide(nameOf(before), a!), imageSide(nameOf(after), b!)];
  const baseline = { name: nameOf(before), date: before.version.at.slice(0, 10), side: elder };
  const judge = (direction: "backward" | "forward", asked: readonly string[] | undefined) =>
    checkBaselines([baseline], later, { today, direction, categories: asked });
  return { forth: judge("backward", categories), back: judge("forward", categories ?? ["CONFLUENT"]) };
}

/** `acme/user@3` */
export function nameOf({ subject, version }: NamedVersion): string {
  return `${subject}@${version.seq}`;
}
