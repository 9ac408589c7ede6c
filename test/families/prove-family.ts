import {
  create,
  createFileRegistry,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  isFieldSet,
  toBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { compilePlan, type Mapping, type MessageMapping } from "../../src/mapping/index.js";
import {
  createTranslator,
  type Plan,
  type Translated,
  type TranslateOptions,
} from "../../src/runtime/index.js";
import type { Message } from "../../src/schema/index.js";
import { arbitraryBytes, type BytesOptions, unknownField } from "../runtime/arbitrary-bytes.js";
import { canonicalForm, canonicalFormWithoutStash, recode } from "../runtime/canonical-form.js";
import { checkRead } from "./check-read.js";
import type { Draft } from "./draft.js";

/** What round trips of generated messages showed. */
export interface Proof {
  /** Message types, each of which made so many journeys either way. */
  readonly types: number;
  /** Fields of those types, on both sides, and how many of them some message had set. */
  readonly fields: number;
  readonly reached: number;
  readonly failures: readonly Failure[];
}

interface Failure {
  readonly message: string;
  readonly journey: "v3→v4→v3" | "v4→v3→v4";
  /** The smallest message that did not come back, in hex, and what came instead. */
  readonly example: string;
}

export interface ProveOptions {
  /** Messages a type and way; as many as it has fields where those are more. */
  readonly runs: number;
  /** By default that of the mapping. */
  readonly plan?: Plan;
}

/**
 * Sends generated messages of every type to the other generation and back, through stubs of both. The same
 * messages on every run.
 */
export function proveFamily(draft: Draft, mapping: Mapping, { runs, plan }: ProveOptions): Proof {
  const registry = registryOf(draft);
  const travelling = journeysOf(plan ?? compilePlan(mapping), registry);
  const options = { unknown: unknownFields(mapping), made: new Map() };
  const types = mapping.messages.filter(({ v4 }) => !v4.mapEntry);
  const journeys = types.flatMap(travelling);
  const failures = journeys.flatMap((journey) => prove(journey, options, runs));
  const reached = sum(journeys, ({ reached }) => reached.size);
  const fields = sum(journeys, ({ desc }) => desc.fields.length);
  return { types: types.length, fields, reached, failures };
}

interface Journey {
  readonly name: Failure["journey"];
  readonly mapping: MessageMapping;
  readonly desc: DescMessage;
  readonly there: DescMessage;
  /** Numbers of the fields that were set in some message that set out. */
  readonly reached: Set<number>;
  out(bytes: Uint8Array, options?: TranslateOptions): Translated;
  back(bytes: Uint8Array, options?: TranslateOptions): Translated;
}

function journeysOf(plan: Plan, registry: FileRegistry): (mapping: MessageMapping) => readonly Journey[] {
  return (mapping) => {
    const { up, down } = createTranslator(plan, mapping.v3.fullName);
    const v3 = registry.getMessage(mapping.v3.fullName)!;
    const v4 = registry.getMessage(mapping.v4.fullName)!;
    return [
      { name: "v3→v4→v3", mapping, desc: v3, there: v4, reached: new Set(), out: up, back: down },
      { name: "v4→v3→v4", mapping, desc: v4, there: v3, reached: new Set(), out: down, back: up },
    ];
  };
}

function prove(journey: Journey, options: BytesOptions, runs: number): readonly Failure[] {
  const { desc, name } = journey;
  const property = fc.property(arbitraryBytes(desc, options), (bytes) => travel(journey, bytes));
  const { failed, counterexample, errorInstance } = fc.check(property, {
    numRuns: Math.max(runs, desc.fields.length),
    seed: 1,
  });
  if (!failed) return [];
  const smallest = hex(counterexample?.[0] ?? new Uint8Array());
  const why = errorInstance instanceof Error ? errorInstance.message : `${errorInstance}`;
  return [{ message: desc.typeName, journey: name, example: `${smallest}: ${why}` }];
}

/** @throws Error when the message does not come back as it was, or is read as another one on the way */
function travel({ mapping, desc, there, reached, out, back }: Journey, bytes: Uint8Array): void {
  const message = fromBinary(desc, bytes);
  for (const field of desc.fields) if (isFieldSet(message, field)) reached.add(field.number);
  const sent = toBinary(desc, message);
  const far = out(sent);
  checkRead(mapping.entries, { desc, message }, { desc: there, message: fromBinary(there, far.value) });
  const home = back(recode(there, far.value), { stash: "trust" });
  const lost = [...far.lost, ...home.lost];
  if (lost.length > 0) throw new Error(`lost ${JSON.stringify(lost)}`);
  checkSame(canonicalForm(desc, bytes), canonicalFormWithoutStash(desc, home.value));
  // Bytes that no encoder would write, without a stub in between: the contract says what comes back of them.
  const { value } = back(out(bytes).value, { stash: "trust" });
  if (mapping.contract === "BYTES") checkSame(hex(bytes), hex(value));
  else checkSame(canonicalForm(desc, bytes), canonicalFormWithoutStash(desc, value));
}

function checkSame(sent: string, came: string): void {
  if (came !== sent) throw new Error(`sent ${sent}, came back ${came}`);
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Of each message unknown fields, also under numbers that the other generation gives to fields of its own. */
function unknownFields({ messages }: Mapping): NonNullable<BytesOptions["unknown"]> {
  const sides = messages
    .filter(({ v4 }) => !v4.mapEntry)
    .flatMap(({ v3, v4 }) => [[v3, v4] as const, [v4, v3] as const]);
  return Object.fromEntries(
    sides.map(([here, there]) => [here.fullName, unknownField(...unknownNumbers(here, there))]),
  );
}

function unknownNumbers(here: Message, there: Message): readonly number[] {
  const taken = there.fields.map(({ number }) => number).filter((number) => !here.fieldByNumber.has(number));
  return [...taken, beyond];
}

function sum<T>(all: readonly T[], count: (one: T) => number): number {
  return all.reduce((total, one) => total + count(one), 0);
}

function registryOf(draft: Draft): FileRegistry {
  const file = [...draft.values()].map(({ bytes }) => fromBinary(FileDescriptorProtoSchema, bytes));
  return createFileRegistry(create(FileDescriptorSetSchema, { file }));
}

/** A number that none of the contracts uses. */
const beyond = 100_000;
