import type { ChangeKind, ChangeOf } from "../../diff/index.js";
import { type Field, protoLine } from "../../schema/index.js";
import { name, type Phrase, phrase } from "./phrase.js";
import { tellPromise } from "./tell-promise.js";
import { changed, type Tellings, wasRemoved } from "./telling.js";

/** What happens to fields and extensions, and to options and features of any element. */
type FieldKind = Extract<
  ChangeKind,
  | `field-${string}`
  | `required-${string}`
  | "extension-removed"
  | "option-changed"
  | "other-option-changed"
  | "features-changed"
>;

export const fieldTellings: Tellings<FieldKind> = {
  "field-removed": { step: "minor", tell: wasRemoved },
  "extension-removed": { step: "minor", tell: wasRemoved },
  "field-added": {
    step: "minor",
    tell: ({ after }) => phrase`was added (${protoLine(after)})${tellPromise(after)}`,
  },
  "required-removed": { step: "minor", tell: () => phrase`is no longer required` },
  "required-added": { step: "minor", tell: () => phrase`is required now` },
  "field-renamed": {
    step: "minor",
    tell: ({ before, after, from, to }) =>
      phrase`was renamed from ${name(from)} to ${name(to)}${inJson(before, after)}`,
  },
  "field-type-changed": { step: "minor", tell: (change) => changed("type", change) },
  "field-cardinality-changed": {
    step: "minor",
    tell: ({ from, to }) =>
      phrase`went from ${[cardinalities[from] ?? from]} to ${[cardinalities[to] ?? to]}`,
  },
  "field-oneof-changed": {
    step: "minor",
    tell: ({ from, to }) => {
      if (from === "") return phrase`joined oneof ${name(to)}`;
      return to === ""
        ? phrase`left oneof ${name(from)}`
        : phrase`went from oneof ${name(from)} to ${name(to)}`;
    },
  },
  "field-json-name-changed": { step: "minor", tell: (change) => changed("JSON name", change) },
  "field-default-changed": { step: "minor", tell: (change) => changed("default", change) },
  "field-utf8-changed": { step: "patch", tell: (change) => changed("UTF-8 validation", change) },
  "field-java-utf8-changed": {
    step: "patch",
    tell: (change) => changed("UTF-8 validation in Java", change),
  },
  "field-cpp-string-changed": { step: "patch", tell: (change) => changed("string type in C++", change) },
  "field-jstype-changed": { step: "patch", tell: (change) => changed("type in JavaScript", change) },
  "option-changed": { step: "patch", tell: (change) => changed(`option (${change.option})`, change) },
  "other-option-changed": { step: "patch", tell: toldOption },
  "features-changed": { step: "patch", tell: (change) => changed("resolved features", change) },
};

function toldOption({ option, from, to }: ChangeOf<"other-option-changed">): Phrase {
  if (from === "") return phrase`sets option ${option} to ${to}`;
  return to === ""
    ? phrase`drops option ${option}, which was ${from}`
    : phrase`changes option ${option} from ${from} to ${to}`;
}

/** An extension's JSON name is its full name. */
function inJson(before: Field, after: Field): Phrase {
  const same = before.jsonName === after.jsonName || before.extendee !== undefined;
  return same ? [] : phrase`, in JSON from ${name(before.jsonName)} to ${name(after.jsonName)}`;
}

const cardinalities: Readonly<Record<string, string>> = {
  implicit: "no presence",
  explicit: "explicit presence",
};
