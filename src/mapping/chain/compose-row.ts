import type { Certificate, FieldLine, Row, RowKind } from "../certificate/certificate.js";
import type { HopRow } from "./hop-row.js";
import { type Misread, misreadIn } from "./misread.js";
import { worstLoss } from "./worst.js";

/** @param group what becomes of the same fields at each hop */
export function composeRow(group: readonly HopRow[], certificates: readonly Certificate[]): Row {
  const v3 = fieldsAt(group, 0, "v3");
  const v4 = fieldsAt(group, certificates.length - 1, "v4");
  const rows = group.map(({ row }) => row);
  const misread = misreadIn(group, certificates);
  const inside = insideOf(group, certificates);
  const at = rows.findLast((row) => row.at !== undefined)?.at;
  return {
    v3,
    v4,
    kinds: kindsOf(rows, v3, v4),
    loss: worstLoss([
      ...rows.map(({ loss }) => loss),
      ...(misread === undefined ? [] : (["PRISM"] as const)),
    ]),
    ...(v3.length === 0 ? {} : tell("up", group, certificates, misread)),
    ...(v4.length === 0 ? {} : tell("down", group, certificates, misread)),
    ...tell("note", group, certificates),
    ...(inside === undefined ? {} : { inside }),
    ...tell("declared", group, certificates),
    ...tell("declare", group, certificates, misread),
    ...(at === undefined ? {} : { at }),
  };
}

function fieldsAt(group: readonly HopRow[], hop: number, side: "v3" | "v4"): readonly FieldLine[] {
  return group.filter((each) => each.hop === hop).flatMap(({ row }) => row[side]);
}

/** Of names and numbers only what is different at the ends counts; of values, what any hop does with them. */
function kindsOf(
  rows: readonly Row[],
  [elder, ...elders]: readonly FieldLine[],
  [newer, ...newers]: readonly FieldLine[],
): readonly RowKind[] {
  const isOne = elder !== undefined && newer !== undefined && elders.length + newers.length === 0;
  const byName = new Set<RowKind>(isOne ? ["identity", "rename", "renumber"] : ["identity"]);
  const kinds = new Set(rows.flatMap((row) => row.kinds.filter((kind) => !byName.has(kind))));
  if (isOne && elder.name !== newer.name) kinds.add("rename");
  if (isOne && elder.number !== newer.number) kinds.add("renumber");
  return kinds.size === 0 ? ["identity"] : [...kinds];
}

type Text = "up" | "down" | "note" | "declared" | "declare";

/** What the hops say, each with its generations. */
function tell(
  key: Text,
  group: readonly HopRow[],
  certificates: readonly Certificate[],
  misread?: Misread,
): Partial<Pick<Row, Text>> {
  const told = group.flatMap(({ hop, row }) => {
    const { v3, v4 } = certificates[hop]!;
    return row[key] === undefined ? [] : [`${v3} → ${v4}: ${row[key]}`];
  });
  const also =
    key === "declare" ? misread?.declare : key === "note" || key === "declared" ? undefined : misread?.loss;
  const all = also === undefined ? told : [...told, also];
  return all.length === 0 ? {} : { [key]: all.join("; ") };
}

/** The newest name of the message inside. */
function insideOf(group: readonly HopRow[], certificates: readonly Certificate[]): string | undefined {
  const found = group.findLast(({ row }) => row.inside !== undefined);
  if (found === undefined) return undefined;
  const later = certificates.slice(found.hop + 1);
  return later.reduce(
    (name, { messages }) => messages.find(({ v3 }) => v3 === name)?.v4 ?? name,
    found.row.inside!,
  );
}
