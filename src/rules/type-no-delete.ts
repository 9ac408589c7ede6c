import type { ChangeOf } from "../diff/index.js";
import { describe } from "./describe.js";
import { lifecycleSteps } from "./lifecycle-steps.js";
import { placeOf } from "./place.js";
import type { Judgement, Rule, RuleContext } from "./rule.js";
import { steps } from "./steps.js";

export const messageNoDelete: Rule = {
  id: "MESSAGE_NO_DELETE",
  purpose: "Checks that messages are not deleted from a file.",
  severity: "error",
  categories: ["FILE", "CSR"],
  breaks: ["source"],
  judge: { "message-left-file": (change, context) => [leftFile(change, context)] },
};

export const enumNoDelete: Rule = {
  id: "ENUM_NO_DELETE",
  purpose: "Checks that enums are not deleted from a file.",
  severity: "error",
  categories: ["FILE", "CSR"],
  breaks: ["source"],
  judge: { "enum-left-file": (change, context) => [leftFile(change, context)] },
};

export const extensionNoDelete: Rule = {
  id: "EXTENSION_NO_DELETE",
  purpose: "Checks that extensions are not deleted from a file.",
  severity: "error",
  categories: ["FILE"],
  breaks: ["source"],
  judge: { "extension-left-file": (change, context) => [leftFile(change, context)] },
};

export const serviceNoDelete: Rule = {
  id: "SERVICE_NO_DELETE",
  purpose: "Checks that services are not deleted from a file.",
  severity: "error",
  categories: ["FILE"],
  breaks: ["source"],
  judge: { "service-left-file": (change, context) => [leftFile(change, context)] },
};

type Left = ChangeOf<"message-left-file" | "enum-left-file" | "extension-left-file" | "service-left-file">;

function leftFile({ before, parent }: Left, { after }: RuleContext): Judgement {
  const moved = after.declared.get(before.fullName);
  const elsewhere = moved?.kind === before.kind && moved.kind !== undefined ? moved.file.fullName : undefined;
  const place = elsewhere === undefined ? "" : ` for ${elsewhere}`;
  return {
    message: `${describe(before)} left file ${before.file.fullName}${place}`,
    // A file has a place only for what it still holds.
    at: parent.kind === "file" ? { path: parent.fullName } : placeOf(parent),
    suggestion: isMapEntry(before) ? [] : wayOut(before, elsewhere),
  };
}

function wayOut(before: Left["before"], elsewhere: string | undefined): readonly string[] {
  if (elsewhere !== undefined)
    return [
      `leave it in ${before.file.fullName}, or check with --category PACKAGE if nobody imports it by file`,
    ];
  return steps(...lifecycleSteps("mark it DEPRECATED first", before, "DEPRECATED"));
}

/** The entry of a map stands in no source; the field's own finding says what to do. */
function isMapEntry(before: Left["before"]): boolean {
  return before.kind === "message" && before.mapEntry;
}
