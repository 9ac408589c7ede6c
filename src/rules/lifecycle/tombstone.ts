import type { ChangeOf } from "../../diff/index.js";
import { fileOf } from "../../schema/index.js";
import { describe } from "../describe.js";
import { lastSeen } from "../history.js";
import { placeOf } from "../place.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";

type Addition = ChangeOf<"message-added" | "enum-added" | "service-added" | "method-added">;

/**
 * Names of messages, enums, services and methods cannot be reserved. Elder versions remember them: somebody's stubs,
 * `Any` payloads and calls still mean what left.
 */
export const lifecycleTombstone: Rule = {
  id: "LIFECYCLE_TOMBSTONE",
  purpose: "Checks that names of messages, enums, services and methods that once left are not used again.",
  severity: "error",
  categories: ["LIFECYCLE"],
  breaks: ["stored-data", "elder-readers", "newer-readers", "json", "source", "rpc"],
  judge: {
    "message-added": judgeName,
    "enum-added": judgeName,
    "service-added": judgeName,
    "method-added": judgeName,
  },
};

function judgeName({ after }: Addition, { history }: RuleContext): readonly Judgement[] {
  if (after.kind === "message" && after.mapEntry) return [];
  const elder = lastSeen(after, history);
  if (elder === undefined) return [];
  return [
    {
      message: `${describe(after)} has the name of what ${elder.name} had and a later version has not`,
      at: placeOf(after),
      suggestion: [
        `take another name in ${fileOf(after).package || "the package"}, or bring back what it was`,
      ],
    },
  ];
}
