import { Proto4Error } from "../diagnostics/index.js";
import type { Mapping } from "../mapping/index.js";
import { locate, type Message } from "../schema/index.js";

/**
 * Makes sure that no message of either generation has another use for the field that is to carry stashes.
 * @throws Proto4Error "option-unknown" at the message that has
 */
export function checkStashField(number: number, { messages }: Mapping): void {
  for (const { v3, v4 } of messages)
    for (const message of [v3, v4]) {
      const use = useOf(number, message);
      if (use === undefined) continue;
      throw new Proto4Error(
        "option-unknown",
        `stash_field=${number} cannot carry stashes: ${message.fullName} ${use}; take a number that no message has, ` +
          "such as one from 19000 to 19999, which no .proto may declare",
        { location: locate(message) ?? { path: message.file.fullName } },
      );
    }
}

function useOf(number: number, message: Message): string | undefined {
  const field = message.fieldByNumber.get(number);
  if (field !== undefined) return `declares it as "${field.name}"`;
  if (isIn(message.reservedRanges, number)) return "reserves it";
  const mayExtend = isIn(message.extensionRanges, number) && !isIn([undeclarable], number);
  return mayExtend ? "keeps it for extensions" : undefined;
}

/** Ranges may span these numbers, but nothing can be declared under them. */
const undeclarable = { start: 19_000, end: 19_999 };

function isIn(ranges: Message["reservedRanges"], number: number): boolean {
  return ranges.some(({ start, end }) => start <= number && number <= end);
}
