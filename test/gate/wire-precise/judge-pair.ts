import { type DescMessage, fromBinary, toBinary } from "@bufbuild/protobuf";
import { reflect } from "@bufbuild/protobuf/reflect";
import { check, type Finding } from "../../../src/gate/index.js";
import type { Pair } from "./any-pair.js";
import { asSpecified } from "./as-specified.js";
import { codecOf, imageOf } from "./descriptor.js";
import type { Side } from "./model.js";
import { sameMessage } from "./same-message.js";
import { messagesOf } from "./values.js";

/** Of both ways that bytes can go, something. */
export interface BothWays<T> {
  readonly newerReaders: T;
  readonly elderReaders: T;
}

export function findingsOf({ before, after }: Pick<Pair, "before" | "after">): readonly Finding[] {
  return check(imageOf(before), imageOf(after), { today: "2026-11-22", categories: ["WIRE_PRECISE"] });
}

/** A number that may be used again is a danger to come: nothing differs between the two sides yet. */
export function isAboutReuse({ rule, message }: Finding): boolean {
  return rule.includes("RESERVED") || message.includes("which is not reserved");
}

export function said(findings: readonly Finding[]): BothWays<boolean> {
  return {
    newerReaders: findings.some(({ breaks }) => breaks.includes("newer-readers")),
    elderReaders: findings.some(({ breaks }) => breaks.includes("elder-readers")),
  };
}

/**
 * Whether some value of some message differs for a reader, and the first such message.
 * @returns its text, `undefined` where every value arrives
 */
export function seen({ before, after }: Pick<Pair, "before" | "after">): BothWays<string | undefined> {
  return { newerReaders: firstLost(before, after), elderReaders: firstLost(after, before) };
}

function firstLost(writer: Side, reader: Side): string | undefined {
  const [from, to] = [codecOf(writer), codecOf(reader)];
  for (const name of Object.keys(writer.messages).filter((name) => name in reader.messages)) {
    const [written, read] = [from.getMessage(`p.${name}`)!, to.getMessage(`p.${name}`)!];
    for (const message of messagesOf(written)) {
      const bytes = toBinary(written, message.message);
      const found = decode(read, bytes);
      if (found === undefined || !sameMessage(message, found, { writer, reader }))
        return `${name} ${Buffer.from(bytes).toString("hex")}`;
    }
  }
  return undefined;
}

/** @returns `undefined` where the reader refuses */
function decode(desc: DescMessage, bytes: Uint8Array) {
  try {
    return reflect(desc, fromBinary(desc, asSpecified(bytes, desc)));
  } catch {
    return undefined;
  }
}
