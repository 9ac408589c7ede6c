import { type Direction, isTransitive } from "../../gate/index.js";
import { type Image, withImports } from "../../image/index.js";
import { buildSchema, type Schema } from "../../schema/index.js";
import { loadGone } from "../gone.js";
import type { Registry } from "../registry.js";
import type { Version } from "../store/read-subject.js";

/**
 * The versions that a new one is judged by, newest first: the last one, and those behind it that show how long elements
 * have been in their states and which names left. A long past is read as far as it has anything to say.
 * @param versions those that stand, newest first
 * @param all deleted ones, too
 */
export async function elderOf(
  registry: Registry,
  versions: readonly Version[],
  all: readonly Version[],
  image: Image,
  direction: Direction | undefined,
): Promise<readonly Version[]> {
  if (direction !== undefined && isTransitive(direction)) return versions;
  // Without lifecycles nobody asks how long elements were in theirs; what left comes back with none, too.
  const annotated = image.files.some((file) => file.package === "proto4");
  const elder = new Set([
    ...versions.slice(0, annotated ? MOST_ELDER : 1),
    ...(await buried(registry, all, image)),
  ]);
  const last = versions[0]?.seq ?? 0;
  return [...elder].filter(({ seq }) => seq <= last).sort((a, b) => b.seq - a.seq);
}

/**
 * Those that last had a name which the image has again: the one after says that it left. That one may be deleted, and
 * so may they, as long as their files are there; in place of one whose files were given up stands the one before.
 */
async function buried(
  registry: Registry,
  all: readonly Version[],
  image: Image,
): Promise<readonly Version[]> {
  const ends = await Promise.all(
    all.map(async ({ seq, ...record }) => ({ seq, gone: await loadGone(registry, record) })),
  );
  const names = ends.flatMap(({ gone }) => gone.map(({ name }) => name));
  if (names.length === 0) return [];
  const schema = schemaAround(names, image);
  const left = ends.filter(({ gone }) => gone.some(({ name, kind }) => has(schema, name, kind)));
  return left.flatMap(({ seq }) => all.findLast((each) => each.seq < seq && each.packs.length > 0) ?? []);
}

/** Of the packages alone in which the names would lie, and what they import. */
function schemaAround(names: readonly string[], image: Image): Schema {
  const prefixes = new Set(names.flatMap(enclosing));
  const paths = image.files.filter((file) => prefixes.has(file.package)).map(({ path }) => path);
  return buildSchema(withImports(paths, image));
}

/** What a full name may lie in: `acme.v1.User.Kind` in `acme.v1.User`, `acme.v1`, `acme`. */
function enclosing(name: string): readonly string[] {
  const parts = name.split(".");
  return parts.slice(1).map((_, place) => parts.slice(0, place + 1).join("."));
}

function has(schema: Schema, name: string, kind: string): boolean {
  const owner = kind === "method" ? name.slice(0, name.lastIndexOf(".")) : name;
  const element = schema.declared.get(owner);
  if (kind !== "method" || element?.kind !== "service") return element !== undefined;
  return element.methods.some((method) => method.fullName === name);
}

const MOST_ELDER = 20;
