import type { Conversion, Entry, HookEntry, Member, MessageMapping, PairedEntry } from "../mapping/index.js";
import type { EnumValue, Field } from "../schema/index.js";
import { protoLine } from "../schema/index.js";

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

/** The same of a message that is translated with code of the user's own, both ways in one. */
export function hookedDoc(mapping: MessageMapping): string {
  const { v3, v4, entries } = mapping;
  const changes = entries.flatMap((entry) => entryDoc(entry, "up") ?? []);
  const list = changes.map((change) => `- ${change}`).join("\n");
  const title = `Makes what carries the bytes of ${v3.fullName} up to ${v4.fullName}, and back down, with your code.`;
  return [title, list, contracts[mapping.contract]].filter((part) => part !== "").join("\n\n");
}

/** `undefined` where a field crosses unchanged. */
function entryDoc(entry: Entry, way: Way): string | undefined {
  switch (entry.kind) {
    case "oneof": {
      const members = entry.members.map((member) => memberDoc(member, way));
      return `${members.join(", ")}, which exclude each other otherwise: the last one set crosses (${entry.loss})`;
    }
    case "regroup": {
      const pairs = entry.members.map(({ inner, flat }) =>
        entry.side === "v3" ? { v3: inner, v4: flat } : { v3: flat, v4: inner },
      );
      const moved = pairs.map((pair) => arrow(pair, way)).join(", ");
      return `${moved}, in ${code(entry.holder)} of ${entry.side} (${entry.loss})`;
    }
    case "hook":
      return `${sides(entry, way)} by the hook "${entry.name}" (${entry.loss})`;
    case "only": {
      const other = entry.side === "v3" ? "v4" : "v3";
      const carried = entry.travels ? "carries it as an unknown field" : "keeps it in the stash";
      const given = givenDoc(entry.field, entry.absent !== undefined);
      return `${code(entry.field)} is ${entry.side}'s alone; ${other} ${carried}${given} (${entry.loss})`;
    }
    case "replaced":
      return `${arrow(entry, way)}; v4 keeps what does not fit in ${code(entry.bridge)} (${entry.loss})`;
    case "paired":
      return pairedDoc(entry, way);
  }
}

function pairedDoc(entry: PairedEntry, way: Way): string | undefined {
  const { v3, v4, conversion, counted, absent, vanished = [], note, loss } = entry;
  const unchanged =
    conversion.kind === "copy" &&
    !counted &&
    absent === undefined &&
    vanished.length === 0 &&
    note === undefined;
  if (unchanged && v3.name === v4.name && v3.number === v4.number) return undefined;
  return `${arrow(entry, way)}${guessDoc(entry)}${conversionDoc(conversion, way)}${vanishedDoc(vanished)}${note === undefined ? "" : `; ${note}`}${givenDoc(v4, absent !== undefined)} (${loss})`;
}

/** Nobody declared it, so who reads the code should know. */
function guessDoc({ pairedBy }: Pick<Member, "pairedBy">): string {
  return pairedBy === "number" ? ", paired by number" : "";
}

function vanishedDoc(values: readonly EnumValue[]): string {
  if (values.length === 0) return "";
  const told = values.map(({ name, number }) => `${name} = ${number}`).join(", ");
  return `; v4 has no name for ${told}, and carries the number`;
}

function conversionDoc(conversion: Conversion, way: Way): string {
  switch (conversion.kind) {
    case "nested":
      return ", which changes inside";
    case "enum": {
      const values = conversion.values.map(([elder, newer]) =>
        way === "up" ? `${elder} → ${newer}` : `${newer} → ${elder}`,
      );
      return values.length === 0 ? "" : `, values ${values.join(", ")}`;
    }
    case "mask":
      return ", its paths in the other side's names";
    case "blob":
      return ", the bytes being those of the message";
    case "time":
      return `, counted in ${conversion.unit}`;
    case "entry":
      return ", entry by entry";
    default:
      return "";
  }
}

/** What an absent field becomes. */
function givenDoc({ lifecycle }: Field, isGiven: boolean): string {
  if (!isGiven) return "";
  const { bridgeDefault } = lifecycle.terms;
  return bridgeDefault === undefined
    ? "; what it reads as where it is absent is written out"
    : `; v4 gets ${bridgeDefault} where v3 has none`;
}

function memberDoc(member: Member, way: Way): string {
  const { v3, v4 } = member;
  if (v3 !== undefined && v4 !== undefined) return `${arrow({ v3, v4 }, way)}${guessDoc(member)}`;
  return v3 === undefined ? `${code(v4!)} of v4 alone` : `${code(v3)} of v3 alone`;
}

function sides({ v3, v4 }: HookEntry, way: Way): string {
  const [from, to] = way === "up" ? [v3, v4] : [v4, v3];
  const told = (fields: readonly Field[]) => (fields.length === 0 ? "nothing" : fields.map(code).join(", "));
  return `${told(from)} → ${told(to)}`;
}

function arrow({ v3, v4 }: Pick<PairedEntry, "v3" | "v4">, way: Way): string {
  const [from, to] = way === "up" ? [code(v3), code(v4)] : [code(v4), code(v3)];
  return from === to ? from : `${from} → ${to}`;
}

function code(field: Field): string {
  return `\`${protoLine(field)}\``;
}

const contracts = {
  BYTES: "BYTES: there and back gives the very bytes that went in.",
  MODULO: "MODULO: there and back gives what is equal up to the defaults and hooks that are declared.",
  CANON: "CANON: there and back gives the message that went in, unknown fields included, in canonical form.",
} as const;
