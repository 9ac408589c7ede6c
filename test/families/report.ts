import { type Outcome, type Verdict, verdictOf } from "./outcome.js";

/**
 * The tables of docs/families.md.
 * @param version of google-proto-files
 */
export function report(outcomes: readonly Outcome[], version: string): string {
  const [byName, within] = [
    outcomes.filter(({ family }) => family.upgrades.length === 0),
    outcomes.filter(({ family }) => family.upgrades.length > 0),
  ];
  const parts = [
    `Of google-proto-files ${version}:`,
    summary(byName, within),
    "### How many annotations",
    annotationTable(outcomes),
    "### Why the others do not map",
    refusalTable(outcomes),
    "### Every pair",
    pairTable(outcomes),
  ];
  return parts.join("\n\n");
}

function summary(byName: readonly Outcome[], within: readonly Outcome[]): string {
  const count = (outcomes: readonly Outcome[], verdict: Verdict) =>
    outcomes.filter((outcome) => verdictOf(outcome) === verdict).length;
  const row = (words: string, verdict: Verdict) => [words, count(byName, verdict), count(within, verdict)];
  return [
    table(
      ["", "version last in the name", "version within the name"],
      [
        row("map by themselves", "maps"),
        row("map once annotated", "maps annotated"),
        row("are refused", "refused"),
        row("have no message in common", "nothing in common"),
        ["together", byName.length, within.length],
      ],
    ),
    tellProofs([...byName, ...within]),
  ].join("\n\n");
}

function tellProofs(outcomes: readonly Outcome[]): string {
  const proofs = outcomes.flatMap(({ proof }) => proof ?? []);
  const failures = sum(proofs, (proof) => proof.failures.length);
  const [reached, fields] = [sum(proofs, (proof) => proof.reached), sum(proofs, (proof) => proof.fields)];
  return (
    `${sum(proofs, ({ types }) => types)} message types made their journeys; ${failures === 0 ? "all came back" : `${failures} failed`}. ` +
    `Of their fields, on both sides, ${Math.floor((1000 * reached) / fields) / 10} % were set in some message.`
  );
}

function annotationTable(outcomes: readonly Outcome[]): string {
  const mapped = outcomes.filter((outcome) => verdictOf(outcome).startsWith("maps"));
  const rows = ranges.map(([words, least, most]) => {
    const here = mapped.filter(
      ({ annotations }) => annotations.length >= least && annotations.length <= most,
    );
    const kinds = tally(here.flatMap(({ annotations }) => annotations));
    return [words, here.length, kinds.map(([kind, count]) => `${kind} ${count}`).join(", ") || "–"];
  });
  return table(["annotations", "pairs that map with so many", "which"], rows);
}

function refusalTable(outcomes: readonly Outcome[]): string {
  const kinds = tally(
    outcomes.flatMap(({ refusals }) => refusals.map(({ code, kind }) => `${code}|${kind}`)),
  );
  const rows = kinds.map(([key, count]) => {
    const [code, kind] = key.split("|");
    const has = (outcome: Outcome) => outcome.refusals.some((refusal) => refusal.kind === kind);
    const alone = outcomes.filter(
      (outcome) => has(outcome) && outcome.refusals.every((refusal) => refusal.kind === kind),
    );
    return [`\`${code}\``, kind!, count, outcomes.filter(has).length, alone.length];
  });
  return table(["code", "kind of change", "times", "pairs", "pairs with no other"], rows);
}

function pairTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) => {
    const { family, annotations, contracts, proof, refusals } = outcome;
    const refused = tally(refusals.map(({ kind }) => kind)).map(([kind, count]) => `${kind} ${count}`);
    return [
      tellPair(family.v3, family.v4),
      annotations.length,
      refused.join(", ") || verdictOf(outcome),
      ["BYTES", "CANON", "MODULO"].map((contract) => contracts[contract] ?? 0).join(" / "),
      proof === undefined ? "" : tellProof(proof.failures.length),
    ];
  });
  return table(["pair", "annotations", "outcome", "BYTES / CANON / MODULO", "round trips"], rows);
}

/** `google.cloud.tasks v2beta2 → v2beta3`: what both names have in common once. */
function tellPair(v3: string, v4: string): string {
  const [elder, newer] = [v3.split("."), v4.split(".")];
  const at = elder.findIndex((part, index) => part !== newer[index]);
  const rest = elder.slice(at + 1).join(".");
  return `${elder.slice(0, at).join(".")} ${elder[at]} → ${newer[at]}${rest === "" ? "" : ` ${rest}`}`;
}

function tellProof(failures: number): string {
  return failures === 0 ? "proven" : `${failures} fail`;
}

/** The most frequent first. */
function tally(words: readonly string[]): readonly (readonly [word: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function sum<T>(all: readonly T[], count: (one: T) => number): number {
  return all.reduce((total, one) => total + count(one), 0);
}

const ranges: readonly (readonly [words: string, least: number, most: number])[] = [
  ["none", 0, 0],
  ["1", 1, 1],
  ["2 to 5", 2, 5],
  ["6 to 20", 6, 20],
  ["more", 21, Number.POSITIVE_INFINITY],
];
