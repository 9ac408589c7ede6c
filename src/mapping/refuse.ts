import { type ErrorLocation, Proto4Error } from "../diagnostics/index.js";
import { type Element, fileOf, locate } from "../schema/index.js";
import { mapOf } from "./map-of.js";

/** What this version cannot translate. @param instead what the author can write */
export function unsupported(element: Element, what: string, instead: string): Proto4Error {
  return new Proto4Error("mapping-unsupported", `cannot translate this: ${what}; ${instead}`, at(element));
}

/** More than one way to pair elements. @param decide the annotation that decides */
export function ambiguous(element: Element, what: string, decide: string): Proto4Error {
  return new Proto4Error("mapping-ambiguous", `${what}; ${decide}`, at(element));
}

/** Something of the elder generation that would vanish without a word. */
export function undeclaredLoss(element: Element, what: string, declare: string): Proto4Error {
  return new Proto4Error("mapping-loss", `${what}; ${declare}`, at(element));
}

function at(element: Element): { readonly location: ErrorLocation } {
  const written = (element.kind === "field" && mapOf(element)) || element;
  return { location: locate(written) ?? { path: fileOf(written).fullName } };
}
