import type { Certificate, FieldLine, MessageCertificate, Row } from "../certificate/certificate.js";
import { composeRow } from "./compose-row.js";
import type { HopRow } from "./hop-row.js";
import { isArriving, isLeaving } from "./misread.js";
import { worstContract } from "./worst.js";

/** @param hops the same message at each hop */
export function composeMessage(
  hops: readonly MessageCertificate[],
  certificates: readonly Certificate[],
): MessageCertificate {
  const [first, last] = [hops[0]!, hops.at(-1)!];
  const rows = groupRows(hops).map((group) => composeRow(group, certificates));
  return {
    v3: first.v3,
    v4: last.v4,
    contract: worstContract(hops.map(({ contract }) => contract)),
    identical: hops.every(({ identical }) => identical),
    ...(last.at === undefined ? {} : { at: last.at }),
    rows: inOrder(
      rows.filter(({ v3, v4 }) => v3.length + v4.length > 0),
      last,
    ),
  };
}

/** Rows of all hops that speak of the same fields, or of fields that one of them speaks of together. */
function groupRows(hops: readonly MessageCertificate[]): readonly (readonly HopRow[])[] {
  const groups = new Map<string, HopRow[]>();
  for (const [hop, { rows }] of hops.entries())
    for (const row of rows) {
      const joined = new Set(tiesOf(hop, row, hops).flatMap((tie) => groups.get(tie) ?? []));
      const group = [...joined, { hop, row }];
      for (const member of group)
        for (const tie of tiesOf(member.hop, member.row, hops)) groups.set(tie, group);
    }
  return [...new Set(groups.values())];
}

/** A field is tied to itself in the next hop, and by its number to what takes it for another later. */
function tiesOf(hop: number, row: Row, hops: readonly MessageCertificate[]): readonly string[] {
  const named = (at: number, fields: readonly FieldLine[]) =>
    fields.map(({ name, number }) => `${at} ${name} ${number}`);
  const ties = [...named(hop, row.v3), ...named(hop + 1, row.v4)];
  const misread = isLeaving(row) ? row.v3.flatMap((field) => misreadAs(field, hop, hops)) : [];
  return [...ties, ...misread];
}

/** What travels as an unknown field is read by the next generation that declares its number. */
function misreadAs(
  { number }: FieldLine,
  hop: number,
  hops: readonly MessageCertificate[],
): readonly string[] {
  for (let at = hop + 1; at < hops.length; at++)
    for (const row of hops[at]!.rows) {
      const field = row.v3.length > 0 ? undefined : row.v4.find((each) => each.number === number);
      if (field !== undefined) return isArriving(row) ? [`${at + 1} ${field.name} ${number}`] : [];
    }
  return [];
}

/** As the newest generation has its fields, then those that it lacks. */
function inOrder(rows: readonly Row[], last: MessageCertificate): readonly Row[] {
  const names = last.rows.flatMap(({ v4 }) => v4.map(({ name }) => name));
  const place = ({ v4 }: Row) => (v4.length === 0 ? names.length : names.indexOf(v4[0]!.name));
  return rows.toSorted((one, other) => place(one) - place(other));
}
