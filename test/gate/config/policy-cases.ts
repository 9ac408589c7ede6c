/** Files that are taken, by what each is about. */
export const good: Readonly<Record<string, string>> = {
  "the version alone": "version: v1\n",
  "the design's example":
    "version: v1\nlifecycle: { notice: 90d, min_age: { DEPRECATED: 180d }, unannotated: infer }\n" +
    "severity: { FIELD_SAME_JSON_NAME: warning, EXPERIMENTAL: info }\nfail_on: error\nwaivers: proto4.waivers.yaml\n",
  "every key":
    "version: v1\nlifecycle:\n  notice: 12w\n  min_age: { EXPERIMENTAL: 30d, STABLE: 1m, FROZEN: 0d, DEPRECATED: 6m }\n" +
    "  unannotated: require\nseverity: { FIELD_NO_DELETE: off, STABLE: warning }\nfail_on: never\n" +
    "use: [WIRE, LIFECYCLE, FIELD_SAME_NAME]\nexcept: [LIFECYCLE_MOVE]\noptions: [google.api.http, _a.B1]\n" +
    "waivers: gate/waivers.yaml\nwaiver_lifetime: 12w\nbaseline: ../baseline.json\n",
  "keys with nothing behind them":
    "version: v1\nlifecycle:\n  notice:\n  min_age: { STABLE: }\nseverity:\n  # FIELD_NO_DELETE: off\nfail_on:\nuse:\nexcept:\noptions:\nwaivers:\nwaiver_lifetime:\nbaseline:\n",
  "a list that takes everything away": "version: v1\nexcept: []\noptions: []\n",
  "JSON, quotes and anchors": '{"version": "v1", "use": &all ["WIRE"], "except": *all}',
};

