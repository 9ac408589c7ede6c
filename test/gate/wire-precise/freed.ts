import type { Pair } from "./any-pair.js";
import type { EnumModel, MessageModel } from "./model.js";

/**
 * Whether a number of something that is still there by its name is declared or reserved no more, or reserved no more
 * and declared.
 */
export function hasFreedNumber({ before, after }: Pair): boolean {
  return (
    pairs(before.messages, after.messages).some(([from, to]) => frees(from, to, numbersIn)) ||
    pairs(before.enums, after.enums).some(([from, to]) => frees(from, to, ({ numbers }) => numbers))
  );
}

function pairs<T>(before: Readonly<Record<string, T>>, after: Readonly<Record<string, T>>) {
  return Object.entries(before).flatMap(([name, from]) => {
    const to = after[name];
    return to === undefined ? [] : [[from, to] as const];
  });
}

function frees<T extends MessageModel | EnumModel>(
  before: T,
  after: T,
  numbersOf: (declared: T) => readonly number[],
): boolean {
  const declared = numbersOf(after);
  const { reserved } = after;
  return (
    numbersOf(before).some((number) => !declared.includes(number) && !reserved.includes(number)) ||
    before.reserved.some((number) => !reserved.includes(number))
  );
}

function numbersIn({ fields }: MessageModel): readonly number[] {
  return fields.map(({ number }) => number);
}
