import type { Change, ChangeOf } from "../../diff/index.js";
import { type Element, fileOf } from "../../schema/index.js";
import type { Fix } from "../fix.js";
import { messageSource } from "../print/print-file.js";
import { renamedOrReused } from "../renamed-or-reused.js";
import type { RuleContext } from "../rule.js";
import { keepFeatures } from "./keep-features.js";
import { keepJsonName, keepName, keepOptions, keepType } from "./keep-field.js";
import { giveNumberBack } from "./keep-number.js";
import { keepDefault, keepFileOption, keepJavaCheck, keepOption, keepVisibility } from "./keep-option.js";
import { keepExtensions, keepReserved } from "./keep-reserved.js";
import { takeNamesBack } from "./keep-value.js";
import { moveBack } from "./move-back.js";
import { bringBack } from "./revive.js";
import { together, unfixable, type WayBack } from "./way-back.js";

/** Undoes a change of something that is there on both sides. */
export function keepAspect(change: Change, context: RuleContext): WayBack {
  const taken = giveTakenBack(change, context);
  if (taken !== undefined) return taken;
  switch (change.kind) {
    case "field-renamed":
      return keepName(change.before, change.after);
    case "field-type-changed":
    case "field-cardinality-changed":
      return keepType(change.before, change.after, context);
    case "field-oneof-changed":
      return moveBack(change.before, change.after, context);
    case "field-json-name-changed":
      return keepJsonName(change);
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
      return takeNamesBack(change, context);
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
      return keepOther(change, context);
  }
}

function keepOther(change: Change, context: RuleContext): WayBack {
  switch (change.kind) {
    case "method-request-changed":
    case "method-response-changed":
    case "method-streaming-changed":
      return keepCall(change, context);
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
      return unfixable("no edit is known that undoes it");
  }
}

/** Whatever differs between two fields of which one took the other's number, it is the number that is wrong. */
function giveTakenBack(change: Change, context: RuleContext): WayBack | undefined {
  if (!("before" in change && "after" in change)) return undefined;
  const { before, after } = change;
  if (before.kind !== "field" || after.kind !== "field" || before.extendee !== undefined) return undefined;
  const isReuse = before.name !== after.name && renamedOrReused(before, after).isReuse;
  return isReuse ? giveNumberBack(before, after, context) : undefined;
}

/** What a method takes and returns, with whether it is a stream. */
function keepCall(
  {
    before,
    after,
  }: ChangeOf<"method-request-changed" | "method-response-changed" | "method-streaming-changed">,
  context: RuleContext,
): WayBack {
  const parts = [
    { part: "input", isStream: "clientStreaming" },
    { part: "output", isStream: "serverStreaming" },
  ] as const;
  const ways = parts.map(({ part, isStream }): WayBack => {
    if (before[part] === after[part] && before[isStream] === after[isStream]) return together();
    const text = messageSource(after, before[part], before[isStream]);
    const { fullName: symbol, file } = after;
    const fix: Fix = { kind: "replace", path: file.fullName, symbol, part, text };
    return together({ fixes: [fix] }, bringBack(before[part], file, context));
  });
  return together(...ways);
}

function isCpp(option: string): boolean {
  return option === "ctype" || option === "features.(pb.cpp).string_type";
}

function optionOf(element: Element, name: string, value: string | undefined): WayBack {
  const fix: Fix = { kind: "option", path: fileOf(element).fullName, symbol: element.fullName, name, value };
  return { fixes: [fix] };
}
