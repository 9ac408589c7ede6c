import type { DescService, Registry } from "@bufbuild/protobuf";
import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import {
  type Mapping,
  type MethodMapping,
  needsHooks,
  type ServiceMapping,
  type TypePair,
} from "../mapping/index.js";
import type { TranslatorSources } from "./print-translators.js";
import { bridgeName, importTranslator, planName, shapeName, translatorName } from "./symbols.js";

/** For each paired service of the file whose messages need no hooks, what `proto4/connect` needs to serve both generations. */
export function printBridges(
  f: GeneratedFile,
  path: string,
  mapping: Mapping,
  { registry, stashField }: Pick<TranslatorSources, "registry" | "stashField">,
): void {
  const declared = mapping.services.filter(({ v4 }) => v4.file.fullName === path);
  const hooked = new Set([...needsHooks(mapping)].map(({ v3 }) => v3.fullName));
  const services = declared.filter(
    ({ methods }) => !methods.some(({ input, output }) => hooked.has(input.v3) || hooked.has(output.v3)),
  );
  const own = mapping.messages.filter(({ v3, v4 }) => v3 !== v4);
  const mapped = new Map(own.map(({ v3, v4 }) => [v3.fullName, v4]));
  const changing = new Set(mapping.messages.map(({ v3 }) => v3.fullName));
  const pairs = services.flatMap(({ methods }) => methods.flatMap(({ input, output }) => [input, output]));
  for (const name of new Set(pairs.map(({ v3 }) => v3)))
    if (!mapped.has(name)) printShared(f, registry, name, changing.has(name) ? planName(path) : undefined);
  const translator = ({ v3, v4 }: TypePair) => {
    const file = mapped.get(v3)?.file.fullName;
    if (file === undefined) return sharedName(f, registry, v3);
    return importTranslator(f, file, shapeName(f, registry, v4));
  };
  for (const service of services) {
    const v3 = registry.getService(service.v3.fullName);
    const v4 = registry.getService(service.v4.fullName);
    if (v3 !== undefined && v4 !== undefined) printBridge(f, service, { v3, v4, translator, stashField });
  }
}

/** Both stubs of a service, and how to print the translator of a pair of messages. */
interface Sources {
  readonly v3: DescService;
  readonly v4: DescService;
  readonly translator: (pair: TypePair) => Printable;
  readonly stashField: number | undefined;
}

function printBridge(f: GeneratedFile, { methods, unbridged }: ServiceMapping, sources: Sources): void {
  const v3 = f.importSchema(sources.v3);
  const v4 = f.importSchema(sources.v4);
  const type = f.import("ServiceBridge", "proto4/runtime", true);
  // Named first, the stub of v4 keeps its name where that of v3 has the same.
  f.print("/**");
  f.print(" * Lets an implementation of {@link ", v4, "} answer the clients of {@link ", v3, "}.");
  f.print(" */");
  f.print(f.export("const", bridgeName(v4.name)), ": ", type, "<typeof ", v3, ", typeof ", v4, "> = {");
  f.print("  v3: ", v3, ",");
  f.print("  v4: ", v4, ",");
  f.print("  methods: [");
  for (const method of methods) printMethod(f, method, sources);
  for (const method of unbridged)
    f.print(
      `    // Clients of v3 get "unimplemented" from ${method.v3.name}: ${method.reason.replace(/;.*/, "")}.`,
    );
  f.print("  ],");
  if (sources.stashField !== undefined) f.print("  stashNumber: ", sources.stashField, ",");
  f.print("};");
  f.print();
}

function printMethod(f: GeneratedFile, { v3, v4, input, output }: MethodMapping, sources: Sources): void {
  f.print("    {");
  f.print("      v3: ", f.string(localName(sources.v3, v3.name)), ",");
  f.print("      v4: ", f.string(localName(sources.v4, v4.name)), ",");
  f.print("      input: ", sources.translator(input), ",");
  f.print("      output: ", sources.translator(output), ",");
  f.print("    },");
}

function localName(service: DescService, method: string): string {
  return service.methods.find(({ name }) => name === method)?.localName ?? method;
}

/**
 * A message that both generations use is in no plan, and a plan of its own carries it unchanged: unless its payloads
 * change.
 * @param plan the name of the plan that has it, in the same file
 */
function printShared(f: GeneratedFile, registry: Registry, name: string, plan: string | undefined): void {
  const createTranslator = f.import("createTranslator", "proto4/runtime");
  if (plan !== undefined) {
    f.print(`// Both generations use ${name}, with payloads of their own.`);
    f.print(
      "const ",
      sharedName(f, registry, name),
      " = /* @__PURE__ */ ",
      createTranslator,
      `(${plan}, "${name}");`,
    );
    f.print();
    return;
  }
  f.print(`// Both generations use ${name}.`);
  f.print("const ", sharedName(f, registry, name), " = /* @__PURE__ */ ", createTranslator, "(");
  f.print(`  { messages: [{ v3: "${name}", v4: "${name}", contract: "BYTES" }], shapes: [] },`);
  f.print(`  "${name}",`);
  f.print(");");
  f.print();
}

function sharedName(f: GeneratedFile, registry: Registry, name: string): string {
  return `shared${translatorName(shapeName(f, registry, name))}`;
}
