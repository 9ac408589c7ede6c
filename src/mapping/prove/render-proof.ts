import type { CounterExample, HookFailure, Proof, Sample, TypeProof } from "./proof.js";

/** A proof as people read it: what holds, what was not tried, and the smallest message for which something fails. */
export function renderProof(proof: Proof): string {
  const { runs, seed, types } = proof;
  const failing = types.filter(({ failure }) => failure !== undefined);
  const holding = types.length - failing.length;
  const head = [
    `proof  ${runs} messages of each type and side, seed ${seed}: ${holding} of ${types.length} pairs hold`,
    ...coverageLines(types.filter(({ failure }) => failure === undefined)),
  ];
  return [head, ...failing.map(failureLines)].map((lines) => `${lines.join("\n")}\n`).join("\n");
}

/** What no message sets, nothing is proven of. Where something fails, it is not tried further. */
function coverageLines(types: readonly TypeProof[]): readonly string[] {
  const fields = types.flatMap(({ coverage }) => [...coverage.v3, ...coverage.v4]);
  const never = fields.filter(({ set }) => set === 0).map(({ field }) => field);
  const least = fields.filter(({ set }) => set > 0).sort((one, other) => one.set - other.set)[0];
  return [
    ...(least === undefined ? [] : [`  the field set least is ${least.field}, in ${least.set} messages`]),
    ...(never.length === 0 ? [] : [`  never set, so that nothing is proven of it: ${never.join(", ")}`]),
  ];
}

function failureLines({ v3, v4, contract, failure }: TypeProof): readonly string[] {
  const { from, law, what, fields, given, there, sent, back, hook } = failure as CounterExample;
  const [one, other] = from === "v3" ? [v3, v4] : [v4, v3];
  const samples: readonly (readonly [string, Sample | undefined])[] = [
    ["given", given],
    ["there", there],
    ["edited", sent],
    ["back", back],
  ];
  return [
    `${one} → ${other} → ${from}: ${contract} does not hold (${law})`,
    `  what    ${what}`,
    ...(fields.length === 0 ? [] : [`  fields  ${fields.join(", ")}`]),
    ...samples.flatMap(([name, sample]) => (sample === undefined ? [] : sampleLines(name, sample))),
    ...(hook === undefined ? [] : hookLines(hook)),
  ];
}

function hookLines({ name, class: promise, calls }: HookFailure): readonly string[] {
  const asked = calls.map(
    ({ way, given, gave }) => `          ${way}(${given}) ${gave === undefined ? "throws" : `→ ${gave}`}`,
  );
  return [`  hook    "${name}", ${promise}`, ...asked];
}

function sampleLines(name: string, { message, hex, json }: Sample): readonly string[] {
  const title = `  ${name.padEnd(7)} `;
  const told = json === undefined ? `${message}, which has no JSON` : `${message} ${JSON.stringify(json)}`;
  return [`${title}${told}`, `          ${hex === "" ? "(no bytes)" : hex}`];
}
