import { toHex } from "./defaults.js";

/**
 * A value as JavaScript writes it, bytes as `bytes(0a01)`; equal for what a hook's fields hold alike: members
 * that are undefined are left out, the others in the order of their names.
 */
export function tellValue(value: unknown, levels = 3): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  if (value instanceof Uint8Array) return `bytes(${toHex(value)})`;
  if (typeof value !== "object" || value === null || value instanceof Promise) return String(value);
  // Fields go no deeper; what user code gave instead may.
  if (levels === 0) return "…";
  if (Array.isArray(value)) return `[${value.map((each) => tellValue(each, levels - 1)).join(", ")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${tellName(name)}: ${tellValue(member, levels - 1)}`);
  return members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;
}

function tellName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
