import { createRegistry, type DescFile } from "@bufbuild/protobuf";
import type { CodeGeneratorRequest, CodeGeneratorResponse_File } from "@bufbuild/protobuf/wkt";
import type { GeneratedFile } from "@bufbuild/protoplugin";
import { compileFilePlan } from "../mapping/index.js";
import type { Schema } from "../schema/index.js";
import type { Generation } from "./generation.js";
import { printBridges } from "./print-bridges.js";
import { printLifecycles } from "./print-lifecycles.js";
import { printTranslators, type TranslatorSources } from "./print-translators.js";
import { type PrintedLanes, printedLanes } from "./printed-lanes.js";
import { createEcmaScriptPlugin } from "./protoplugin.js";
import { outputPath } from "./symbols.js";
import { tidyImports } from "./tidy-imports.js";

/** How the files are made: by whom, from what, in which form. */
export interface PrintOptions {
  readonly version: string;
  readonly schema: Schema;
  /** The parameter that protoc-gen-es got, because the files import its stubs. */
  readonly parameter: string;
  /** The field that carries stashes; `undefined` for the default. */
  readonly stashField: number | undefined;
}

/** The `*_proto4` file of each v4 file to generate: fingerprint, lifecycles, translators and wiring. */
export function printGenerations(
  request: CodeGeneratorRequest,
  generations: readonly Generation[],
  { version, schema, parameter, stashField }: PrintOptions,
): readonly CodeGeneratorResponse_File[] {
  const plugin = createEcmaScriptPlugin({
    name: "protoc-gen-proto4",
    version: `v${version}`,
    parseOptions: () => ({}),
    generateTs: (stubs) => {
      const registry = createRegistry(...stubs.allFiles);
      const generated = new Set(stubs.files.map(({ proto }) => proto.name));
      const lanes = new Map<Generation, PrintedLanes>();
      const hasStub = (path: string) => generated.has(path);
      for (const desc of stubs.files) {
        const generation = generations.find(({ mapping }) => mapping.v4 === desc.proto.package);
        if (generation === undefined) continue;
        const f = stubs.generateFile(`${outputPath(desc.proto.name)}.ts`);
        const known = lanes.get(generation) ?? printedLanes(generation.mapping);
        lanes.set(generation, known);
        printFile(f, desc, generation, { schema, registry, hasStub, lanes: known, stashField });
      }
    },
  });
  const { file: printed } = plugin.run({ ...request, parameter });
  return printed.map((file) => ({ ...file, content: tidyImports(file.content) }));
}

function printFile(
  f: GeneratedFile,
  desc: DescFile,
  { mapping, fingerprint }: Generation,
  sources: Pick<TranslatorSources, "schema" | "registry" | "hasStub" | "lanes" | "stashField">,
): void {
  const path = desc.proto.name;
  const { schema } = sources;
  f.preamble(desc);
  f.print(f.jsDoc(`SHA-256 of the contract ${mapping.v4}, as written.`));
  f.print(f.export("const", "fingerprint"), " = ", f.string(fingerprint), ";");
  f.print();
  const file = schema.files.get(path);
  if (file !== undefined) printLifecycles(f, file);
  printTranslators(f, { ...sources, path, mapping, plan: compileFilePlan(mapping, path) });
  printBridges(f, path, mapping, sources);
}
