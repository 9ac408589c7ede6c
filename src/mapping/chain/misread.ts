import type { Certificate, FieldLine, Row } from "../certificate/certificate.js";
import type { HopRow } from "./hop-row.js";

/** A number that two generations declare, and one between them does not know and so lets pass. */
export interface Misread {
  readonly loss: string;
  readonly declare: string;
}

/**
 * No pair of neighbours sees it: what the elder generation says under the number arrives, as an unknown field of
 * the one between, at a field that means something else.
 */
export function misreadIn(
  group: readonly HopRow[],
  certificates: readonly Certificate[],
): Misread | undefined {
  for (const { hop, row } of group)
    for (const field of isLeaving(row) ? row.v3 : []) {
      const found = takerOf(field, hop, group);
      if (found === undefined) continue;
      const between = certificates[hop]!.v4;
      return {
        loss: `${field.name} and ${found.name} have the number ${field.number}, and ${between} lets it pass: each is read as the other`,
        declare: `reserved ${field.number} in ${between}`,
      };
    }
  return undefined;
}

/** Whether the next generation carries what it does not declare. */
export function isLeaving({ kinds, loss, v4 }: Row): boolean {
  return kinds.includes("only") && loss === "ISO" && v4.length === 0;
}

/** Whether the generation before carries it. */
export function isArriving({ kinds, loss, v3 }: Row): boolean {
  return kinds.includes("only") && loss === "ISO" && v3.length === 0;
}

function takerOf({ number }: FieldLine, hop: number, group: readonly HopRow[]): FieldLine | undefined {
  return group
    .filter((each) => each.hop > hop && isArriving(each.row))
    .flatMap(({ row }) => row.v4)
    .find((field) => field.number === number);
}
