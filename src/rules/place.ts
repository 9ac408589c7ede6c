import type { ErrorLocation, Location } from "../diagnostics/index.js";
import { type Element, fileOf, locate, type Part } from "../schema/index.js";
import { promiser } from "./promise.js";

/**
 * The place of an element or of a part of it; of what the compiler made for a map, the map's type; its file
 * where the source has no such place.
 */
export function placeOf(element: Element, part?: Part): ErrorLocation {
  return locate(element, part) ?? placeOfMap(element) ?? { path: fileOf(element).fullName };
}

/** The place of a part of an element; where that is not written, of the element. */
export function placeOfPart(element: Element, part: Part): ErrorLocation {
  return locate(element, part) ?? placeOf(element);
}

function placeOfMap(element: Element): Location | undefined {
  const written = promiser(element);
  return written === element ? undefined : locate(written, "type-name");
}
