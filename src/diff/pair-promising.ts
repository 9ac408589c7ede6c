import type { Element } from "../schema/index.js";
import { pair } from "./pair.js";
import type { Pairs } from "./pair-declared.js";
import { sameValues } from "./same-members.js";

/** Fields and values keep their number when they are renamed, and with it what was promised of them. */
export function* pairPromising({
  message,
  opened,
  enum: declared,
  service,
  extension,
}: Pairs): Generator<readonly [before: Element, after: Element]> {
  yield* message.kept;
  for (const [from, to] of opened) yield* pair(from.fields, to.fields, ({ number }) => number).kept;
  for (const [from, to] of declared.kept) {
    yield [from, to] as const;
    if (!sameValues(from, to))
      yield* pair(from.values, to.values, ({ number, name }) => `${number} ${name}`).kept;
  }
  for (const both of service.kept) {
    yield both;
    yield* pair(both[0].methods, both[1].methods, ({ name }) => name).kept;
  }
  yield* extension.kept;
}
