import type { DescMessage, Registry } from "@bufbuild/protobuf";
import {
  createTranslator,
  type Plan,
  type Translated,
  TranslateError,
  type Translator,
} from "../../src/runtime/index.js";
import { newerName } from "./renumber.js";

/**
 * Who answers the runner. `alone`: protobuf-es. `there-and-back`: protobuf-es, and all that it reads and writes
 * goes up and comes down before. `as-v4`: protobuf-es with the descriptors of v4; what it reads goes up before,
 * what it writes comes down.
 */
export const peerNames = ["alone", "there-and-back", "as-v4"] as const;
export type PeerName = (typeof peerNames)[number];

/** How one message type is answered. */
export interface Peer {
  readonly schema: DescMessage;
  /** From the runner's bytes to those that protobuf-es reads. @throws TranslateError */
  enter(bytes: Uint8Array): Uint8Array;
  /** From what protobuf-es wrote to what the runner gets. */
  leave(bytes: Uint8Array): Uint8Array;
  /** Whether what protobuf-es reads from JSON, or writes as such, takes the way of bytes as well. */
  readonly jsonAsBytes: boolean;
}

/** @param type a message of v3 */
export function makePeer(name: PeerName, registry: Registry, plans: readonly Plan[], type: string): Peer {
  const v3 = registry.getMessage(type);
  if (v3 === undefined) throw new Error(`the image does not hold ${type}`);
  if (name === "alone")
    return { schema: v3, enter: (bytes) => bytes, leave: (bytes) => bytes, jsonAsBytes: false };
  const { up, down } = whole(findTranslator(plans, type));
  const v4 = registry.getMessage(newerName(type, v3.file.proto.package))!;
  if (name === "as-v4") return { schema: v4, enter: up, leave: down, jsonAsBytes: false };
  const both = (bytes: Uint8Array) => down(up(bytes));
  return { schema: v3, enter: both, leave: both, jsonAsBytes: true };
}

function findTranslator(plans: readonly Plan[], type: string): Translator {
  const plan = plans.find(({ messages }) => messages.some(({ v3 }) => v3 === type));
  if (plan === undefined) throw new Error(`no plan holds ${type}`);
  return createTranslator(plan, type);
}

/** A translator that fails otherwise than by refusing its input. */
export class TranslatorBroken extends Error {}

/** What goes up is no stranger's, so that nothing may be lost. */
function whole({ up, down }: Translator) {
  return {
    up: (bytes: Uint8Array) => carry(() => up(bytes)),
    down: (bytes: Uint8Array) => carry(() => down(bytes, { stash: "trust" })),
  };
}

function carry(translate: () => Translated): Uint8Array {
  try {
    const { value, lost } = translate();
    if (lost.length === 0) return value;
    throw new Error(`lost: ${JSON.stringify(lost)}`);
  } catch (error) {
    if (error instanceof TranslateError) throw error;
    throw new TranslatorBroken(String(error), { cause: error });
  }
}
