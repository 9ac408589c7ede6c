const one = 'finding: "3ac8ce819ef3"';
const rest = "reason: nobody reads it, expires: 2027-01-31";

/** A file with these entries. */
export const file = (...waivers: readonly string[]): string =>
  `version: v1\nwaivers:\n${waivers.map((waiver) => `  - { ${waiver} }\n`).join("")}`;

/** Files that are taken, by what each is about. */
export const good: Readonly<Record<string, string>> = {
  "a list with nothing in it": "version: v1\nwaivers: []\n",
  "a list with nothing behind it": "version: v1\nwaivers:\n",
  "the design's example":
    "version: v1\nwaivers:\n  - finding: 3fa2b6c4d5e6\n    reason: the app is gone\n    owner: ana@example.com\n    expires: 2027-01-31\n" +
    "  - rule: FIELD_SAME_TYPE\n    symbol: shop.v1.User.age\n    reason: all clients are ours\n    owner: team-shop\n    expires: 2027-01-31\n",
  "an owner left out, and nothing behind one": file(`${one}, ${rest}`, `${one}, owner: , ${rest}`),
  "a file's path for a symbol": file(`rule: FILE_NO_DELETE, symbol: a b/c.proto, ${rest}`),
  "29 February of a leap year": file(`${one}, reason: x, expires: 2028-02-29`),
  "the same waived twice": file(`${one}, ${rest}`, `${one}, ${rest}`),
  JSON: '{"version": "v1", "waivers": [{"finding": "3ac8ce819ef3", "reason": "x", "expires": "2027-01-31"}]}',
};

/** Files that are refused, each with the place and the sentence. */
export const bad: readonly (readonly [source: string, complaint: RegExp])[] = [
  ["", /^1:1 it says no version; the first line is "version: v1"$/],
  ["waivers: []", /^1:1 it says no version/],
  ["version: v1", /^1:1 it has no list; write "waivers:", and nothing behind it$/],
  ["version: v2\nwaivers: []", /^1:10 this must be v1, not "v2"$/],
  ["- version: v1", /^1:1 this must be a map/],
  ["version: v1\nwaiver: []", /^2:1 there is no key "waiver" here; did you mean waivers\?/],
  ["version: v1\nwaivers: {}", /^2:10 this must be a list/],
  ["version: v1\nwaivers: none", /^2:10 this must be a list/],
  ["version: v1\nwaivers: [3ac8ce819ef3]", /^2:11 this must be a map/],
  ["version: v1\nwaivers: [~]", /^2:11 it names neither a finding nor a rule/],
  [file(rest), /^3:5 it names neither a finding nor a rule; say one: finding: …, or rule: … and symbol: …$/],
  [file(`finding: , ${rest}`), /^3:5 it names no finding; say its id/],
  [
    file(`finding: 123456789012, ${rest}`),
    /^3:16 this must be the id .*12 hex digits in quotation marks, not 1234567/,
  ],
  [file(`finding: "3ac8", ${rest}`), /^3:16 this must be the id .* not "3ac8"$/],
  [file(`finding: "3AC8CE819EF3", ${rest}`), /^3:16 this must be the id/],
  [file(`finding: [a], ${rest}`), /^3:16 this must be the id .* not a list$/],
  [file(`${one}, expires: 2027-01-31`), /^3:5 it has no reason; say why/],
  [file(`${one}, reason: , expires: 2027-01-31`), /^3:5 it has no reason/],
  [file(`${one}, reason: " ", expires: 2027-01-31`), /^3:40 this must be a reason: in words/],
  [file(`${one}, reason: 7, expires: 2027-01-31`), /^3:40 this must be a reason: .* not 7$/],
  [file(`${one}, reason: x`), /^3:5 it has no last day; say until when/],
  [file(`${one}, reason: x, expires: never`), /^3:52 this must be a day of the calendar, .* not "never"$/],
  [file(`${one}, reason: x, expires: 31.1.2027`), /^3:52 this must be a day/],
  [file(`${one}, reason: x, expires: 2027-1-31`), /^3:52 this must be a day/],
  [file(`${one}, reason: x, expires: 20270131`), /^3:52 this must be a day .* not 20270131$/],
  [file(`${one}, reason: x, expires: 2027-01-31T00:00:00Z`), /^3:52 this must be a day/],
  [file(`${one}, reason: x, expires: {a: b}`), /^3:52 this must be a day .* not a list or map$/],
  [file(`${one}, owner: "", ${rest}`), /^3:39 this must be a name, or an address/],
  [
    file(`${one}, rule: FIELD_SAME_TYPE, ${rest}`),
    /^3:32 a waiver names a finding, or else a rule and a symbol: leave/,
  ],
  [file(`${one}, symbol: a.B, ${rest}`), /^3:32 a waiver names a finding, or else/],
  [
    file(`${one}, untill: 2027-01-31, ${rest}`),
    /^3:32 there is no key "untill" here; did you mean finding\? There are/,
  ],
  [file(`rule: FIELD_SAME_TYPE, ${rest}`), /^3:5 it names a rule, but no symbol/],
  [file(`symbol: a.B, ${rest}`), /^3:5 it names neither a finding nor a rule/],
  [
    file(`rule: FIELD_SAME_TYP, symbol: a.B, ${rest}`),
    /^3:13 there is no rule "FIELD_SAME_TYP"; did you mean FIELD_SAME_TYPE\?/,
  ],
  [file(`rule: WIRE, symbol: a.B, ${rest}`), /^3:13 there is no rule "WIRE"/],
  [file(`rule: FIELD_SAME_TYPE, symbol: "", ${rest}`), /^3:38 this must be the full name/],
  [file(`${one}, ${rest}`, `${one}, reason: x`), /^4:5 it has no last day/],
];

/** What is refused for more than a schema can say. */
export const beyondSchema: readonly (readonly [source: string, complaint: RegExp])[] = [
  [
    file(`${one}, reason: x, expires: 2027-02-30`),
    /^3:52 this must be a day of the calendar, .*not "2027-02-30"$/,
  ],
  [file(`${one}, reason: x, expires: 2027-02-29`), /^3:52 this must be a day/],
  [file(`${one}, reason: x, expires: 2027-13-01`), /^3:52 this must be a day/],
  [file(`${one}, ${rest}, reason: y`), /^3:\d+ this is not YAML: Map keys must be unique$/],
  ["version: v1\nwaivers: [", /^2:\d+ this is not YAML/],
  ["version: v1\nwaivers:\n\t- finding: x", /^3:1 this is not YAML: Tabs are not allowed/],
  [
    "version: v1\nwaivers: []\n---\nversion: v1\nwaivers: []\n",
    /^3:1 this is not YAML: Source contains multiple documents/,
  ],
  ["\0\x01\x02", /^1:1 /],
  ["[".repeat(20_000), /^1:\d+ this is not YAML/],
  [`version: v1\nwaivers: &a [*a]\n`, /^2:\d+ this is not YAML: (it nests too deep|This alias)/],
  [laughs(), /^\d+:\d+ this is not YAML: it nests too deep, or holds itself too often$/],
];

/** A few lines whose aliases make a list of a billion. */
function laughs(): string {
  const lines = Array.from({ length: 9 }, (_, at) => {
    const before = at === 0 ? '"lol"' : `*x${at - 1}`;
    return `x${at}: &x${at} [${Array.from({ length: 10 }, () => before).join(", ")}]\n`;
  });
  return `version: v1\n${lines.join("")}waivers: *x8\n`;
}
