import { type Direction, isTransitive } from "../../gate/index.js";
import type { Image } from "../../image/index.js";
import { buildSchema, type Schema } from "../../schema/index.js";
import type { Version } from "../store/read-subject.js";

/**
 * The versions that a new one is judged by, newest first: the last one, and those behind it that show how long elements
 * have been in their states and which names left. A long past is read as far as it has anything to say.
 * @param versions those that stand, newest first
 */
export function elderOf(
  versions: readonly Version[],
  image: Image,
  direction: Direction | undefined,
): readonly Version[] {
  if (direction !== undefined && isTransitive(direction)) return versions;
  // Without lifecycles, nobody asks what was before.
  if (!image.files.some((file) => file.package === "proto4")) return versions.slice(0, 1);
  const near = versions.slice(0, MOST_ELDER);
  return [...near, ...buried(versions.slice(MOST_ELDER - 1), image)];
}

/** Those of long ago that last had a name which the image has again: the one after says that it left. */
function buried(versions: readonly Version[], image: Image): readonly Version[] {
  if (versions.every(({ gone }) => gone.length === 0)) return [];
  const schema = buildSchema(image.files);
  return versions.filter((_, place) =>
    versions[place - 1]?.gone.some(({ name, kind }) => has(schema, name, kind)),
  );
}

function has(schema: Schema, name: string, kind: string): boolean {
  const owner = kind === "method" ? name.slice(0, name.lastIndexOf(".")) : name;
  const element = schema.declared.get(owner);
  if (kind !== "method" || element?.kind !== "service") return element !== undefined;
  return element.methods.some((method) => method.fullName === name);
}

const MOST_ELDER = 20;
