import type { ErrorLocation } from "../diagnostics/index.js";
import type { ChangeOf } from "../diff/index.js";
import { locatePath, type Schema, type SchemaFile } from "../schema/index.js";
import type { Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

/** Whoever imports a file sees what that one imports publicly, and may name it without another import. */
export const importPublicNoDelete: Rule = {
  id: "IMPORT_PUBLIC_NO_DELETE",
  purpose: "Checks that a file shows its importers all that it showed them by `import public`.",
  severity: "error",
  categories: ["STRICT"],
  breaks: ["source"],
  judge: {
    "public-import-removed": (change, context) => {
      const { before, after, from } = change;
      const lost = lostBy(change, context);
      if (lost.length === 0) return [];
      return [
        {
          message: `file ${after.fullName} no longer imports "${from}" publicly: its importers lose ${list(lost)}`,
          at: placeOfImport(after, from),
          was: placeOfImport(before, from),
          suggestion: steps(["keep it", `import public "${from}";`]),
        },
      ];
    },
  },
};

/** What is gone altogether is another rule's matter; what comes in by another way is not lost. */
function lostBy({ after, from }: ChangeOf<"public-import-removed">, context: RuleContext): readonly string[] {
  const seen = namesThrough(after.fullName, context.after);
  return [...namesThrough(from, context.before)].filter(
    (name) => !seen.has(name) && context.after.declared.has(name),
  );
}

/** Full names that a file declares outside of messages, or passes on. */
function namesThrough(path: string, { files }: Schema): ReadonlySet<string> {
  const paths = new Set([path]);
  // A set's iterator also visits what is added under way.
  for (const each of paths)
    for (const imported of files.get(each)?.publicDependencies ?? []) paths.add(imported);
  const reached = [...paths].flatMap((each) => files.get(each) ?? []);
  return new Set(reached.flatMap(declaredIn));
}

function declaredIn({ messages, enums, services, extensions }: SchemaFile): readonly string[] {
  return [...messages, ...enums, ...services, ...extensions].map(({ fullName }) => fullName);
}

/** The `import`, public or not, where there is one. */
function placeOfImport(file: SchemaFile, path: string): ErrorLocation {
  const index = file.dependencies.indexOf(path);
  return locatePath(file, [DEPENDENCY, index]) ?? { path: file.fullName };
}

function list(names: readonly string[]): string {
  const [shown, rest] = [names.slice(0, SHOWN), names.length - SHOWN];
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}

const SHOWN = 3;

/** Field number in FileDescriptorProto. */
const DEPENDENCY = 3;
