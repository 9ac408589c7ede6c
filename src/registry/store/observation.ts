import { Proto4Error } from "../../diagnostics/index.js";
import type { StoreEntry } from "./store.js";

/**
 * What a service does with a contract: it answers its calls or makes them, and it reads or writes data that is
 * kept or queued.
 */
export const roles = ["serves", "calls", "reads", "writes"] as const;
export type Role = (typeof roles)[number];

/** A contract that an instance runs. */
export interface RunContract {
  readonly package: string;
  readonly fingerprint: string;
  readonly roles: readonly Role[];
}

/** What an instance says of itself while it runs. Times are ISO 8601, UTC. */
export interface LiveRecord {
  readonly contracts: readonly RunContract[];
  readonly started: string;
  /** The version of proto4 that wrote it. */
  readonly proto4: string;
  /** Tells two runs under one id apart. */
  readonly run: string;
}

/** What is known for good of a service that ran a contract. Times are ISO 8601, UTC. */
export interface SeenRecord extends RunContract {
  readonly first: string;
  readonly last: string;
  /** Until then it counts as running, though nobody hears of it: the next sighting is due before. */
  readonly due: string;
  /** Messages and packages of which every instance has counted all uses, and since when. */
  readonly counted: Readonly<Record<string, string>>;
  /** Elements that were used, and when that was last reported. */
  readonly used: Readonly<Record<string, string>>;
}

/** Since when observation has been whole. */
export interface SinceRecord {
  readonly since: string;
}

/** What people have said of an environment. */
export interface EnvironmentRecord {
  /** How long what was seen counts: a number with s, m, h or d. */
  readonly window: string;
  /** Said by somebody who knows it: everything that runs there joins. */
  readonly complete?: { readonly by: string; readonly at: string; readonly reason: string } | undefined;
}

/** Each reader throws Proto4Error "store-invalid" when the entry holds something else. */
export function readLive(entry: StoreEntry): LiveRecord {
  const { contracts, started, proto4, run } = parse(entry);
  const known = Array.isArray(contracts) && contracts.every(isRunContract);
  if (!known || !isTime(started) || !isText(proto4) || !isText(run)) return foreign(entry);
  return { contracts, started, proto4, run };
}

export function readSeen(entry: StoreEntry): SeenRecord {
  const record = parse(entry);
  const { first, last, due, counted, used } = record;
  if (!isRunContract(record) || ![first, last, due].every(isTime)) return foreign(entry);
  if (!isTimes(counted) || !isTimes(used)) return foreign(entry);
  return record as unknown as SeenRecord;
}

export function readSince(entry: StoreEntry): SinceRecord {
  const { since } = parse(entry);
  return isTime(since) ? { since } : foreign(entry);
}

export function readEnvironment(entry: StoreEntry): EnvironmentRecord {
  const { window, complete } = parse(entry);
  if (!isText(window) || !isDuration(window)) return foreign(entry);
  if (complete === undefined) return { window };
  const { by, at, reason } = Object(complete) as Readonly<Record<string, unknown>>;
  if (!isText(by) || !isTime(at) || !isText(reason)) return foreign(entry);
  return { window, complete: { by, at, reason } };
}

/** Whether a text is a time like 30d, 12h, 5m or 20s. */
export function isDuration(text: string): boolean {
  return /^[1-9]\d{0,5}[smhd]$/.test(text);
}

function isRunContract(value: unknown): value is RunContract {
  const { package: name, fingerprint, roles: list } = Object(value) as Readonly<Record<string, unknown>>;
  return isText(name) && isText(fingerprint) && Array.isArray(list) && list.every(isRole);
}

function isRole(value: unknown): value is Role {
  return (roles as readonly unknown[]).includes(value);
}

function isTimes(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === "object" && value !== null && Object.values(value).every(isTime);
}

/** In the one form whose order as text is that of time. */
function isTime(value: unknown): value is string {
  return (
    isText(value) &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

function parse(entry: StoreEntry): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(entry.value));
    if (typeof value === "object" && value !== null) return value as Readonly<Record<string, unknown>>;
  } catch {}
  return foreign(entry);
}

function foreign(entry: StoreEntry): never {
  throw new Proto4Error(
    "store-invalid",
    `the store holds at ${entry.key} what this proto4 cannot read: a newer proto4 or another program wrote it`,
  );
}
