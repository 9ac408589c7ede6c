import type { GeneratedFile } from "@bufbuild/protoplugin";
import { type Element, elementsOf, protoLine, type SchemaFile } from "../schema/index.js";
import { printLiteral } from "./print-literal.js";

/** The lifecycles that the file declares, on an element or on one around it. */
export function printLifecycles(f: GeneratedFile, file: SchemaFile): void {
  const declared: Record<string, unknown> = {};
  const comments = new Map<unknown, string>();
  for (const element of elementsOf(file)) {
    const { state, source, terms } = element.lifecycle;
    if (!isPromised(element)) continue;
    const entry = { state, source, ...terms };
    declared[element.fullName] = entry;
    if (element.kind === "field") comments.set(entry, protoLine(element));
  }
  f.print(f.jsDoc(`The lifecycles that ${file.fullName} declares, with their terms.`));
  f.print(
    f.export("const", "lifecycles"),
    " = ",
    printLiteral(declared, (value) => comments.get(value)),
    ";",
  );
  f.print();
}

/** An inferred state promises nothing. */
function isPromised({ kind, lifecycle, ...element }: Exclude<Element, SchemaFile>): boolean {
  const ofMapEntry =
    (kind === "message" && "mapEntry" in element && element.mapEntry) ||
    ("mapEntry" in element.parent && element.parent.mapEntry);
  return lifecycle.source !== "inferred" && kind !== "oneof" && !ofMapEntry;
}
