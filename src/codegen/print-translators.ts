import type { Registry } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import type { Mapping } from "../mapping/index.js";
import { planName, shapeName, translatorName } from "./symbols.js";
import { translatorDoc, type Way } from "./translator-doc.js";

/** A translator of each paired message of the file and, by name, its two ways; entry types of maps have none. */
export function printTranslators(f: GeneratedFile, path: string, mapping: Mapping, registry: Registry): void {
  for (const message of mapping.messages) {
    if (message.v4.file.fullName !== path || message.v4.mapEntry) continue;
    const shape = shapeName(f, registry, message.v4.fullName);
    const createTranslator = f.import("createTranslator", "proto4/runtime");
    f.print(f.jsDoc(`Carries ${message.v3.fullName} up to ${message.v4.fullName}, and back down.`));
    f.print(
      f.export("const", translatorName(shape)),
      " = ",
      createTranslator,
      `(${planName(path)}, `,
      f.string(message.v3.fullName),
      ");",
    );
    f.print();
    for (const way of ["up", "down"] as const) {
      f.print(f.jsDoc(translatorDoc(message, way)));
      printWay(f, shape, way);
    }
  }
}

function printWay(f: GeneratedFile, shape: string, way: Way): void {
  const options = f.import("TranslateOptions", "proto4/runtime", true);
  const translated = f.import("Translated", "proto4/runtime", true);
  f.print(
    f.export("function", `${way}${shape}`),
    "(bytes: Uint8Array, options?: ",
    options,
    "): ",
    translated,
    " {",
  );
  f.print(`  return ${translatorName(shape)}.${way}(bytes, options);`);
  f.print("}");
  f.print();
}
