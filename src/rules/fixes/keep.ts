import type { Change, ChangeOf } from "../../diff/index.js";
import type { RuleContext } from "../rule.js";
import { keepAspect } from "./keep-aspect.js";
import { keepType } from "./keep-field.js";
import { reviveValue } from "./keep-value.js";
import { revive } from "./revive.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/** How a change is undone. What is new stays: to take it away again is its author's business. */
export function keep(change: Change, context: RuleContext): WayBack {
  switch (change.kind) {
    case "field-removed":
    case "required-removed":
      return keepRequired(change, context);
    case "enum-value-removed":
      return reviveValue(change, context);
    case "method-removed":
    case "oneof-removed":
    case "message-left-file":
    case "enum-left-file":
    case "service-left-file":
    case "extension-left-file":
    case "left-package":
    case "message-removed":
    case "enum-removed":
    case "service-removed":
    case "extension-removed":
    case "file-removed":
      return revive(change.before, context);
    case "package-removed":
      return revivePackage(change, context);
    default:
      return keepAspect(change, context);
  }
}

/** A field that was required and is there without being so keeps its label; one that is gone comes back. */
function keepRequired(
  { before, parent }: ChangeOf<"field-removed" | "required-removed">,
  context: RuleContext,
): WayBack {
  const after = parent.fieldByNumber.get(before.number);
  return after === undefined ? revive(before, context) : keepType(before, after, context);
}

function revivePackage({ before }: ChangeOf<"package-removed">, context: RuleContext): WayBack {
  const files = [...context.before.files.values()].filter((file) => file.package === before.package);
  const standing = files.find((file) => context.after.files.has(file.fullName));
  if (standing !== undefined)
    return unfixable(
      `its file ${standing.fullName} has another package now, and every name in it begins with that`,
    );
  return together(...files.map((file) => revive(file, context)));
}
