import type { Registry } from "@bufbuild/protobuf";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { type Mapping, needsHooks } from "../mapping/index.js";
import { planName, shapeName, translatorName } from "./symbols.js";
import { translatorDoc } from "./translator-doc.js";

/** A translator of each paired message of the file and, by name, its two ways. Entry types of maps have none, nor has what needs hooks. */
export function printTranslators(f: GeneratedFile, path: string, mapping: Mapping, registry: Registry): void {
  const type = f.import("Translator", "proto4/runtime", true);
  const createTranslator = f.import("createTranslator", "proto4/runtime");
  const hooked = needsHooks(mapping);
  for (const message of mapping.messages) {
    const { v3, v4 } = message;
    if (v4.file.fullName !== path || v4.mapEntry || v3 === v4) continue;
    if (hooked.has(message)) {
      f.print(`// Who translates ${v3.fullName} hands createTranslator the hooks that the plan names.`);
      f.print();
      continue;
    }
    const shape = shapeName(f, registry, message.v4.fullName);
    const name = translatorName(shape);
    f.print(f.jsDoc(`Carries ${message.v3.fullName} up to ${message.v4.fullName}, and back down.`));
    f.print(
      f.export("const", name),
      ": ",
      type,
      " = ",
      createTranslator,
      `(${planName(path)}, `,
      f.string(message.v3.fullName),
      ");",
    );
    f.print();
    for (const way of ["up", "down"] as const) {
      f.print(f.jsDoc(translatorDoc(message, way)));
      f.print(f.export("const", `${way}${shape}`), ": ", type, `["${way}"] = ${name}.${way};`);
      f.print();
    }
  }
}
