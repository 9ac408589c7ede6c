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
import {
  bridgeName,
  createBridgeName,
  createTranslatorName,
  hooksName,
  importFrom,
  importTranslator,
  planName,
  shapeName,
  translatorName,
} from "./symbols.js";

/**
 * For each paired service of the file what `proto4/connect` needs to serve both generations; where messages need
 * code of the user's own, a function that takes it. A message that both generations use and whose payloads need
 * code leaves its service without.
 */
export function printBridges(
  f: GeneratedFile,
  path: string,
  mapping: Mapping,
  { registry, stashField }: Pick<TranslatorSources, "registry" | "stashField">,
): void {
  const declared = mapping.services.filter(({ v4 }) => v4.file.fullName === path);
  const hooked = new Set([...needsHooks(mapping)].map(({ v3 }) => v3.fullName));
  const services = declared.filter(
    (service) => !typesOf(service).some(({ v3, v4 }) => v3 === v4 && hooked.has(v3)),
  );
  const own = mapping.messages.filter(({ v3, v4 }) => v3 !== v4);
  const mapped = new Map(own.map(({ v3, v4 }) => [v3.fullName, v4]));
  const changing = new Set(mapping.messages.map(({ v3 }) => v3.fullName));
  for (const name of new Set(services.flatMap(typesOf).map(({ v3 }) => v3)))
    if (!mapped.has(name)) printShared(f, registry, name, changing.has(name) ? planName(path) : undefined);
  const translator = ({ v3, v4 }: TypePair): Printable => {
    const file = mapped.get(v3)?.file.fullName;
    const shape = shapeName(f, registry, v4);
    if (file === undefined) return sharedName(f, registry, v3);
    if (!hooked.has(v3)) return importTranslator(f, file, shape);
    return [importFrom(f, file, createTranslatorName(shape)), "(hooks)"];
  };
  const hooksOf = (service: ServiceMapping): readonly Printable[] => {
    const types = new Map(typesOf(service).map(({ v3, v4 }) => [v3, v4]));
    return [...types].flatMap(([v3, v4]) =>
      hooked.has(v3)
        ? [importFrom(f, mapped.get(v3)!.file.fullName, hooksName(shapeName(f, registry, v4)), true)]
        : [],
    );
  };
  for (const service of services) {
    const v3 = registry.getService(service.v3.fullName);
    const v4 = registry.getService(service.v4.fullName);
    if (v3 === undefined || v4 === undefined) continue;
    printBridge(f, service, { v3, v4, translator, hooks: hooksOf(service), stashField });
  }
}

function typesOf({ methods }: ServiceMapping): readonly TypePair[] {
  return methods.flatMap(({ input, output }) => [input, output]);
}

/** Both stubs of a service, and how to print the translator of a pair of messages. */
interface Sources {
  readonly v3: DescService;
  readonly v4: DescService;
  readonly translator: (pair: TypePair) => Printable;
  /** Types of the code that the messages need. */
  readonly hooks: readonly Printable[];
  readonly stashField: number | undefined;
}

function printBridge(f: GeneratedFile, service: ServiceMapping, sources: Sources): void {
  const v3 = f.importSchema(sources.v3);
  const v4 = f.importSchema(sources.v4);
  const type = [f.import("ServiceBridge", "proto4/runtime", true), "<typeof ", v3, ", typeof ", v4, ">"];
  const hooks = sources.hooks.flatMap((each, index) => (index === 0 ? [each] : [" & ", each]));
  const isHooked = hooks.length > 0;
  // Named first, the stub of v4 keeps its name where that of v3 has the same.
  f.print("/**");
  f.print(
    ...[" * Lets an implementation of {@link ", v4, "} answer the clients of {@link ", v3],
    isHooked ? "}, with your code." : "}.",
  );
  f.print(" */");
  if (isHooked) {
    f.print(f.export("function", createBridgeName(v4.name)), "(hooks: ", ...hooks, "): ", ...type, " {");
    f.print("  return {");
  } else f.print(f.export("const", bridgeName(v4.name)), ": ", ...type, " = {");
  printMembers(f, service, sources, isHooked ? "    " : "  ");
  if (isHooked) f.print("  };");
  f.print(isHooked ? "}" : "};");
  f.print();
}

function printMembers(
  f: GeneratedFile,
  { methods, unbridged }: ServiceMapping,
  sources: Sources,
  indent: string,
): void {
  f.print(indent, "v3: ", f.importSchema(sources.v3), ",");
  f.print(indent, "v4: ", f.importSchema(sources.v4), ",");
  f.print(indent, "methods: [");
  for (const method of methods) printMethod(f, method, sources, `${indent}  `);
  for (const { v3, reason } of unbridged)
    f.print(indent, `  // Clients of v3 get "unimplemented" from ${v3.name}: ${reason.replace(/;.*/, "")}.`);
  f.print(indent, "],");
  if (sources.stashField !== undefined) f.print(indent, "stashNumber: ", sources.stashField, ",");
}

function printMethod(
  f: GeneratedFile,
  { v3, v4, input, output }: MethodMapping,
  sources: Sources,
  indent: string,
): void {
  f.print(indent, "{");
  f.print(indent, "  v3: ", f.string(localName(sources.v3, v3.name)), ",");
  f.print(indent, "  v4: ", f.string(localName(sources.v4, v4.name)), ",");
  f.print(indent, "  input: ", sources.translator(input), ",");
  f.print(indent, "  output: ", sources.translator(output), ",");
  f.print(indent, "},");
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
