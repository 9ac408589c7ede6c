import type { DescMessage, Registry } from "@bufbuild/protobuf";
import type { GeneratedFile, Printable } from "@bufbuild/protoplugin";
import { type FilePlan, type Mapping, type MessageMapping, needsHooks } from "../mapping/index.js";
import { type Message, protoLine, type Schema } from "../schema/index.js";
import { type MessagePart, messageParts } from "./message-plans.js";
import { hookTypeName, neededHooks } from "./needed-hooks.js";
import { printHooksOf, printHookTypes } from "./print-hooks.js";
import { printLane } from "./print-lane.js";
import { printFilePlan, printMessagePlan, printShapes } from "./print-plan.js";
import { printTwin } from "./print-twin.js";
import type { PrintedLanes } from "./printed-lanes.js";
import {
  createTranslatorName,
  hooksName,
  importFrom,
  importLane,
  importMessagePlan,
  importPlan,
  laneName,
  messagePlanName,
  planName,
  shapeName,
  translatorName,
} from "./symbols.js";
import { hookedDoc, translatorDoc } from "./translator-doc.js";

/** What the translators of a file are printed from. */
export interface TranslatorSources {
  /** Of the v4 file. */
  readonly path: string;
  readonly plan: FilePlan;
  readonly mapping: Mapping;
  readonly schema: Schema;
  readonly registry: Registry;
  /** Whether a file's stubs are made along with this one. */
  readonly hasStub: (path: string) => boolean;
  readonly lanes: PrintedLanes;
  /** The field that carries stashes; `undefined` for the default. */
  readonly stashField: number | undefined;
}

/**
 * For each paired message of the file its plan, its translator and its two ways, on bytes and on messages of
 * protobuf-es; entry types of maps have none. Nothing refers to what it does not need, so that a bundler leaves
 * out what nobody calls.
 */
export function printTranslators(f: GeneratedFile, sources: TranslatorSources): void {
  const { path, plan, mapping, schema, registry, stashField } = sources;
  const mapped = new Map(mapping.messages.map((message) => [message.v3.fullName, message]));
  const shapes = printShapes(f, plan.plan.shapes);
  const printed = new Map<string, string>();
  const hooked = needsHooks(mapping);
  const parts = messageParts(plan.plan, (v3) => mapped.get(v3)!.v4.mapEntry);
  const declared = new Set(parts.map(({ messages: [{ v4 }] }) => shapeName(f, registry, v4)));
  const nameOf = (v3: string) => ownPlanName(f, registry, mapped.get(v3)!);
  const isOwn = ({ v3, v4 }: MessageMapping) => v3 === v4 || v4.file.fullName === path;
  const planOf = (v3: string) => {
    const message = mapped.get(v3);
    if (message === undefined) return undefined;
    if (isOwn(message)) return { name: nameOf(v3), later: !printed.has(v3) };
    const shape = shapeName(f, registry, message.v4.fullName);
    return { name: importMessagePlan(f, message.v4.file.fullName, shape), later: false };
  };
  for (const part of parts) {
    const message = mapped.get(part.messages[0].v3)!;
    const name = nameOf(part.messages[0].v3);
    printPart(f, message, name, part, { schema, shapes, planOf, whole: planName(path), stashField });
    printed.set(message.v3.fullName, name);
    for (const { v3 } of part.messages) printLanes(f, mapped.get(v3)!, name, sources);
    if (message.v3 === message.v4) continue;
    if (hooked.has(message)) printHooked(f, message, name, sources);
    else printTranslator(f, message, name, declared, sources);
  }
  printFilePlan(f, path, [...printed.values(), ...plan.uses.map((used) => importPlan(f, used))], stashField);
}

/** A message that both generations use belongs to no generated file: each has a plan of its own for it. */
function ownPlanName(f: GeneratedFile, registry: Registry, { v3, v4 }: MessageMapping): string {
  const name = messagePlanName(shapeName(f, registry, v4.fullName));
  return v3 === v4 ? `shared${name}` : name;
}

function printPart(
  f: GeneratedFile,
  { v3, v4, identical }: MessageMapping,
  name: string,
  part: MessagePart,
  scope: Parameters<typeof printMessagePlan>[3],
): void {
  const differs = identical ? "Nothing differs" : "What differs";
  if (v3 === v4) f.print(`// ${differs} in ${v3.fullName}.`);
  else f.print(f.jsDoc(`${differs} between ${v3.fullName} and ${v4.fullName}.`));
  printMessagePlan(f, v3 === v4 ? `const ${name}` : f.export("const", name), part, scope);
}

