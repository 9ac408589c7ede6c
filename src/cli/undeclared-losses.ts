import { formatLocation } from "../diagnostics/index.js";
import type { Certificate, Row } from "../mapping/index.js";

/** Says on standard error what is lost without a word in the sources. @returns whether there is any */
export function tellUndeclaredLosses({ messages }: Certificate): boolean {
  const lines = messages.flatMap((message) =>
    message.rows.flatMap((row) => (row.declare === undefined ? [] : tell(message.v4, row, row.declare))),
  );
  for (const line of lines) process.stderr.write(`${line}\n`);
  return lines.length > 0;
}

function tell(message: string, { at, v3, v4, loss, up, down }: Row, declare: string): readonly string[] {
  const place = at === undefined ? "" : `${formatLocation(at)}: `;
  const name = (v4[0] ?? v3[0])?.name;
  const ways = [up === undefined ? [] : `up: ${up}`, down === undefined ? [] : `down: ${down}`].flat();
  return [
    `${place}error ${loss}  field "${name}" of ${message} loses, undeclared, ${ways.join("; ")}`,
    `  do this  write ${declare}`,
  ];
}
