import { setTimeout as sleep } from "node:timers/promises";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import { noCache } from "../../../src/registry/blob-cache.js";
import { openRegistry, publish, type Registry } from "../../../src/registry/index.js";
import { loadImage } from "../../../src/registry/lookup/load-images.js";
import type { StoreOperation } from "../../../src/registry/store/index.js";
import { loadSubject } from "../../../src/registry/store/read-subject.js";
import { grownImage, numbersOf } from "./grown.js";
import { type Answer, type Call, clock, seeded, type Truth } from "./history.js";

/** Clients that work on one subject of one store. */
export interface ClientsPlan {
  readonly addresses: readonly string[];
  /** Numbers of the clients, different in every process; they take the addresses in turn. */
  readonly clients: readonly number[];
  /** How many versions each of them brings in. */
  readonly versions: number;
  readonly seed: number;
  /** Whether each publish is tried before by one that dies at its commit, and leaves the very same blobs behind. */
  readonly stuttering?: boolean;
}

/** @param onPublished is told of each version that was acknowledged */
export async function runClients(plan: ClientsPlan, onPublished = () => {}): Promise<readonly Call[]> {
  const each = await Promise.all(plan.clients.map((number) => runClient(plan, number, onPublished)));
  return each.flat();
}

async function runClient(
  { addresses, versions, seed, stuttering = false }: ClientsPlan,
  number: number,
  onPublished: () => void,
): Promise<readonly Call[]> {
  const random = seeded(seed * 1_000 + number);
  const calls: Call[] = [];
  const client = `c${number}`;
  const registry = await openRegistry(addresses[number % addresses.length]!, {
    now: Date.now,
    create: true,
    random,
  });
  for (let count = 0; count < versions; count++) {
    await bringIn(registry, client, number * versions + count + 1, random, calls, stuttering);
    onPublished();
  }
  await registry.store.close();
  return calls;
}

/** Reads the head, adds the field, publishes; again until the field is in. */
async function bringIn(
  registry: Registry,
  client: string,
  field: number,
  random: () => number,
  calls: Call[],
  stuttering: boolean,
): Promise<void> {
  let known: readonly number[] = [];
  for (let attempt = 0; ; attempt++) {
    // Now and then somebody builds on what he read long ago.
    if (attempt === 0 || random() < 0.9) known = (await read(registry, client, calls)) ?? known;
    if (known.includes(field)) return;
    await sleep(random() * 20);
    if (stuttering) await dieAtCommit(registry, [...known, field]);
    const outcome = await publishOne(
      registry,
      client,
      `${client}-${field}-${attempt}`,
      [...known, field],
      calls,
    );
    if (outcome === "published") return;
  }
}

async function publishOne(
  registry: Registry,
  client: string,
  id: string,
  fields: readonly number[],
  calls: Call[],
): Promise<Answer["outcome"]> {
  const began = clock();
  const answer = await tryPublish(registry, id, fields);
  calls.push({ kind: "publish", client, id, began, ended: clock(), fields, answer });
  return answer.outcome;
}

async function tryPublish(registry: Registry, id: string, fields: readonly number[]): Promise<Answer> {
  const at = new Date().toISOString();
  const request = { subject, image: grownImage(fields), sources: new Map(), by: "jo", at, id };
  try {
    const done = await publish(registry, request);
    if (done.outcome === "refused") return { outcome: "refused", against: done.against ?? 0 };
    return { outcome: "published", seq: done.version.seq };
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    const { code, message } = error;
    if (code !== "publish-conflict" && code !== "store-unreachable") throw error;
    return { outcome: code === "publish-conflict" ? "overtaken" : "failed", message };
  }
}

async function dieAtCommit(registry: Registry, fields: readonly number[]): Promise<void> {
  const dying = new Proxy(registry.store, {
    get: (store, name) => {
      const value = Reflect.get(store, name);
      if (name !== "transact") return typeof value === "function" ? value.bind(store) : value;
      return async (operations: readonly StoreOperation[]) => {
        if (operations.some(({ key }) => key.endsWith("/head"))) throw new Error("killed");
        return store.transact(operations);
      };
    },
  });
  const at = new Date().toISOString();
  const request = {
    subject,
    image: grownImage(fields),
    sources: new Map(),
    by: "jo",
    at,
    id: `dead ${fields}`,
  };
  // It may as well be refused before it comes to that.
  await publish({ store: dying, cache: noCache }, request).catch((error: Error) => {
    if (error.message !== "killed" && !(error instanceof Proto4Error)) throw error;
  });
}

/** @returns the fields of the head, `undefined` where the store does not answer */
async function read(
  registry: Registry,
  client: string,
  calls: Call[],
): Promise<readonly number[] | undefined> {
  const began = clock();
  try {
    const { seq, fields } = await readHead(registry);
    calls.push({ kind: "read", client, began, ended: clock(), seq, fields });
    return fields;
  } catch (error) {
    if (error instanceof Proto4Error && error.code === "store-unreachable") return undefined;
    throw error;
  }
}

async function readHead(registry: Registry) {
  const last = (await loadSubject(registry.store, subject))?.versions.at(-1);
  if (last === undefined) return { seq: 0, fields: [] };
  return { seq: last.seq, fields: numbersOf(await loadImage(registry, last)) };
}

/** Every version as it is there now, to the byte. */
export async function readTruth(address: string): Promise<readonly Truth[]> {
  const registry: Registry = {
    ...(await openRegistry(address, { now: Date.now, create: true })),
    cache: noCache,
  };
  const versions = (await loadSubject(registry.store, subject))?.versions ?? [];
  const truth: Truth[] = [];
  for (const version of versions) {
    const fields = numbersOf(await loadImage(registry, version));
    truth.push({ seq: version.seq, publish: version.publish, fields });
  }
  await registry.store.close();
  return truth;
}

const subject = "acme/grown";
