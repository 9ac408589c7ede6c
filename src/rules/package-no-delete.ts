import type { ErrorLocation } from "../diagnostics/index.js";
import { type ChangeOf, survivor } from "../diff/index.js";
import type { Enum, Field, Message } from "../schema/index.js";
import { describe } from "./describe.js";
import { lifecycleSteps } from "./lifecycle-steps.js";
import { placeOf } from "./place.js";
import type { Judgement, Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

export const packageNoDelete: Rule = {
  id: "PACKAGE_NO_DELETE",
  purpose: "Checks that packages are not deleted.",
  severity: "error",
  categories: ["PACKAGE"],
  breaks: ["source", "rpc"],
  judge: {
    "package-removed": ({ before }, { packagesAfter }) =>
      packagesAfter.has(before.package)
        ? []
        : [
            {
              message: `package "${before.package}" is gone`,
              suggestion: ["put it back: everything in it is known by a name that begins with it"],
              offence: before.package,
            },
          ],
  },
};

export const packageMessageNoDelete: Rule = {
  id: "PACKAGE_MESSAGE_NO_DELETE",
  purpose: "Checks that messages are not deleted from a package, whichever file they are in.",
  severity: "error",
  categories: ["PACKAGE"],
  breaks: ["json", "source"],
  judge: {
    "left-package": ({ before }, context) =>
      before.kind === "message" && context.packagesAfter.declares(before.file.package, "message")
        ? [left(before, placeOfMessage(before, context))]
        : [],
  },
};

export const packageEnumNoDelete: Rule = {
  id: "PACKAGE_ENUM_NO_DELETE",
  purpose: "Checks that enums are not deleted from a package, whichever file they are in.",
  severity: "error",
  categories: ["PACKAGE"],
  breaks: ["source"],
  judge: {
    "left-package": ({ before }, context) =>
      before.kind === "enum" && context.packagesAfter.declares(before.file.package, "enum")
        ? [left(before, placeInFile(before, context))]
        : [],
  },
};

export const packageExtensionNoDelete: Rule = {
  id: "PACKAGE_EXTENSION_NO_DELETE",
  purpose: "Checks that extensions are not deleted from a package, whichever file they are in.",
  severity: "error",
  categories: ["PACKAGE"],
  breaks: ["stored-data", "newer-readers", "source"],
  judge: {
    "left-package": ({ before }, context) =>
      before.kind === "field" && context.packagesAfter.declares(before.file.package, "extension")
        ? [left(before, placeInFile(before, context))]
        : [],
  },
};

export const packageServiceNoDelete: Rule = {
  id: "PACKAGE_SERVICE_NO_DELETE",
  purpose: "Checks that services are not deleted from a package, whichever file they are in.",
  severity: "error",
  categories: ["PACKAGE", "WIRE_PRECISE"],
  breaks: ["source", "rpc"],
  judge: {
    "left-package": ({ before }, context) =>
      before.kind === "service" && context.packagesAfter.has(before.file.package)
        ? [left(before, placeOfFile(before, context))]
        : [],
  },
};

type Left = ChangeOf<"left-package">["before"];

function left(before: Left, at: ErrorLocation | undefined): Judgement {
  // The entry of a map stands in no source; the field's own finding says what to do.
  const entry = before.kind === "message" && before.mapEntry;
  return {
    message: `${describe(before)} left package ${before.file.package}`,
    at,
    suggestion: entry ? [] : steps(...lifecycleSteps("mark it DEPRECATED first", before, "DEPRECATED")),
  };
}

/** The nearest message around it that is still in the package, in whichever file; else what is left of its own. */
function placeOfMessage(before: Message, context: RuleContext): ErrorLocation | undefined {
  const file = placeOfFile(before, context);
  if (file === undefined) return undefined;
  for (let { parent } = before; parent.kind === "message"; { parent } = parent) {
    const around = context.after.declared.get(parent.fullName);
    if (around?.kind === "message" && around.file.package === before.file.package) return placeOf(around);
  }
  return file;
}

/** The nearest message around it that its file still declares, under whichever package. */
function placeInFile(before: Enum | Field, { after }: RuleContext): ErrorLocation | undefined {
  const file = after.files.get(before.file.fullName);
  if (file === undefined) return undefined;
  const around = survivor(before, file);
  return around.kind === "file" ? { path: around.fullName } : placeOf(around);
}

/** A file as a whole, if it is still there. */
function placeOfFile({ file }: Left, { after }: RuleContext): ErrorLocation | undefined {
  return after.files.has(file.fullName) ? { path: file.fullName } : undefined;
}
