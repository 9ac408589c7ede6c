import type { Certificate, FieldLine, MessageCertificate, Row } from "./certificate.js";
import { isUneventful, shortName } from "./summary.js";

/** Where everything of the picture stands; lengths in pixels. */
export interface Layout {
  readonly height: number;
  readonly pairs: readonly PairBox[];
}

/** A pair of boxes side by side. */
export interface PairBox {
  readonly top: number;
  readonly height: number;
  /** Short names. */
  readonly v3: string;
  readonly v4: string;
  readonly message: MessageCertificate;
  readonly fields: { readonly v3: readonly FieldBox[]; readonly v4: readonly FieldBox[] };
  readonly links: readonly Link[];
}

export interface FieldBox {
  readonly field: FieldLine;
  /** The middle of its line. */
  readonly y: number;
}

/** A row of the certificate with the middles of its fields. */
export interface Link {
  readonly row: Row;
  readonly v3: readonly number[];
  readonly v4: readonly number[];
}

export const metrics = {
  width: 1000,
  top: 92,
  left: { x: 24, width: 340 },
  right: { x: 636, width: 340 },
  head: 28,
  line: 20,
  gap: 16,
} as const;

/** Messages that change stand in full, in their order; identical ones follow as a head alone. */
export function layOut(certificate: Certificate): Layout {
  const { messages } = certificate;
  const inOrder = [...messages.filter((message) => !isUneventful(message)), ...messages.filter(isUneventful)];
  const pairs: PairBox[] = [];
  let top: number = metrics.top;
  for (const message of inOrder) {
    const pair = layOutPair(message, certificate, top);
    pairs.push(pair);
    top += pair.height + metrics.gap;
  }
  return { height: top + 8, pairs };
}

function layOutPair(message: MessageCertificate, certificate: Certificate, top: number): PairBox {
  const rows = isUneventful(message) ? [] : message.rows;
  const [v3, v4] = [place(rows, "v3", top), place(rows, "v4", top)];
  const lines = Math.max(v3.length, v4.length);
  return {
    top,
    height: metrics.head + (lines === 0 ? 0 : lines * metrics.line + 6),
    v3: shortName(message.v3, certificate.v3),
    v4: shortName(message.v4, certificate.v4),
    message,
    fields: { v3, v4 },
    links: rows.map((row) => ({ row, v3: middles(row.v3, v3), v4: middles(row.v4, v4) })),
  };
}

/** In the order of numbers, as both sides have them: so crossing lines show what moved. */
function place(rows: readonly Row[], side: "v3" | "v4", top: number): readonly FieldBox[] {
  return rows
    .flatMap((row) => row[side])
    .sort((one, other) => one.number - other.number)
    .map((field, index) => ({ field, y: top + metrics.head + (index + 0.5) * metrics.line + 2 }));
}

function middles(fields: readonly FieldLine[], boxes: readonly FieldBox[]): readonly number[] {
  return fields.flatMap((field) => boxes.find((box) => box.field === field)?.y ?? []);
}
