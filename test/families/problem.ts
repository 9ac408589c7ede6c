import type { Proto4Error } from "../../src/diagnostics/index.js";
import type { Enum, Field, Method, Schema, Service } from "../../src/schema/index.js";
import type { Ending } from "./annotate.js";
import type { Draft } from "./draft.js";
import type { Family } from "./family.js";
import { alignEnums, setFieldAside, setMethodAside } from "./set-aside.js";
import { tellCardinality, tellTypes } from "./tell-change.js";

/** What an error of the mapping speaks of, and how to get past it. */
export interface Problem {
  /** The kind of change: `field ended`, `string → bytes`. */
  readonly kind: string;
  /** What is to be declared DEPRECATED, where that is enough; else it is a refusal. */
  readonly ended?: Ending;
  /** Takes what is refused out of both generations. */
  setAside(draft: Draft): void;
}

/**
 * Reads an error as a person would who follows its advice. Where it leaves a choice, it is the one that guesses
 * nothing: what has no counterpart ended.
 * @returns `undefined` where the error says nothing that this knows
 */
export function readProblem({ message }: Proto4Error, schema: Schema, family: Family): Problem | undefined {
  const context = { schema, family };
  for (const [pattern, read] of readers) {
    const match = pattern.exec(message);
    if (match !== null) return read(match.slice(1) as Parts, context);
  }
  return undefined;
}

/** As many as the pattern has. */
type Parts = [string, string, string, string];

interface Context {
  readonly schema: Schema;
  readonly family: Family;
}

type Reader = (parts: Parts, context: Context) => Problem | undefined;

const readers: readonly (readonly [RegExp, Reader])[] = [
  [
    /^field \d+ "(.+)" of (\S+) has no counterpart/,
    ([name, of], { schema }) => ended("field ended", named<Field>(schema, `${of}.${name}`)),
  ],
  [
    /^method (\S+) has no counterpart/,
    ([name], { schema }) => ended("method ended", named<Method>(schema, name)),
  ],
  [
    /^service (\S+) has no counterpart/,
    ([name], { schema }) => ended("service ended", named<Service>(schema, name)),
  ],
  [/ tells what continues what: ([^;]+?) of (\S+), ([^;]+) of (\S+);/, readGuess],
  [
    /: (\S+) is \S+, (\S+) is \S+; keep what streams/,
    ([v4, v3], context) => methods("what streams", v4, v3, context),
  ],
  [
    /: (\S+) is .+, (\S+) is .+; keep the type/,
    ([v4, v3], { schema }) => fields(tellTypes, named(schema, v3), named(schema, v4)),
  ],
  [
    /: (\S+) is \S+, (\S+) is \S+; write \(proto4\.(?:message|enum)_terms\)/,
    ([v4, v3], { schema }) => fields(tellTypes, named(schema, v3), named(schema, v4)),
  ],
  [
    /: (\S+) is .+, (\S+) is .+; make it/,
    ([v4, v3], { schema }) => fields(tellCardinality, named(schema, v3), named(schema, v4)),
  ],
  [
    /: the (?:key|value) of the map (\S+) is .*, that of (\S+) is /,
    ([v4, v3], { schema }) => fields(() => "type in a map", named(schema, v3), named(schema, v4)),
  ],
  [
    /: (\S+) has .*, (\S+) has .*; keep the default/,
    ([v4, v3], { schema }) => fields(() => "another default", named(schema, v3), named(schema, v4)),
  ],
  [
    /: (\S+) is required, and the other generation/,
    ([name], { schema }) => field("a required field of one side", named<Field>(schema, name)),
  ],
  [
    /^(\S+) \(\w+\) and (\S+) \(\w+\) are one time/,
    ([one, other], { schema }) =>
      fields(() => "an integer that is a time, without a unit", named(schema, one), named(schema, other)),
  ],
  [/: (\S+ = -?\d+) becomes (\S+ = -?\d+), so that an absent/, readValues("zero of an enum")],
  [
    /^(\S+) becomes (\S+) and \S+ becomes \S+, but two of the numbers are one/,
    readValues("aliases of an enum"),
  ],
  [
    /^(\S+) has number and type of (\S+), which is retired/,
    ([v4, v3], { schema }) =>
      fields(() => "the number of a retired field", named(schema, v3), named(schema, v4)),
  ],
];

function ended(kind: string, element: Ending | undefined): Problem | undefined {
  return element && { kind, ended: element, setAside: () => {} };
}

function field(kind: string, alone: Field | undefined): Problem | undefined {
  return alone && refusal(kind, (draft) => setFieldAside(draft, alone));
}

type Tell = (v3: Field, v4: Field) => string;

function fields(tell: Tell, v3: Field | undefined, v4: Field | undefined): Problem | undefined {
  if (v3 === undefined || v4 === undefined) return undefined;
  return refusal(tell(v3, v4), (draft) => {
    setFieldAside(draft, v3);
    setFieldAside(draft, v4);
  });
}

function methods(kind: string, v4: string, v3: string, { schema }: Context): Problem | undefined {
  const [elder, newer] = [named<Method>(schema, v3), named<Method>(schema, v4)];
  if (elder === undefined || newer === undefined) return undefined;
  return refusal(kind, (draft) => {
    setMethodAside(draft, elder);
    setMethodAside(draft, newer);
  });
}

/** What only type and number tell, or the number alone: fields, or values of enums. */
function readGuess([elders, v3, newers, v4]: Parts, { schema }: Context): Problem | undefined {
  const [elder, newer] = [schema.elements.get(v3), schema.elements.get(v4)];
  if (elder?.kind === "enum" && newer?.kind === "enum")
    return refusal("a value of an enum that may continue another", (draft) =>
      alignEnums(draft, elder, newer),
    );
  if (elder?.kind !== "message" || newer?.kind !== "message") return undefined;
  const numbers = new Set(numbersIn(elders));
  const number = numbersIn(newers).find((each) => numbers.has(each)) ?? 0;
  const pair = [elder, newer].map((message) => message.fieldByNumber.get(number));
  return fields(() => "a field that may continue another", pair[0], pair[1]);
}

/** Of `name = 1, other = 2`. */
function numbersIn(told: string): readonly number[] {
  return [...told.matchAll(/ = (-?\d+)/g)].map(([, number]) => Number(number));
}

function readValues(kind: string): Reader {
  return ([v3, v4], { schema, family }) => {
    const [elder, newer] = [findEnum(schema, family.v3, v3), findEnum(schema, family.v4, v4)];
    if (elder === undefined || newer === undefined) return undefined;
    return refusal(kind, (draft) => alignEnums(draft, elder, newer));
  };
}

function refusal(kind: string, setAside: Problem["setAside"]): Problem {
  return { kind, setAside };
}

/** The error tells what kind of element it is. */
function named<E extends Ending>(schema: Schema, name: string): E | undefined {
  return schema.elements.get(name) as E | undefined;
}

/** @param value `NAME = 1`, or its name */
function findEnum(schema: Schema, packageName: string, value: string): Enum | undefined {
  const [name, number] = value.split(" = ");
  const found = [...schema.elements.values()].find(
    (element) =>
      element.kind === "enum-value" &&
      element.file.package === packageName &&
      element.name === name &&
      (number === undefined || element.number === Number(number)),
  );
  return found?.kind === "enum-value" ? found.parent : undefined;
}
