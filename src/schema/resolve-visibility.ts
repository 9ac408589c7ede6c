import type { FileDescriptor } from "./descriptor.js";
import { EDITION_2024 } from "./edition-of.js";
import type { Container } from "./schema.js";
import type { DefaultVisibility, Visibility } from "./visibility.js";

/** The default of a file; before edition 2024, which brought the keywords, everybody saw everything. */
export function defaultVisibilityOf({ options }: FileDescriptor, edition: number): DefaultVisibility {
  const set = defaults[options?.features?.defaultSymbolVisibility ?? 0];
  return set ?? (edition < EDITION_2024 ? "EXPORT_ALL" : "EXPORT_TOP_LEVEL");
}

/** @param keyword a `google.protobuf.SymbolVisibility` by number */
export function visibilityOf(keyword: number, parent: Container): Visibility {
  const written = keywords[keyword];
  if (written !== undefined) return written;
  const { defaultVisibility } = parent.kind === "file" ? parent : parent.file;
  if (defaultVisibility === "EXPORT_TOP_LEVEL") return parent.kind === "file" ? "export" : "local";
  return defaultVisibility === "EXPORT_ALL" ? "export" : "local";
}

const keywords: readonly (Visibility | undefined)[] = [undefined, "local", "export"];

const defaults: readonly (DefaultVisibility | undefined)[] = [
  undefined,
  "EXPORT_ALL",
  "EXPORT_TOP_LEVEL",
  "LOCAL_ALL",
  "STRICT",
];
