import type { ErrorLocation } from "../diagnostics/index.js";
import { type Element, fileOf, locate, type Part } from "../schema/index.js";

/** The place of an element or of a part of it; its file where the source has no such place. */
export function placeOf(element: Element, part?: Part): ErrorLocation {
  return locate(element, part) ?? { path: fileOf(element).fullName };
}

/** The place of a part of an element; where that is not written, of the element. */
export function placeOfPart(element: Element, part: Part): ErrorLocation {
  return locate(element, part) ?? placeOf(element);
}