/** Files that are refused, each with the place and the sentence. */
export const bad: readonly (readonly [source: string, complaint: RegExp])[] = [
  ["", /^1:1 it says no version; the first line is "version: v1"$/],
  ["fail_on: error", /^1:1 it says no version/],
  ["version:", /^1:1 it says no version/],
  ["version: v2", /^1:10 this must be v1, not "v2"$/],
  ["version: 1", /^1:10 this must be a word, not 1$/],
  ["- version: v1", /^1:1 this must be a map/],
  [
    "version: v1\nfail-on: error",
    /^2:1 there is no key "fail-on" here; did you mean fail_on\? There are version/,
  ],
  ["version: v1\nconstructor: x", /^2:1 there is no key "constructor"/],
  ["version: v1\nfail_on: eror", /^2:10 "eror" is none .*; did you mean error\? There are error, warning/],
  ["version: v1\nfail_on: off", /^2:10 "off" is none/],
  ["version: v1\nfail_on: [error]", /^2:10 this must be a word, not a list$/],
  ["version: v1\nlifecycle: 90d", /^2:12 this must be a map/],
  ["version: v1\nlifecycle: {notise: 90d}", /^2:13 there is no key "notise" here; did you mean notice\?/],
  ["version: v1\nlifecycle: {notice: -90d}", /^2:21 this must be a time of days.* such as 90d.*not "-90d"$/],
  ["version: v1\nlifecycle: {notice: 90}", /^2:21 this must be a time of days.*not 90$/],
  ["version: v1\nlifecycle: {notice: 90 days}", /^2:21 this must be a time/],
  ["version: v1\nlifecycle: {notice: 99999d}", /^2:21 this must be a time/],
  ["version: v1\nlifecycle: {notice: 1.5m}", /^2:21 this must be a time/],
  ["version: v1\nlifecycle:\n  min_age: {DEPRECATED: -1d}", /^3:25 this must be a time/],
  [
    "version: v1\nlifecycle:\n  min_age: {DEPRECATE: 1d}",
    /^3:13 .*"DEPRECATE" here; did you mean DEPRECATED\?/,
  ],
  ["version: v1\nlifecycle:\n  min_age: {LIFECYCLE_UNSPECIFIED: 1d}", /^3:13 there is no key/],
  ["version: v1\nlifecycle:\n  min_age: 180d", /^3:12 this must be a map/],
  ["version: v1\nlifecycle:\n  unannotated: required", /^3:16 "required" is none .* mean require\?/],
  ["version: v1\nlifecycle:\n  unannotated: true", /^3:16 this must be a word, not true$/],
  [
    "version: v1\nseverity: {FIELD_NO_DELET: off}",
    /^2:12 there is no rule or state "FIELD_NO_DELET"; .* FIELD_NO_DELETE\?/,
  ],
  [
    "version: v1\nseverity: {DEPRECATE: off}",
    /^2:12 there is no rule or state "DEPRECATE"; did you mean DEPRECATED\?/,
  ],
  [
    "version: v1\nseverity: {WIRE: off}",
    /^2:12 WIRE is a category; severity goes by rule \(.*\) or state \(EXP/,
  ],
  [
    "version: v1\nseverity: {FIELD_SAME_LABEL: off}",
    /^2:12 FIELD_SAME_LABEL is no longer a rule; say FIELD_SAME_CARD/,
  ],
  ["version: v1\nseverity: {FIELD_NO_DELETE: of}", /^2:29 "of" is none .* mean off\? There are error, warn/],
  ["version: v1\nseverity: {FIELD_NO_DELETE: false}", /^2:29 this must be a word, not false$/],
  ["version: v1\nseverity: [FIELD_NO_DELETE]", /^2:11 this must be a map/],
  ["version: v1\nuse: WIRE", /^2:6 this must be a list/],
  ["version: v1\nuse: []", /^2:6 this list is empty/],
  [
    "version: v1\nuse: [WIRES]",
    /^2:7 there is no category or rule "WIRES" in proto4\.yaml; did you mean WIRE\?/,
  ],
  ["version: v1\nuse: [FILE, WIRE, FILE]", /^2:19 FILE is listed twice/],
  ["version: v1\nuse: [1]", /^2:7 this must be a word, not 1$/],
  ["version: v1\nuse: [~]", /^2:7 this must be a word, not null$/],
  ["version: v1\nexcept: [LIFECYCLE_MOV]", /^2:10 .* mean LIFECYCLE_MOVE\?/],
  [
    "version: v1\nexcept: [FILE_SAME_PHP_GENERIC_SERVICES]",
    /^2:10 .* is no longer a rule; nothing took its place$/,
  ],
  [
    "version: v1\noptions: [(google.api.http)]",
    /^2:11 this must be the full name of an option.*without paren/,
  ],
  ["version: v1\noptions: [.google.api.http]", /^2:11 this must be the full name/],
  ["version: v1\noptions: [google..http]", /^2:11 this must be the full name/],
  ["version: v1\noptions: [a, a]", /^2:14 a is listed twice/],
  [
    "version: v1\nwaivers: /etc/waivers.yaml",
    /^2:10 this must be the path of a file from the folder of this one/,
  ],
  ["version: v1\nwaivers: C:/waivers.yaml", /^2:10 this must be the path/],
  ["version: v1\nwaiver_lifetime: 90", /^2:18 this must be a time of days.*not 90$/],
  ["version: v1\nwaiver_lifetime: for ever", /^2:18 this must be a time of days.*not "for ever"$/],
  ["version: v1\nbaseline: folder/", /^2:11 this must be the path/],
  ["version: v1\nbaseline: {path: a}", /^2:11 this must be the path.*not a map$/],
];

/** What only the parser sees: to a schema, these are no values at all, or the last of two. */
export const unparsable: readonly (readonly [source: string, complaint: RegExp])[] = [
  ["version: v1\nfail_on: error\nfail_on: info", /^3:1 this is not YAML: Map keys must be unique$/],
  [
    "version: v1\nseverity: {FIELD_NO_DELETE: off, FIELD_NO_DELETE: info}",
    /^2:34 this is not YAML: Map keys/,
  ],
  ["version: v1\nuse: [", /^2:\d+ this is not YAML/],
];
