import { Proto4Error } from "../../diagnostics/index.js";
import type { NamedInput } from "./load-baselines.js";
import type { Repository } from "./load-repository.js";
import { newestFirst } from "./version-order.js";

/** Which tags are meant. */
export interface TagsOptions {
  /** As `git tag --list` takes it. */
  readonly pattern: string;
  /** How many of the newest; `Infinity` for all. */
  readonly count: number;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
}

/** What was found, and what the user is to know about it. */
export interface Tags {
  readonly inputs: readonly NamedInput[];
  readonly warnings: readonly string[];
}

/**
 * The last versions of an input that git tags name, newest first: the same folder of the repository that it lies in.
 * Tags in which that has no .proto are passed over.
 * @throws Proto4Error "usage" where the input lies in no local repository, "input-unreadable" where it has no such tag
 */
export async function loadTags(input: string, options: TagsOptions): Promise<Tags> {
  // Most comparisons name their version, and what starts git takes its time to load.
  const { loadRepository } = await import("./load-repository.js");
  const repository = await loadRepository(input, options);
  const { pattern, count } = options;
  const tags = await listTags(repository, pattern);
  const isShallow = (await repository.git("rev-parse", "--is-shallow-repository")).trim() === "true";
  if (tags.length === 0) throw noTag(repository, pattern, isShallow);
  const [inputs, empty]: [NamedInput[], string[]] = [[], []];
  for (const { name, date } of tags) {
    if (inputs.length >= count) break;
    if (await hasProtos(repository, name)) inputs.push({ name, date, ...spell(repository, name) });
    else empty.push(name);
  }
  if (inputs.length === 0) throw noProtos(repository, empty);
  return { inputs, warnings: warningsOf(inputs.length, empty, isShallow, options) };
}

async function listTags({ git }: Repository, pattern: string): Promise<readonly Tag[]> {
  const format = "--format=%(creatordate:unix) %(refname:strip=2)";
  const lines = (await git("tag", "--list", format, "--", pattern)).split("\n").filter(Boolean);
  const tags = lines.map((line): Tag => {
    const [seconds = "", name = ""] = line.split(" ");
    return { name, date: seconds === "" ? undefined : dayOf(Number(seconds)) };
  });
  const comma = tags.find(({ name }) => name.includes(","));
  if (comma === undefined) return tags.toSorted((a, b) => newestFirst(a.name, b.name));
  throw new Proto4Error(
    "usage",
    `no input can spell the tag ${comma.name}, for its comma; leave it out by --tags`,
  );
}

interface Tag {
  readonly name: string;
  readonly date: string | undefined;
}

/** In UTC, as today is. */
function dayOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

async function hasProtos({ git, subdir }: Repository, tag: string): Promise<boolean> {
  const paths = await git(
    "ls-tree",
    "-r",
    "-z",
    "--name-only",
    "--full-tree",
    `refs/tags/${tag}`,
    "--",
    subdir,
  );
  return paths.split("\0").some((path) => path.endsWith(".proto"));
}

function spell({ path, subdir, limit }: Repository, tag: string): Pick<NamedInput, "input" | "limit"> {
  return { input: `${path}#tag=${tag}${subdir === "." ? "" : `,subdir=${subdir}`}`, limit };
}

function warningsOf(
  found: number,
  empty: readonly string[],
  isShallow: boolean,
  { count, pattern }: TagsOptions,
): readonly string[] {
  const passedOver = empty.map(
    (tag) => `warning: ${tag} is passed over: it has no .proto where the input has its own`,
  );
  if (!isShallow || found >= count) return passedOver;
  const few = `warning: this shallow clone has ${found} of the tags like ${pattern}; if there are more: ${fetchThem}`;
  return [...passedOver, few];
}

const fetchThem =
  "git fetch --tags --unshallow, or in a workflow actions/checkout with fetch-depth: 0 and fetch-tags: true";

function noTag({ path }: Repository, pattern: string, isShallow: boolean): Proto4Error {
  const why = isShallow
    ? `this is a shallow clone, and has no tag like ${pattern}: ${fetchThem}`
    : `the repository has no tag like ${pattern}: name another pattern by --tags, or fetch them with git fetch --tags`;
  return new Proto4Error("input-unreadable", why, { location: { path } });
}

function noProtos({ path, subdir }: Repository, tags: readonly string[]): Proto4Error {
  const where = subdir === "." ? "" : ` in ${subdir}`;
  return new Proto4Error(
    "input-unreadable",
    `none of the tags ${tags.slice(0, 5).join(", ")} has a .proto${where}: was the folder called otherwise then? ` +
      `Name it: --against '${path}#tag=${tags[0]},subdir=…'`,
    { location: { path } },
  );
}
