import type { Call, Publishing, Truth } from "./history.js";

/**
 * Whether the head of a subject was a register that versions are appended to. Every version has a place, its number;
 * what was read or refused stands just behind the version that it saw. So there is one order of all calls, and it
 * is the right one if nobody who began after another's answer stands before it.
 * @returns what is wrong, nothing if all is well
 */
export function checkHistory(versions: readonly Truth[], calls: readonly Call[]): readonly string[] {
  const publishes = calls.filter((call) => call.kind === "publish");
  return [
    ...checkVersions(versions, publishes),
    ...calls.flatMap((call) => checkAnswer(versions, call)),
    ...checkOrder(versions, calls),
  ];
}

function checkVersions(versions: readonly Truth[], publishes: readonly Publishing[]): readonly string[] {
  const wrong: string[] = [];
  const known = new Map(publishes.map((call) => [call.id, call]));
  const seen = new Set<string>();
  for (const [place, { seq, publish, fields }] of versions.entries()) {
    if (seq !== place + 1) wrong.push(`place ${place + 1} has version ${seq}`);
    if (seen.has(publish)) wrong.push(`${publish} was published twice`);
    seen.add(publish);
    if (!known.has(publish)) wrong.push(`version ${seq} bears ${publish}, which nobody published`);
    else if (!equal(known.get(publish)!.fields, fields))
      wrong.push(`version ${seq} is not what was published`);
    if (!holds(fields, versions[place - 1]?.fields ?? []))
      wrong.push(`version ${seq} was let pass, although it lacks what the one before has`);
  }
  return wrong;
}

function checkAnswer(versions: readonly Truth[], call: Call): readonly string[] {
  if (call.kind === "read")
    return equal(call.fields, versions[call.seq - 1]?.fields ?? [])
      ? []
      : [`${call.client} read version ${call.seq} otherwise than it is`];
  const { id, fields, answer } = call;
  const there = versions.some(({ publish }) => publish === id);
  if (answer.outcome === "failed") return [];
  if (answer.outcome === "published")
    return versions[answer.seq - 1]?.publish === id ? [] : [`${id} was told to be ${answer.seq}, and is not`];
  if (there) return [`${id} was told to be ${answer.outcome}, and is there`];
  const judged = answer.outcome === "refused" ? versions[answer.against - 1] : undefined;
  return answer.outcome === "refused" && (judged === undefined || holds(fields, judged.fields))
    ? [`${id} was refused against ${answer.against}, which it fits`]
    : [];
}

/** Two calls that overlapped may stand in any order. */
function checkOrder(versions: readonly Truth[], calls: readonly Call[]): readonly string[] {
  const placed = calls.flatMap((call) => placeOf(versions, call) ?? []);
  const answered = [...placed].sort((a, b) => a.ended - b.ended);
  const wrong: string[] = [];
  let highest = 0;
  let next = 0;
  for (const call of [...placed].sort((a, b) => a.began - b.began)) {
    for (; next < answered.length && answered[next]!.ended < call.began; next++)
      highest = Math.max(highest, answered[next]!.place);
    if (call.place < highest)
      wrong.push(`${call.name} stands at ${call.place}, after ${highest} was answered`);
  }
  return wrong;
}

function placeOf(versions: readonly Truth[], call: Call) {
  const { began, ended } = call;
  if (call.kind === "read") return { began, ended, place: call.seq + 0.5, name: `a read of ${call.client}` };
  const { id: name, answer } = call;
  if (answer.outcome === "refused") return { began, ended, place: answer.against + 0.5, name };
  const place = versions.findIndex(({ publish }) => publish === name) + 1;
  if (place === 0) return undefined;
  // Without an answer nobody knows when it was done, but that it was not before it began.
  return { began, ended: answer.outcome === "published" ? ended : Number.POSITIVE_INFINITY, place, name };
}

function holds(fields: readonly number[], all: readonly number[]): boolean {
  const held = new Set(fields);
  return all.every((field) => held.has(field));
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && holds(a, b);
}
