import type { Field } from "../../schema/index.js";
import type { RuleContext } from "../rule.js";
import { leaving, moved } from "./oneof.js";
import { unchanged } from "./print-revived.js";
import { reviveOneof } from "./revive.js";
import { siblingsBefore } from "./siblings.js";
import { unfixable, type WayBack } from "./way-back.js";

/** Takes a field to where it was: out of all oneofs, or into the one that it was in. */
export function moveBack(before: Field, after: Field, context: RuleContext): WayBack {
  const { parent } = after;
  if (parent.kind === "file") return unfixable("extensions are in no oneof");
  const { oneof } = before;
  const home = parent.oneofs.find(({ name }) => name === oneof?.name);
  if (oneof !== undefined && home === undefined) return reviveOneof(oneof, parent, context);
  const { fullName: path } = parent.file;
  return {
    fixes: [
      ...leaving([after], context),
      {
        kind: "insert",
        path,
        symbol: (home ?? parent).fullName,
        statement: moved(before, after, unchanged(context.after)),
        after: siblingsBefore(before),
      },
    ],
  };
}
