import type { DescService, Registry } from "@bufbuild/protobuf";
import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import type { Mapping, MethodMapping, ServiceMapping, TypePair } from "../mapping/index.js";
import { bridgeName, importTranslator, shapeName } from "./symbols.js";

/** For each paired service of the file, what `proto4/connect` needs to serve both generations. */
export function printBridges(f: GeneratedFile, path: string, mapping: Mapping, registry: Registry): void {
  const translator = (pair: TypePair) => printTranslator(f, mapping, registry, pair);
  for (const service of mapping.services) {
    const v3 = registry.getService(service.v3.fullName);
    const v4 = registry.getService(service.v4.fullName);
    if (v3 !== undefined && v4 !== undefined && service.v4.file.fullName === path)
      printBridge(f, service, { v3, v4, translator });
  }
}

/** Both stubs of a service, and how to print the translator of a pair of messages. */
interface Sources {
  readonly v3: DescService;
  readonly v4: DescService;
  readonly translator: (pair: TypePair) => Printable;
}

function printBridge(f: GeneratedFile, { methods }: ServiceMapping, sources: Sources): void {
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
  f.print("  ],");
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

/** A message that both generations use has no translator of its own: a plan of one identity stands in. */
function printTranslator(f: GeneratedFile, mapping: Mapping, registry: Registry, pair: TypePair): Printable {
  const message = mapping.messages.find(({ v3, v4 }) => v3.fullName === pair.v3 && v4.fullName === pair.v4);
  if (message !== undefined)
    return importTranslator(f, message.v4.file.fullName, shapeName(f, registry, pair.v4));
  const [v3, v4] = [f.string(pair.v3), f.string(pair.v4)];
  const plan = ["{ messages: [{ v3: ", v3, ", v4: ", v4, ', contract: "BYTES" }], shapes: [] }'];
  return [f.import("createTranslator", "proto4/runtime"), "(", plan, ", ", v3, ")"];
}
