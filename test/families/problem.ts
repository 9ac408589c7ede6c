import type { Proto4Error } from "../../src/diagnostics/index.js";
import type { Enum, Field, Method, Schema } from "../../src/schema/index.js";
import type { Draft } from "./draft.js";
import type { Family } from "./family.js";
import { alignEnums, dissolve, setFieldAside, setMethodAside } from "./set-aside.js";
import { tellCardinality, tellOneofs, tellTypes } from "./tell-change.js";

/** What an error of the mapping speaks of, and how to get past it. */
export interface Problem {
  /** The kind of change: `field ended`, `string → bytes`. */
  readonly kind: string;
  /** What is to be declared DEPRECATED, where that is enough; else it is a refusal. */
  readonly ended?: Field | Method;
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
  [/: (\S+) is (?:in )?((?:no )?oneof.*), (\S+) is (?:in )?((?:no )?oneof.*); let the members/, readOneofs],
  [
    /: (\S+) is \S+, (\S+) is \S+; keep what streams/,
    ([v4, v3], context) => methods("what streams", v4, v3, context),
  ],
  [
    /: (\S+) is .+, (\S+) is .+; keep the type/,
    ([v4, v3], { schema }) => fields(tellTypes, named(schema, v3), named(schema, v4)),
  ],
  [
    /: (\S+) is .+, (\S+) is .+; make it/,
    ([v4, v3], { schema }) => fields(tellCardinality, named(schema, v3), named(schema, v4)),
  ],
  [
    /: the (?:key|value) of the map (\S+) changes its type/,
    ([v4], { schema, family }) =>
      fields(() => "type in a map", named(schema, elderName(v4, family)), named(schema, v4)),
  ],
  [/: (\S+ = -?\d+) becomes (\S+ = -?\d+), so that an absent/, readValues("zero of an enum")],
  [
    /^(\S+) becomes (\S+) and \S+ becomes \S+, but two of the numbers are one/,
    readValues("aliases of an enum"),
  ],
  [
    /: the request of (\S+) holds a google.protobuf.FieldMask while/,
    ([v4], context) =>
      methods(
        "names change or go, and a request has a FieldMask",
        v4,
        elderName(v4, context.family),
        context,
      ),
  ],
  [
    /: the (input|output) of (\S+) is \S+, which does not continue/,
    ([role, v4], context) =>
      methods(`another ${role} of a method`, v4, elderName(v4, context.family), context),
  ],
  [
    /^(\S+) has number and type of (\S+), which is retired/,
    ([v4, v3], { schema }) =>
      fields(() => "the number of a retired field", named(schema, v3), named(schema, v4)),
  ],
];

function ended(kind: string, element: Field | Method | undefined): Problem | undefined {
  return element && { kind, ended: element, setAside: () => {} };
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

function readOneofs([v4, , v3]: Parts, { schema }: Context): Problem | undefined {
  const [elder, newer] = [v3, v4].map((name) => named<Field>(schema, name)?.oneof);
  if (elder === undefined && newer === undefined) return undefined;
  return refusal(tellOneofs(elder, newer), (draft) => {
    for (const oneof of [elder, newer]) if (oneof !== undefined) dissolve(draft, oneof);
  });
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
function named<E extends Field | Method>(schema: Schema, name: string): E | undefined {
  return schema.elements.get(name) as E | undefined;
}

function elderName(v4: string, family: Family): string {
  return v4.replace(`${family.v4}.`, `${family.v3}.`);
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
