import type { Shapes } from "../canonical.js";
import type { ElementPlan, FieldPlan } from "../plan.js";
import type { Side } from "../side.js";
import { blobElement } from "./blob.js";
import { copyElement, type Element } from "./element.js";
import { maskElement } from "./mask.js";
import { nestedElement } from "./nested.js";
import { enumElement, numberElement } from "./number.js";
import { textElement } from "./text.js";
import { timeElement } from "./time.js";
import { wrapElement } from "./wrap.js";

/** What the parts of a plan refer to by name. */
export interface Links {
  readonly shapes: Shapes;
  /** @throws Error where the plan lacks the message */
  sidesOf(message: string): { readonly up: Side; readonly down: Side };
}

/** The two directions of the single values of a pair of fields. */
export function linkElement(plan: ElementPlan, v3: FieldPlan, v4: FieldPlan, links: Links): Element {
  switch (plan.kind) {
    case "copy":
      return copyElement;
    case "number":
      return numberElement(v3, v4);
    case "enum":
      return enumElement(v3, v4, plan.values);
    case "text":
      return textElement(v3, v4);
    case "blob":
      return blobElement(v3, v4, links.shapes);
    case "wrap":
      return plan.side === "v3"
        ? wrapElement(plan, linkElement(plan.element, plan.value, v4, links))
        : wrapElement(plan, linkElement(plan.element, v3, plan.value, links));
    case "time":
      return timeElement(plan, v3, v4);
    case "mask":
      return maskElement(plan, v3, links.shapes);
    case "nested":
      return nestedElement(links.sidesOf(plan.message));
    case "entry":
      throw new Error("the entries of a map are no single values");
  }
}
