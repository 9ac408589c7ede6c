import type { FileRegistry } from "@bufbuild/protobuf";
import fc from "fast-check";
import { createTranslator, type Hooks, hookSide, type Plan, type Translator } from "../../runtime/index.js";
import { compilePlan } from "../compile-plan.js";
import type { Mapping, MessageMapping } from "../mapping.js";
import { countFields } from "./coverage.js";
import { defaultsOf } from "./defaults.js";
import { loadDescriptors } from "./descriptors.js";
import { findBreach } from "./laws.js";
import type { CounterExample, FieldCoverage, Proof, TypeProof } from "./proof.js";
import type { ProveOptions } from "./prove-options.js";
import { makeSample } from "./sample.js";
import { makeSources, type SourceOf } from "./sources.js";
import {
  counterpartsOf,
  type HookSubject,
  type Journey,
  journeys,
  type Subject,
  type Trial,
} from "./subject.js";

/** Proves the contract of every pair of messages, one after the other, and says where it does not hold. */
export function runProof(mapping: Mapping, options: ProveOptions): Proof {
  const { runs, seed, only = () => true, hooks = {} } = options;
  const registry = loadDescriptors(mapping.schema);
  const plan = compilePlan(mapping);
  const translatorOf = options.translatorOf ?? ((v3) => createTranslator(plan, v3, { hooks }));
  const sourceOf = makeSources(mapping, registry);
  const defaults = defaultsOf(mapping);
  const types = mapping.messages
    .filter(({ v4 }) => !v4.mapEntry && only(v4.fullName))
    .map((message): TypeProof => {
      const subject = makeSubject(
        message,
        registry,
        orRefusal(() => translatorOf(message.v3.fullName)),
        hookSubjects(message, plan, hooks),
      );
      const allowed = { ...subject, defaults: message.contract === "MODULO" ? defaults : new Map() };
      return proveType(allowed, sourceOf, { runs, seed });
    });
  return { runs, seed, types };
}

/** Where there is no translator, for want of a hook say, no message has one: the proof fails with the reason. */
function orRefusal(make: () => Translator): Translator {
  try {
    return make();
  } catch (error) {
    const refuse = () => {
      throw error;
    };
    return { up: refuse, down: refuse };
  }
}

function makeSubject(
  message: MessageMapping,
  registry: FileRegistry,
  translator: Translator,
  hooks: readonly HookSubject[],
): Omit<Subject, "defaults"> {
  const { v3, v4, contract, entries } = message;
  return {
    v3: registry.getMessage(v3.fullName)!,
    v4: registry.getMessage(v4.fullName)!,
    contract,
    entries,
    translator,
    counterparts: counterpartsOf(message),
    registry,
    hooks,
  };
}

/** Code that is not given is not asked: there is no translator either. */
function hookSubjects({ v3 }: MessageMapping, plan: Plan, hooks: Hooks): readonly HookSubject[] {
  const { changes } = plan.messages.find((message) => message.v3 === v3.fullName)!;
  return (changes?.changed ?? []).flatMap((entry) => {
    const code = entry.kind === "hook" ? hooks[entry.name] : undefined;
    if (entry.kind !== "hook" || code === undefined) return [];
    const { name, v3, v4 } = entry;
    const fields = { v3: v3.map((field) => field.name), v4: v4.map((field) => field.name) };
    return [{ name, code, fields, v3: hookSide(v3, plan), v4: hookSide(v4, plan) }];
  });
}

function proveType(
  subject: Subject,
  sourceOf: SourceOf,
  options: Pick<ProveOptions, "runs" | "seed">,
): TypeProof {
  const [up, down] = journeys.map((journey) => proveJourney(subject, journey, sourceOf, options));
  const failures = [up!, down!].flatMap((journey) => journey.failure ?? []);
  // What user code does wrong one way is also behind what fails the other way.
  const failure = failures.find(({ law }) => law === "hook") ?? failures[0];
  return {
    v3: subject.v3.typeName,
    v4: subject.v4.typeName,
    contract: subject.contract,
    coverage: { v3: up!.coverage, v4: down!.coverage },
    ...(failure === undefined ? {} : { failure }),
  };
}

interface JourneyProof {
  readonly coverage: readonly FieldCoverage[];
  readonly failure: CounterExample | undefined;
}

function proveJourney(
  subject: Subject,
  journey: Journey,
  sourceOf: SourceOf,
  { runs, seed }: Pick<ProveOptions, "runs" | "seed">,
): JourneyProof {
  const { from, over } = journey;
  const counter = countFields(subject[from]);
  let tried = 0;
  const trials: fc.Arbitrary<Trial> = fc.record({
    bytes: sourceOf(subject[from], from),
    edits: sourceOf(subject[over], over),
    edited: fc.subarray([...subject.counterparts], { maxLength: Math.min(4, subject.counterparts.length) }),
  });
  const property = fc.property(trials, (trial) => {
    // What follows a failure are smaller ones, which are no sample of all.
    if (tried++ < runs) counter.add(trial.bytes);
    return findBreach(subject, journey, trial) === undefined;
  });
  const { counterexample } = fc.check(property, { numRuns: runs, seed });
  const smallest = counterexample?.[0];
  return { coverage: counter.result(), failure: smallest && failureOf(subject, journey, smallest) };
}

function failureOf(subject: Subject, journey: Journey, trial: Trial): CounterExample {
  const { from } = journey;
  const breach = findBreach(subject, journey, trial)!;
  return { ...breach, from, given: makeSample(subject[from], trial.bytes, subject.registry) };
}
