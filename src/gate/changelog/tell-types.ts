import type { ChangeKind } from "../../diff/index.js";
import { listed, type Phrase, phrase } from "./phrase.js";
import { tellPromise } from "./tell-promise.js";
import { changed, type Tellings, wasRemoved } from "./telling.js";

/** What happens to messages, enums and services, and to values and methods in them. */
type TypeKind = Extract<
  ChangeKind,
  | `${"message" | "enum" | "service" | "method"}-${"added" | "removed"}`
  | `enum-value-${string}`
  | `method-${string}`
  | `${string}-range-removed`
  | `${"" | "enum-"}reserved-${"added" | "removed"}`
  | "extension-range-added"
  | "visibility-changed"
  | "message-json-format-changed"
  | "descriptor-accessor-changed"
  | "oneof-removed"
>;

export const typeTellings: Tellings<TypeKind> = {
  "message-removed": { step: "minor", tell: wasRemoved },
  "enum-removed": { step: "minor", tell: wasRemoved },
  "service-removed": { step: "minor", tell: wasRemoved },
  "message-added": {
    step: "minor",
    tell: ({ after }) => phrase`was added${tellPromise(after)}${having("fields", after.fields)}`,
  },
  "enum-added": {
    step: "minor",
    tell: ({ after }) => phrase`was added${tellPromise(after)}${having("values", after.values)}`,
  },
  "service-added": {
    step: "minor",
    tell: ({ after }) => phrase`was added${tellPromise(after)}${having("methods", after.methods)}`,
  },
  "visibility-changed": {
    step: "minor",
    tell: ({ to }) =>
      to === "local"
        ? phrase`can no longer be named by other files`
        : phrase`can be named by other files now`,
  },
  "reserved-removed": { step: "patch", tell: ({ from }) => phrase`no longer reserves ${from}` },
  "enum-reserved-removed": { step: "patch", tell: ({ from }) => phrase`no longer reserves ${from}` },
  "extension-range-removed": {
    step: "minor",
    tell: ({ from }) => phrase`no longer takes extensions ${from}`,
  },
  "reserved-added": { step: "patch", tell: ({ to }) => phrase`reserves ${to} now` },
  "enum-reserved-added": { step: "patch", tell: ({ to }) => phrase`reserves ${to} now` },
  "extension-range-added": { step: "minor", tell: ({ to }) => phrase`takes extensions ${to} now` },
  "message-json-format-changed": { step: "patch", tell: (change) => changed("JSON format", change) },
  "descriptor-accessor-changed": {
    step: "patch",
    tell: (change) => changed("option no_standard_descriptor_accessor", change),
  },
  "oneof-removed": { step: "minor", tell: wasRemoved },
  "enum-value-removed": { step: "minor", tell: wasRemoved },
  "enum-value-added": { step: "minor", tell: ({ after }) => phrase`was added${tellPromise(after)}` },
  "enum-value-renamed": { step: "minor", tell: ({ from, to }) => phrase`was ${from} and is ${to} now` },
  "method-removed": { step: "minor", tell: wasRemoved },
  "method-added": {
    step: "minor",
    tell: ({ after }) => phrase`was added (from ${after.input} to ${after.output})${tellPromise(after)}`,
  },
  "method-request-changed": { step: "minor", tell: (change) => changed("request", change) },
  "method-response-changed": { step: "minor", tell: (change) => changed("response", change) },
  "method-streaming-changed": {
    step: "minor",
    tell: ({ from, to }) => phrase`went from ${[from]} to ${[to]}`,
  },
  "method-idempotency-changed": { step: "patch", tell: (change) => changed("idempotency", change) },
};

function having(what: string, members: readonly { readonly name: string }[]): Phrase {
  if (members.length === 0) return [];
  return phrase` with the ${[members.length === 1 ? what.slice(0, -1) : what]} ${listed(
    members.map((member) => member.name),
    mostMembers,
  )}`;
}

/** Whoever wants to know more reads the source. */
const mostMembers = 12;
