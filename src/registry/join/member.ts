import { createRequire } from "node:module";
import type { LiveRecord, SeenRecord } from "../store/observation.js";
import type { Lease, Store } from "../store/store.js";
import { isNews } from "./next-seen.js";
import { type Door, openFor } from "./open.js";
import { writeReport } from "./report.js";
import { type JoinPlan, type Reporting, randomName } from "./request.js";
import { allKnown, loadStandings, type Standing } from "./standing.js";

/** What a member has found out, told to whoever keeps it. */
export interface Listener {
  /** The registry has answered about the contracts. */
  standings(standings: readonly Standing[]): Promise<void>;
  /** Says how the reporting goes; "" when all is well. */
  trouble(message: string): void;
}

/** An instance that reports what it runs, beat by beat. A beat never throws: what goes wrong is told and tried again. */
export class Member {
  private store: Store | undefined;
  private lease: Lease | undefined;
  private rival: LiveRecord | undefined;
  private seen: readonly SeenRecord[] = [];
  private pending = new Set<string>();
  private nextLook = 0;
  private failures = 0;
  private verified = false;
  private readonly live: LiveRecord;

  constructor(
    private readonly plan: JoinPlan,
    private readonly reporting: Reporting,
    private readonly door: Door,
    private readonly listener: Listener,
  ) {
    const contracts = reporting.contracts.map(({ package: name, fingerprint, roles }) => ({
      package: name,
      fingerprint,
      roles,
    }));
    const started = new Date(door.now()).toISOString();
    this.live = { contracts, started, proto4: version(), run: randomName(door.random) };
  }

  /** Takes over a store in which the contracts were looked up just now. */
  adopt(store: Store, allKnown: boolean): void {
    this.store = store;
    this.verified = allKnown;
  }

  /** Counts a use: nothing but an entry in a set. */
  used(element: string): void {
    if (this.pending.size < mostPending) this.pending.add(element);
  }

  /** Renews the lease, and reports where a report is due. */
  async beat(): Promise<void> {
    try {
      this.store ??= await openFor(this.plan, this.door);
      await this.renew();
      // What is not known may be pushed later: it is looked up with every sighting, and after every failure.
      const isDue = this.lease === undefined || this.failures > 0 || this.isLookDue();
      if (!this.verified && isDue) await this.verify(this.store);
      if (isDue || this.rival !== undefined) {
        this.lease ??= await this.store.lease(this.reporting.leaseSeconds);
        await this.report(this.store, this.lease);
      }
      this.failures = 0;
    } catch (error) {
      this.failures += 1;
      // It may have been wiped meanwhile, or be another one.
      this.verified = false;
      const reason = error instanceof Error ? error.message : String(error);
      this.listener.trouble(`what runs is not reported: ${reason}; it is tried again`);
    }
  }

  /** Milliseconds until the next beat: two thirds to five sixths of the lease, sooner after a failure. */
  wait(): number {
    const lease = this.reporting.leaseSeconds * 1000;
    const { now, random } = this.door;
    // Those that fail together are not to come back together.
    if (this.failures > 0) return Math.min(lease / 2, 1000 * 2 ** (this.failures - 1)) * (0.5 + random() / 2);
    // Late, which spares the store a third of its work: a failure leaves time for several more attempts, and Consul ends
    // a lease no sooner than after twice its time.
    return Math.max(100, Math.min(lease * (2 / 3 + random() / 6), this.nextLook - now()));
  }

  /** Makes the last sighting and gives up the lease; what fails of it ends by itself. */
  async leave(): Promise<void> {
    const { store, lease } = this;
    await this.attempt(async () => (store === undefined ? undefined : this.report(store, undefined)));
    await this.attempt(async () => lease?.release());
    await this.attempt(async () => store?.close());
  }

  private async attempt(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.listener.trouble(`it left without a word to the registry: ${reason}; its lease ends by itself`);
    }
  }

  private async verify(store: Store): Promise<void> {
    const standings = await loadStandings(store, this.plan);
    await this.listener.standings(standings);
    this.verified = allKnown(standings);
  }

  private async renew(): Promise<void> {
    if (this.lease === undefined || (await this.lease.renew())) return;
    this.lease = undefined;
    // A store that came up again empty between two beats fails no beat, but has no lease of before.
    this.verified = false;
  }

  private isLookDue(): boolean {
    const now = this.door.now();
    if (now >= this.nextLook) return true;
    const { seenMilliseconds } = this.reporting;
    // As long as a use is news to one of them, it is told at the next beat.
    for (const name of this.pending)
      if (this.seen.every((record) => isNews(record, name, now, seenMilliseconds))) return true;
    return false;
  }

  private async report(store: Store, lease: Lease | undefined): Promise<void> {
    const { now, random } = this.door;
    const used = this.pending;
    this.pending = new Set();
    try {
      const { reporting, live } = this;
      const report = { store, reporting, live, lease: lease?.id, used: [...used], now, random };
      const { rival, seen } = await writeReport(report);
      this.seen = seen;
      this.rival = rival;
      this.nextLook = now() + this.reporting.seenMilliseconds * (0.75 + random() / 4);
      this.listener.trouble(rival === undefined ? "" : tellRival(reporting, rival));
    } catch (error) {
      for (const name of used) this.pending.add(name);
      throw error;
    }
  }
}

function tellRival({ environment, service, instance, leaseSeconds }: Reporting, rival: LiveRecord): string {
  return `another instance reports as ${environment}/${service}/${instance}, started ${rival.started}: give each its own id; if that one has died, its lease ends within ${2 * leaseSeconds} s, and this one follows`;
}

function version(): string {
  return createRequire(import.meta.url)("proto4/package.json").version;
}

/** More than a record can hold: then it says that nothing is counted, and none need be kept. */
const mostPending = 20_000;
