import type { Entry, MessageMapping, PairedEntry } from "../mapping/index.js";
import { protoLine } from "./proto-line.js";

type Way = "up" | "down";

/** What a caller should know of a message's way: what changes, what is lost, what a round trip gives back. */
export function translatorDoc(mapping: MessageMapping, way: Way): string {
  const [from, to] = way === "up" ? [mapping.v3, mapping.v4] : [mapping.v4, mapping.v3];
  const title = `Carries the bytes of ${from.fullName} ${way} to ${to.fullName}.`;
  const changes = mapping.entries.flatMap((entry) => entryDoc(entry, way) ?? []);
  const list = changes.map((change) => `- ${change}`).join("\n");
  const promise = mapping.identical ? "The bytes stay as they are." : contracts[mapping.contract];
  return [title, list, promise].filter((part) => part !== "").join("\n\n");
}

/** `undefined` where a field crosses unchanged. */
function entryDoc(entry: Entry, way: Way): string | undefined {
  switch (entry.kind) {
    case "oneof":
    case "regroup":
    case "hook":
      return undefined;
    case "only": {
      const other = entry.side === "v3" ? "v4" : "v3";
      const carried = entry.travels ? "carries it as an unknown field" : "keeps it in the stash";
      return `${code(entry.field)} is ${entry.side}'s alone; ${other} ${carried} (${entry.loss})`;
    }
    case "replaced":
      return `${arrow(entry, way)}; v4 keeps what does not fit in ${code(entry.bridge)} (${entry.loss})`;
    case "paired":
      return pairedDoc(entry, way);
  }
}

function pairedDoc(entry: PairedEntry, way: Way): string | undefined {
  const { v3, v4, conversion, loss } = entry;
  switch (conversion.kind) {
    case "copy":
      return v3.name === v4.name && v3.number === v4.number ? undefined : `${arrow(entry, way)} (${loss})`;
    case "number":
      return `${arrow(entry, way)} (${loss})`;
    case "nested":
      return `${arrow(entry, way)}, which changes inside (${loss})`;
    case "enum": {
      const values = conversion.values.map(([elder, newer]) =>
        way === "up" ? `${elder} → ${newer}` : `${newer} → ${elder}`,
      );
      return `${arrow(entry, way)}, values ${values.join(", ")} (${loss})`;
    }
    default:
      return `${arrow(entry, way)} (${loss})`;
  }
}

function arrow({ v3, v4 }: Pick<PairedEntry, "v3" | "v4">, way: Way): string {
  const [from, to] = way === "up" ? [code(v3), code(v4)] : [code(v4), code(v3)];
  return from === to ? from : `${from} → ${to}`;
}

function code(field: PairedEntry["v3"]): string {
  return `\`${protoLine(field)}\``;
}

const contracts = {
  BYTES: "BYTES: there and back gives the very bytes that went in.",
  MODULO: "MODULO: there and back gives what is equal up to the defaults that are declared.",
  CANON: "CANON: there and back gives the message that went in, unknown fields included, in canonical form.",
} as const;
