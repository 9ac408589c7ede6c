import { check, type Finding, type Severity } from "../../gate/index.js";
import type { Image } from "../../image/index.js";
import { filesOf } from "./contract-elements.js";
import type { Traffic } from "./talks.js";

/** Under which of buf's categories two contracts that meet are compared: by their bytes, or by their JSON too. */
export const pairCategories = ["WIRE", "WIRE_JSON"] as const;
export type PairCategory = (typeof pairCategories)[number];

/** A way in which a reader does not understand what a writer writes. */
export interface PairFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly symbol: string;
  readonly message: string;
}

/**
 * Judges whether one side understands what another writes. What the writer has and the reader lacks is passed over on
 * the wire, unread, and no error; a JSON reader may refuse it. That a number is free for others to take, which is half of the
 * gate's rules, is a matter of what will be written some day, not of who runs now.
 * @param today yyyy-mm-dd
 */
export function judgePair(
  writer: Image,
  reader: Image,
  packageName: string,
  traffic: Traffic,
  { category, today }: { readonly category: PairCategory; readonly today: string },
): readonly PairFinding[] {
  const [before, after] = [filesOf(writer, packageName), filesOf(reader, packageName)];
  // A server without a method cannot be called; a caller needs none.
  const categories = traffic === "requests" ? [category, ...callRules] : [category];
  const found = check(before, after, { today, categories, likeBuf: true });
  return found.flatMap((finding) => toPairFinding(finding, category));
}

function toPairFinding(finding: Finding, category: PairCategory): readonly PairFinding[] {
  const { rule, symbol, message, lifecycle } = finding;
  if (rule.startsWith("RESERVED_") || unreadNames.has(rule)) return [];
  const unread = unreadRules.get(rule);
  if (unread !== undefined)
    return [
      {
        rule,
        symbol,
        severity: category === "WIRE" ? "info" : "warning",
        message: `the reader does not know ${unread} ${symbol}${category === "WIRE" ? "" : ", and may refuse JSON that has it"}`,
      },
    ];
  // Nobody was promised anything.
  return [{ rule, symbol, message, severity: lifecycle === "EXPERIMENTAL" ? "info" : "error" }];
}

const callRules = ["RPC_NO_DELETE", "PACKAGE_SERVICE_NO_DELETE"];

/** What they find missing the reader does not know. */
const unreadRules = new Map([
  ["FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED", "the field"],
  ["ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED", "the value"],
]);

/** They say the same once more. */
const unreadNames = new Set([
  "FIELD_NO_DELETE_UNLESS_NAME_RESERVED",
  "ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED",
]);
