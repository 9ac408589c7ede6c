import { Proto4Error } from "../diagnostics/index.js";
import { type Mapping, mapSchema } from "../mapping/index.js";
import { elementsOf, locate, type Schema } from "../schema/index.js";

/** What becomes of packages that may continue elder ones. */
export interface MappedPackages {
  /** Of those that do, in the order asked. */
  readonly mappings: readonly Mapping[];
  /** Why the others are not translated, by package: only their names pair them, and something is in the way. */
  readonly refused: ReadonlyMap<string, Proto4Error>;
}

/** @throws Proto4Error where a package that uses proto4's options cannot be translated */
export function mapPackages(schema: Schema, packages: readonly string[]): MappedPackages {
  const mappings = new Map<string, Mapping>();
  const refused = new Map<string, Proto4Error>();
  const refuse = (name: string, error: Proto4Error) => {
    if (declaresIntent(schema, name)) throw error;
    refused.set(name, error);
    mappings.delete(name);
  };
  for (const name of packages) {
    const mapped = tryMap(schema, name);
    if (mapped instanceof Proto4Error) refuse(name, mapped);
    else if (mapped !== undefined) mappings.set(name, mapped);
    else checkFirst(schema, name);
  }
  for (let next = findDependent(mappings, refused); next !== undefined; ) {
    refuse(...next);
    next = findDependent(mappings, refused);
  }
  return { mappings: [...mappings.values()], refused };
}

/** A `v2` beside a `v1` may be an API of its own: only who uses proto4's options has asked for translation. */
function declaresIntent(schema: Schema, packageName: string): boolean {
  const files = [...schema.files.values()].filter((file) => file.package === packageName);
  const imports = files.flatMap(({ dependencies }) => dependencies);
  return imports.some((path) => schema.files.get(path)?.package === "proto4");
}

function tryMap(schema: Schema, v4: string): Mapping | Proto4Error | undefined {
  try {
    return mapSchema(schema, { v4 });
  } catch (error) {
    if (error instanceof Proto4Error && error.code.startsWith("mapping-")) return error;
    throw error;
  }
}

/** A package whose translators would need those of a package that gets none. */
function findDependent(
  mappings: ReadonlyMap<string, Mapping>,
  refused: ReadonlyMap<string, Proto4Error>,
): readonly [name: string, error: Proto4Error] | undefined {
  for (const [name, { messages }] of mappings)
    for (const { v3, v4 } of messages) {
      const cause = refused.get(v4.file.package);
      if (cause === undefined || v3 === v4) continue;
      const words = `${name} uses ${v4.fullName}, whose package has to be translated as a whole: ${cause.message}`;
      return [name, new Proto4Error(cause.code, words, { location: cause.location, cause })];
    }
  return undefined;
}

/** Who says what an element was speaks of a generation: where there is none, it got lost on the way. */
function checkFirst(schema: Schema, name: string): void {
  for (const file of schema.files.values())
    for (const element of file.package === name ? elementsOf(file) : []) {
      const { was } = element.lifecycle.terms;
      if (was === undefined) continue;
      throw new Proto4Error(
        "generation-missing",
        `${element.fullName} was "${was}", and the input holds no elder generation of ${name}; a plug-in sees both ` +
          "generations only with `strategy: all` in buf.gen.yaml, and `--path` on the newer one hides the elder; " +
          "where names do not tell which package it is, (proto4.upgrades) does",
        { location: locate(element) ?? { path: file.fullName } },
      );
    }
}
