import type { Change, ChangeOf } from "../../diff/index.js";
import { type Element, fileOf } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import { messageSource } from "../print/print-file.js";
import type { RuleContext } from "../rule.js";
import { keepFeatures } from "./keep-features.js";
import { keepName, keepOptions, keepType } from "./keep-field.js";
import { keepDefault, keepFileOption, keepJavaCheck, keepOption, keepVisibility } from "./keep-option.js";
import { keepExtensions, keepReserved } from "./keep-reserved.js";
import { reviveValue, takeNamesBack } from "./keep-value.js";
import { moveBack } from "./move-back.js";
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

type Aspect = Exclude<
  Change,
  ChangeOf<
    | "field-removed"
    | "required-removed"
    | "enum-value-removed"
    | "method-removed"
    | "oneof-removed"
    | "message-left-file"
    | "enum-left-file"
    | "service-left-file"
    | "extension-left-file"
    | "left-package"
    | "message-removed"
    | "enum-removed"
    | "service-removed"
    | "extension-removed"
    | "file-removed"
    | "package-removed"
  >
>;

function keepAspect(change: Aspect, context: RuleContext): WayBack {
  switch (change.kind) {
    case "field-renamed":
      return keepName(change.before, change.after);
    case "field-type-changed":
    case "field-cardinality-changed":
      return keepType(change.before, change.after, context);
    case "field-oneof-changed":
      return moveBack(change.before, change.after, context);
    case "field-json-name-changed":
      return keepOptions(change.before, change.after, context, (option) => option === "json_name");
    case "field-default-changed":
      return keepDefault(change);
    case "field-utf8-changed":
      return keepOptions(
        change.before,
        change.after,
        context,
        (option) => option === "features.utf8_validation",
      );
    case "field-java-utf8-changed":
      return keepJavaCheck(change, context);
    case "field-cpp-string-changed":
      return keepOptions(change.before, change.after, context, isCpp);
    case "field-jstype-changed":
      return keepOptions(change.before, change.after, context, (option) => option === "jstype");
    case "enum-value-renamed":
      return takeNamesBack(change);
    case "reserved-removed":
    case "enum-reserved-removed":
      return keepReserved(change);
    case "extension-range-removed":
      return keepExtensions(change);
    case "message-json-format-changed":
    case "features-changed":
      return keepFeatures(change.before, change.after, context);
    case "descriptor-accessor-changed":
      return optionOf(change.after, "no_standard_descriptor_accessor", undefined);
    case "visibility-changed":
      return keepVisibility(change);
    case "file-option-changed":
      return keepFileOption(change);
    case "option-changed":
      return keepOption(change, context);
    default:
      return keepOther(change);
  }
}

type Other = Exclude<Aspect, ChangeOf<"field-renamed">>;

function keepOther(change: Other): WayBack {
  switch (change.kind) {
    case "method-request-changed":
    case "method-response-changed":
    case "method-streaming-changed":
      return keepCall(change);
    case "method-idempotency-changed":
      return optionOf(
        change.after,
        "idempotency_level",
        change.from === "IDEMPOTENCY_UNKNOWN" ? undefined : change.from,
      );
    case "public-import-removed":
      return {
        fixes: [
          {
            ...{ kind: "import", path: change.after.fullName, symbol: change.after.fullName },
            ...{ imported: change.from, isPublic: true },
          },
        ],
      };
    case "file-package-changed":
      return unfixable("the package is in every name of the file, and others may call them by it");
    case "file-syntax-changed":
      return unfixable(
        "what its statements mean hangs on the syntax, so that each would have to be written anew",
      );
    default:
      return unfixable("what is new is not for a machine to take away");
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

/** What a method takes and returns, with whether it is a stream. */
function keepCall({
  before,
  after,
}: ChangeOf<"method-request-changed" | "method-response-changed" | "method-streaming-changed">): WayBack {
  const sides = [
    ["input", messageSource(after, before.input, before.clientStreaming)],
    ["output", messageSource(after, before.output, before.serverStreaming)],
  ] as const;
  const now = {
    input: messageSource(after, after.input, after.clientStreaming),
    output: messageSource(after, after.output, after.serverStreaming),
  };
  return {
    fixes: sides
      .filter(([part, text]) => now[part] !== text)
      .map(([part, text]) => ({
        ...{ kind: "replace", path: after.file.fullName, symbol: after.fullName },
        ...{ part, text },
      })),
  };
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

function isCpp(option: string): boolean {
  return option === "ctype" || option === "features.(pb.cpp).string_type";
}

export function optionOf(element: Element, name: string, value: string | undefined): WayBack {
  const fix: Fix = { kind: "option", path: fileOf(element).fullName, symbol: element.fullName, name, value };
  return { fixes: [fix] };
}
