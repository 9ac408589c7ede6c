import { Proto4Error } from "../../diagnostics/index.js";
import { type Actor, auditSteps } from "../audit.js";
import { commit, hasTrace, inDoubt, maxAttempts, pause, type Tried, traceOf } from "../commit.js";
import { environmentKey } from "../store/layout.js";
import { type EnvironmentRecord, readEnvironment } from "../store/observation.js";
import { checkName } from "../store/observation-keys.js";
import { encodeRecord } from "../store/records.js";
import type { Store, StoreOperation } from "../store/store.js";
import { parseDuration } from "./duration.js";
import { defaultWindow } from "./observed.js";

/** What somebody says of an environment. */
export interface EnvironmentRequest extends Actor {
  readonly environment: string;
  /** 30d, 12h, 5m or 20s; as it was if not given. */
  readonly window?: string | undefined;
  /** Whether everything that runs there joins, and why that can be said; as it was if not given. */
  readonly complete?: { readonly reason: string } | false | undefined;
}

export async function loadEnvironment(store: Store, environment: string): Promise<EnvironmentRecord> {
  checkName("environment", environment);
  const entry = await store.get(environmentKey(environment));
  return entry === undefined ? { window: defaultWindow } : readEnvironment(entry);
}

/**
 * Writes down what somebody says, with who said it.
 * @throws Proto4Error "usage"; "publish-conflict" when others said something at the same time, every time
 */
export async function setEnvironment(store: Store, request: EnvironmentRequest): Promise<EnvironmentRecord> {
  const { environment, window, complete } = request;
  checkName("environment", environment);
  if (window !== undefined) parseDuration(window);
  if (complete && complete.reason.trim() === "")
    throw new Proto4Error("usage", "the reason is empty: say how you know that everything joins");
  const tried = { unanswered: 0 };
  try {
    return await tryOften(store, request, tried);
  } catch (error) {
    throw inDoubt(error, tried, `whether it stands in ${environment} is not known: look, and say it again`);
  }
}

async function tryOften(store: Store, request: EnvironmentRequest, tried: Tried): Promise<EnvironmentRecord> {
  const { environment } = request;
  const key = environmentKey(environment);
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const [found = [], trace] = await store.listAll([key, ...traceOf(request, tried)]);
    // Another environment's name may begin as this one's does.
    const entry = found.find((each) => each.key === key);
    const before = entry && readEnvironment(entry);
    if (before !== undefined && hasTrace(trace, request)) return before;
    const after = nextRecord(before, request);
    const operations: readonly StoreOperation[] = [
      { verb: "compare-and-set", key, value: encodeRecord(after), index: entry?.index ?? 0 },
      ...auditSteps(request, { action: "environment", environment, ...after }),
    ];
    if (await commit(store, operations, tried)) return after;
    await pause(request, attempt);
  }
  throw new Proto4Error("publish-conflict", `others changed ${environment} at the same time; try again`);
}

/** Who says once more that it is complete does not make it complete from then on only. */
function nextRecord(
  before: EnvironmentRecord | undefined,
  { window = before?.window ?? defaultWindow, complete, by, at }: EnvironmentRequest,
): EnvironmentRecord {
  const said = before?.complete;
  if (complete === false) return { window };
  if (complete === undefined) return said === undefined ? { window } : { window, complete: said };
  return { window, complete: { by, at: said?.at ?? at, reason: complete.reason } };
}
