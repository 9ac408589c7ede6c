import type { Hook, HookFields } from "../../runtime/index.js";
import type { Failure, HookCall } from "./proof.js";
import type { HookSubject, Journey, Subject, Trial } from "./subject.js";
import { tellValue } from "./tell-value.js";

/**
 * User code takes whatever its fields hold, leaves it as it is, and gives what fits the fields of the other side,
 * the same each time; of what it gave, it finds the way back. That of the class ISO leads to the fields given.
 */
export function checkHooks({ hooks }: Subject, journey: Journey, { bytes }: Trial): Failure | undefined {
  for (const hook of hooks) {
    const breach = findBreach(hook, journey, bytes);
    if (breach === undefined) continue;
    const { name, code } = hook;
    const what = `the code "${name}" ${breach.what}`;
    return {
      what,
      fields: hook.fields[journey.from],
      hook: { name, class: code.class ?? "OPAQUE", calls: breach.calls },
    };
  }
  return undefined;
}

interface HookBreach {
  /** `throws on the way up: …` */
  readonly what: string;
  readonly calls: readonly HookCall[];
}

function findBreach(hook: HookSubject, journey: Journey, bytes: Uint8Array): HookBreach | undefined {
  const { from, over, there } = journey;
  const given = () => hook[from].read(bytes);
  // The engine does not ask about nothing either.
  if (isNothing(given())) return undefined;
  const sent = ask(hook, there, over, given);
  if ("what" in sent) return sent;
  if (!isNothing(sent.fields)) return findBreachBack(hook, journey, given(), sent);
  if (hook.code.class !== "ISO") return undefined;
  return { what: `says that it is ISO, and makes nothing of this on the way ${there}`, calls: sent.calls };
}

function findBreachBack(
  hook: HookSubject,
  { from, over, back }: Journey,
  given: HookFields,
  sent: Answer,
): HookBreach | undefined {
  const returned = ask(hook, back, from, () => hook[over].settle(sent.fields));
  const calls = [...sent.calls, ...returned.calls];
  if ("what" in returned) return { ...returned, calls };
  const isSame = tellValue(returned.fields) === tellValue(given);
  if (hook.code.class !== "ISO" || isSame) return undefined;
  return { what: `says that it is ISO, and comes back on the way ${back} with other fields`, calls };
}

interface Answer {
  /** What the other side finds of it. */
  readonly fields: HookFields;
  readonly calls: readonly HookCall[];
}

/** @param given the fields, new ones each time */
function ask(
  hook: HookSubject,
  way: "up" | "down",
  to: "v3" | "v4",
  given: () => HookFields,
): Answer | HookBreach {
  const calls: HookCall[] = [];
  try {
    const [fields, again] = [0, 1].map(() => hook[to].settle(call(hook.code, way, given(), calls)));
    if (tellValue(again) !== tellValue(fields))
      return { what: `gives another answer when it is asked again on the way ${way}`, calls };
    return { fields: fields!, calls: calls.slice(1) };
  } catch (error) {
    return {
      what: `fails on the way ${way}: ${error instanceof Error ? error.message : String(error)}`,
      calls,
    };
  }
}

/** @throws what the code throws, and Error where it changes what it is given */
function call(code: Hook, way: "up" | "down", fields: HookFields, calls: HookCall[]): HookFields {
  const given = tellValue(fields);
  const at = calls.push({ way, given }) - 1;
  const gave = code[way](fields);
  calls[at] = { way, given, gave: tellValue(gave) };
  const after = tellValue(fields);
  if (after !== given) throw new Error(`it must not change what it gets, and left ${after}`);
  return gave;
}

function isNothing(fields: HookFields): boolean {
  return Object.keys(fields).length === 0;
}
