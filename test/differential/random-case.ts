import { Dice, messagesOf } from "./dice.js";
import { edits } from "./edits.js";
import { type Case, messagesIn } from "./model.js";

interface RandomPair {
  readonly before: Case;
  readonly after: Case;
  /** What was done to `after`, in words. */
  readonly edits: readonly string[];
}

/** A case and what a few random edits made of it; now and then nothing. The same for the same seed. */
export function randomPair(seed: number): RandomPair {
  const dice = new Dice(seed);
  const before = makeCase(dice);
  const after = structuredClone(before);
  return { before, after, edits: Array.from({ length: dice.int(0, 12) }, () => edit(dice, after)) };
}

function makeCase(dice: Dice): Case {
  const files = Array.from({ length: dice.int(2, 3) }, (_, index) => dice.file(index));
  files.forEach((file, index) => {
    const seen = files.slice(0, index + 1);
    for (const { message } of messagesIn(file))
      message.fields = dice.list(5, (at) => dice.field(at + 1, seen));
    file.services = dice.list(2, (at) => dice.service(`S${index}${at}`, seen));
    const extension = (at: number) => ({
      target: dice.one(messagesOf(seen)),
      field: { ...dice.field(100 + 4 * index + at, seen), name: `ext${index}${at}`, oneof: undefined },
    });
    file.extensions = dice.list(2, extension);
    if (dice.chance(40)) dice.one(messagesOf([file])).extensions = [extension(3)];
  });
  return { files };
}

function edit(dice: Dice, model: Case): string {
  const name = dice.one(Object.keys(edits));
  edits[name]!(dice, model, dice.one(model.files));
  return name;
}