/** The two ways of a message as code, where it pays. */
function printLanes(
  f: GeneratedFile,
  message: MessageMapping,
  plan: string,
  sources: TranslatorSources,
): void {
  const { v3, v4 } = message;
  const { path, mapping, registry, lanes } = sources;
  const shapeOf = ({ v4 }: MessageMapping): string =>
    v4.mapEntry && v4.parent.kind === "message"
      ? `${shapeName(f, registry, v4.parent.fullName)}_${v4.name}`
      : shapeName(f, registry, v4.fullName);
  for (const way of ["up", "down"] as const) {
    const description = lanes[way].get(v3.fullName);
    if (description === undefined) continue;
    const [from, to] = way === "up" ? [v3, v4] : [v4, v3];
    printLane(f, description, {
      name: laneName(way, shapeOf(message)),
      title: `${from.fullName} on its way ${way}`,
      plan,
      lineOf: ({ number, there }) => lineOf(from, number, to, there),
      laneOf: (name) => {
        const inside = mapping.messages.find((other) => other.v3.fullName === name)!;
        const file = inside.v4.file.fullName;
        const shape = shapeOf(inside);
        return file === path ? laneName(way, shape) : importLane(f, file, way, shape);
      },
    });
  }
}

function lineOf(from: Message, number: number, to: Message, there: number): string {
  const field = from.fieldByNumber.get(number);
  const other = there === 0 ? undefined : to.fieldByNumber.get(there);
  const [here, over] = [field, other].map((each) => (each === undefined ? "" : protoLine(each)));
  if (here === "") return `field ${number}`;
  return over === "" || over === here ? here! : `${here} → ${over}`;
}

function laneOptions(v3: string, shape: string, lanes: PrintedLanes): string {
  const ways = (["up", "down"] as const).filter((way) => lanes[way].has(v3));
  if (ways.length === 0) return "";
  return `, { lanes: { ${ways.map((way) => `${way}: ${laneName(way, shape)}`).join(", ")} } }`;
}

function printTranslator(
  f: GeneratedFile,
  message: MessageMapping,
  plan: string,
  shapes: ReadonlySet<string>,
  { registry, hasStub, lanes }: TranslatorSources,
): void {
  const { v3, v4 } = message;
  const shape = shapeName(f, registry, v4.fullName);
  const name = translatorName(shape);
  f.print(f.jsDoc(`Carries ${v3.fullName} up to ${v4.fullName}, and back down.`));
  f.print(
    ...[f.export("const", name), ": ", f.import("Translator", "proto4/runtime", true)],
    ...[" = /* @__PURE__ */ ", f.import("createTranslator", "proto4/runtime"), `(${plan}, `],
    ...[f.string(v3.fullName), laneOptions(v3.fullName, shape, lanes), ");"],
  );
  f.print();
  for (const way of ["up", "down"] as const) printWay(f, message, way, shape);
  const stubs = { v3: registry.getMessage(v3.fullName), v4: registry.getMessage(v4.fullName) };
  if (!isComplete(stubs) || !hasStub(v3.file.fullName)) return;
  const isTaken = (other: string) => shapes.has(other);
  for (const way of ["up", "down"] as const)
    printTwin(f, { way, shape, stubs, identical: message.identical, isTaken });
}

/** Where code of the user's own has a part, it is given when the translator is made. */
function printHooked(
  f: GeneratedFile,
  message: MessageMapping,
  plan: string,
  sources: TranslatorSources,
): void {
  const { path, mapping, schema, registry, lanes } = sources;
  const { v3, v4 } = message;
  const shape = shapeName(f, registry, v4.fullName);
  printHookTypes(f, message, shape, schema);
  printHooksOf(f, v4, shape, neededHooks(mapping, message), ({ name, message: { v4: other } }) => {
    const type = hookTypeName(shapeName(f, registry, other.fullName), name);
    return other.file.fullName === path ? type : importFrom(f, other.file.fullName, type, true);
  });
  const options = laneOptions(v3.fullName, shape, lanes)
    .replace(/^, \{ /, "")
    .replace(/ \}$/, "");
  const given = options === "" ? "{ hooks: { ...hooks } }" : `{ hooks: { ...hooks }, ${options} }`;
  f.print(f.jsDoc(hookedDoc(message)));
  f.print(
    ...[f.export("function", createTranslatorName(shape)), `(hooks: ${hooksName(shape)}): `],
    ...[f.import("Translator", "proto4/runtime", true), " {"],
  );
  f.print(
    "  return ",
    f.import("createTranslator", "proto4/runtime"),
    `(${plan}, ${JSON.stringify(v3.fullName)}, ${given});`,
  );
  f.print("}");
  f.print();
}

/** What cannot lose anything says so by its type: where that changes, callers have to look. */
function printWay(f: GeneratedFile, message: MessageMapping, way: "up" | "down", shape: string): void {
  const { identical } = message;
  const options = f.import("TranslateOptions", "proto4/runtime", true);
  const result: Printable = identical ? "Uint8Array" : f.import("Translated", "proto4/runtime", true);
  f.print(f.jsDoc(translatorDoc(message, way)));
  f.print(
    ...[f.export("function", `${way}${shape}`), "(bytes: Uint8Array, options?: ", options, "): "],
    ...[result, " {"],
  );
  f.print(`  return ${translatorName(shape)}.${way}(bytes, options)${identical ? ".value" : ""};`);
  f.print("}");
  f.print();
}

function isComplete(stubs: {
  readonly v3: DescMessage | undefined;
  readonly v4: DescMessage | undefined;
}): stubs is { readonly v3: DescMessage; readonly v4: DescMessage } {
  return stubs.v3 !== undefined && stubs.v4 !== undefined;
}
