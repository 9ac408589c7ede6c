import type { Declaration, Field, Oneof } from "../../schema/index.js";
import { printMethod, printService } from "../print/print-file.js";
import { printEnum, printExtension, printMember, printMessage, printValue } from "../print/print-message.js";
import type { Printing } from "../print/printing.js";
import type { RuleContext } from "../rule.js";
import { inPlace, type Revived } from "./homes.js";

/** The statement of something that left; a oneof comes back with fields that may be there still. */
export function printLost(lost: Exclude<Revived, Oneof>, printing: Printing, context: RuleContext): string {
  switch (lost.kind) {
    case "field":
      return lost.extendee === undefined
        ? printMember(lost, printing, inPlace(lost, context))
        : printExtension(lost, printing);
    case "enum-value":
      return printValue(lost, printing);
    case "method":
      return printMethod(lost, printing);
    default:
      return printDeclaration(lost, printing);
  }
}

function printDeclaration(lost: Exclude<Declaration, Field>, printing: Printing): string {
  if (lost.kind === "message") return printMessage(lost, printing);
  return lost.kind === "enum" ? printEnum(lost, printing) : printService(lost, printing);
}
