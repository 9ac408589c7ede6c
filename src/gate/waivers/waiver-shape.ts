import { allRules, isDay, type Waiver } from "../../rules/index.js";
import { nearestFirst } from "../config/nearest.js";
import {
  choice,
  described,
  many,
  matching,
  type Placed,
  placed,
  record,
  type Shape,
  withKey,
} from "../config/shape.js";
import { entries, invalid } from "../config/yaml-node.js";

/** A waiver and its place in the file. */
export type PlacedWaiver = Waiver & Placed;

const ids = allRules.map(({ id }) => id);

const day: Shape<string> = {
  schema: matching(/^\d{4}-\d{2}-\d{2}$/, "").schema,
  read: (node) => {
    if (typeof node.value === "string" && isDay(node.value)) return node.value;
    throw invalid(node, `this must be a day of the calendar, such as 2027-01-31, not ${show(node.value)}`);
  },
};

const common = {
  reason: described("Why it is accepted.", matching(/\S/, "a reason: in words, why this is accepted")),
  owner: described("Who answers for it.", matching(/\S/, "a name, or an address, of who answers for it")),
  expires: described("The last day it counts, yyyy-mm-dd.", day),
};

const missing = {
  reason: 'it has no reason; say why this is accepted: "reason: …"',
  expires: 'it has no last day; say until when this is accepted: "expires: 2027-01-31"',
};

const ofFinding = record(
  {
    finding: described(
      "The id of one finding, as a report tells it.",
      matching(/^[0-9a-f]{12}$/, "the id of a finding: 12 hex digits in quotation marks"),
    ),
    ...common,
  },
  { finding: "it names no finding; say its id, or in its place a rule and a symbol", ...missing },
  (key) => noSuchKey(key, ["finding", ...Object.keys(common)]),
);

const ofRule = record(
  {
    rule: described("What a rule says of one symbol.", choice(ids, noSuchRule)),
    symbol: described("A full name, or a file's path.", matching(/\S/, "the full name of an element")),
    ...common,
  },
  {
    rule: "it names neither a finding nor a rule; say one: finding: …, or rule: … and symbol: …",
    symbol: "it names a rule, but no symbol; say by its full name of what that rule may say so",
    ...missing,
  },
  (key) => noSuchKey(key, ["finding", "rule", "symbol", ...Object.keys(common)]),
);

const file = record(
  {
    version: described("The version of this format.", choice(["v1"])),
    waivers: described("What is accepted.", many(placed(withKey("finding", ofFinding, ofRule)))),
  },
  { version: 'it says no version; the first line is "version: v1"' },
);

/**
 * Each key that a proto4.waivers.yaml may have: its reader and its schema are both made of this. The list has to be
 * there, be it empty, so that what is written to it can be taken out again without a trace.
 */
export const waiversShape: Shape<readonly PlacedWaiver[]> = {
  schema: { ...file.schema, required: ["version", "waivers"] },
  read: (node) => {
    const { waivers = [] } = file.read(node);
    if (!entries(node).has("waivers"))
      throw invalid(node, 'it has no list; write "waivers:", and nothing behind it');
    return waivers.map(complete);
  },
};

type Read = Partial<Waiver> & Placed;

/** What has to be there was seen to be there. */
function complete({ reason = "", expires = "", owner, ...named }: Read): PlacedWaiver {
  return { ...named, reason, owner, expires };
}

/** The sentence for an id that no rule has. */
export function noSuchRule(word: string): string {
  return `there is no rule "${word}"; did you mean ${nearestFirst(word, ids)[0]}?`;
}

function noSuchKey(key: string, keys: readonly string[]): string {
  if (key === "rule" || key === "symbol")
    return "a waiver names a finding, or else a rule and a symbol: leave one of them out";
  return `there is no key "${key}" here; did you mean ${nearestFirst(key, keys)[0]}? There are ${keys.join(", ")}`;
}

function show(value: unknown): string {
  return typeof value === "object" && value !== null ? "a list or map" : JSON.stringify(value);
}
