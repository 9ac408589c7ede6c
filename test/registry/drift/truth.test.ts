import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noCache } from "../../../src/registry/blob-cache.js";
import { canIRemove } from "../../../src/registry/drift/can-i-remove.js";
import { type Contracts, loadContracts } from "../../../src/registry/drift/contracts.js";
import { setEnvironment } from "../../../src/registry/drift/environment.js";
import { loadObserved } from "../../../src/registry/drift/observed.js";
import { Member } from "../../../src/registry/join/member.js";
import { checkRequest } from "../../../src/registry/join/request.js";
import type { Store } from "../../../src/registry/store/index.js";
import { fingerprint } from "../../../src/schema/index.js";
import { type Compiled, compile, push, userProto } from "../contracts.js";
import { openTestStore } from "../stores.js";

const field = "acme.v1.User.fax";
const second = 1000;
const window = 600 * second;
const seenEvery = 60 * second;

/** Somebody who does not speak it runs on, so that there are sightings; all others are gone. */
const ending: readonly Step[] = [
  { kind: "leave", who: 0 },
  { kind: "die", who: 1 },
  { kind: "leave", who: 2 },
  { kind: "die", who: 3 },
  { kind: "declare", complete: true },
  { kind: "start", who: 3, speaks: false, counts: false },
  { kind: "wait", seconds: 500 },
  { kind: "wait", seconds: 400 },
];

let folder = "";
let compiled: readonly Compiled[];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "proto4-truth-"));
  compiled = await Promise.all([
    compile(userProto("string name = 1", "string fax = 2")),
    compile(userProto("string name = 1")),
  ]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What happens in an environment. Instances are those of a few services; each runs one thing at a time. */
type Step =
  | { readonly kind: "start"; readonly who: number; readonly speaks: boolean; readonly counts: boolean }
  | { readonly kind: "leave" | "die" | "use"; readonly who: number }
  | { readonly kind: "wait"; readonly seconds: number }
  | { readonly kind: "wipe"; readonly what: "live" | "seen" }
  | { readonly kind: "outage"; readonly seconds: number }
  | { readonly kind: "declare"; readonly complete: boolean };

const who = fc.integer({ min: 0, max: 3 });
const evens = fc.constantFrom(0, 2);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("start" as const), who, speaks: fc.boolean(), counts: fc.boolean() }),
  fc.record({ kind: fc.constantFrom("leave" as const, "die" as const, "use" as const), who }),
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 700 }) }),
  },
  fc.record({ kind: fc.constant("wipe" as const), what: fc.constantFrom("live" as const, "seen" as const) }),
  fc.record({ kind: fc.constant("outage" as const), seconds: fc.integer({ min: 1, max: 200 }) }),
  fc.record({ kind: fc.constant("declare" as const), complete: fc.boolean() }),
);

/** One service in an environment that is observed and declared for long: what decides is who counts, and since when. */
const calm: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("start" as const),
          who: evens,
          speaks: fc.constant(true),
          counts: fc.boolean(),
        }),
      },
      fc.record({ kind: fc.constantFrom("leave" as const, "die" as const), who: evens }),
      fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 60 }) }),
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant("wait" as const),
          seconds: fc.integer({ min: 500, max: 640 }),
        }),
      },
    ),
    { minLength: 4, maxLength: 20 },
  )
  .map((steps) => [
    { kind: "declare", complete: true },
    { kind: "start", who: 1, speaks: false, counts: false },
    { kind: "wait", seconds: 610 },
    ...steps,
  ]);

interface Running {
  readonly member: Member;
  readonly speaks: boolean;
  readonly counts: boolean;
  readonly used: { at: number };
  next: number;
}

const wild = fc.array(step, { minLength: 4, maxLength: 25 }).map((steps) => [...steps, ...ending]);
const histories: fc.Arbitrary<readonly Step[]> = fc.oneof(wild, calm);

test("never yes while anything that was seen within the window still speaks the field", {
  timeout: 240_000,
}, async () => {
  const tally = { yes: 0, no: 0, unknown: 0 };
  let run = 0;
  await fc.assert(
    fc.asyncProperty(histories, async (steps) => {
      const world = await World.open(`lmdb:${join(folder, String(run++))}`);
      try {
        for (const each of steps) {
          await world.take(each);
          const answer = await world.ask();
          tally[answer] += 1;
          world.checkAnswer(answer);
        }
      } finally {
        await world.close();
      }
    }),
    { numRuns: Number(process.env.PROTO4_RUNS ?? 60) },
  );
  // Else the model would never get to where the rule says anything.
  expect(tally.yes).toBeGreaterThan(20);
  expect(tally.no).toBeGreaterThan(20);
  expect(tally.unknown).toBeGreaterThan(20);
});

class World {
  private readonly running = new Map<number, Running>();
  /** When somebody who speaks the field was last known to run, by the registry: what must not be forgotten. */
  private spoken = Number.NEGATIVE_INFINITY;
  private wiped = Number.NEGATIVE_INFINITY;
  private declared: number | undefined;
  private chance = 1;
  private steps = 0;

  private constructor(
    private readonly address: string,
    private readonly store: Store,
    private readonly contracts: Contracts,
    private readonly clock: { now: number },
  ) {}

  static async open(address: string): Promise<World> {
    const clock = { now: Date.parse("2026-11-22T10:00:00Z") };
    const store = await openTestStore(address, () => clock.now);
    // The field came with the second version.
    for (const each of compiled.toReversed()) expect((await push(store, each)).outcome).toBe("published");
    const contracts = await loadContracts(
      { store, cache: noCache },
      { category: "WIRE", today: "2026-11-22" },
    );
    return new World(address, store, contracts, clock);
  }

  async take(step: Step): Promise<void> {
    this.steps += 1;
    if (step.kind === "wait") await this.pass(step.seconds, true);
    else if (step.kind === "outage") await this.pass(step.seconds, false);
    else if (step.kind === "wipe") await this.wipe(step.what);
    else if (step.kind === "declare") await this.declare(step.complete);
    else if (step.kind === "start") await this.start(step);
    else await this.end(step.kind, step.who);
  }

  async ask(): Promise<"yes" | "no" | "unknown"> {
    const observed = await loadObserved(this.store, "test");
    return (await canIRemove(field, observed, this.contracts, this.clock.now)).answer;
  }

  checkAnswer(answer: "yes" | "no" | "unknown"): void {
    const { now } = this.clock;
    if (answer === "yes") {
      expect(now - this.spoken, "since it was spoken").toBeGreaterThanOrEqual(window);
      expect(now - this.wiped, "since somebody wiped something").toBeGreaterThanOrEqual(window);
      expect(now - (this.declared ?? now), "since it was declared complete").toBeGreaterThanOrEqual(window);
    }
  }

  async close(): Promise<void> {
    for (const { member } of this.running.values()) await member.leave();
    await this.store.close();
  }

  private async start({ who, speaks, counts }: Extract<Step, { kind: "start" }>): Promise<void> {
    if (this.running.has(who)) await this.end("die", who);
    const contract = {
      package: "acme.v1",
      fingerprint: fingerprint(compiled[speaks ? 0 : 1]!.image, "acme.v1"),
    };
    const request = {
      ...{ store: this.address, subject: "acme/user", contract, environment: "test" },
      // Two instances a service, so that they share what is known of it.
      ...{
        service: `service-${who % 2}`,
        instance: `i${who}-${this.steps}`,
        lease: 30,
        seenEvery: seenEvery / second,
      },
      ...(counts ? { counts: ["acme.v1.User"] } : {}),
    };
    const random = () => this.random();
    const plan = checkRequest(request, random);
    const told = { standings: async () => {}, trouble: () => {} };
    const member = new Member(plan, plan.reporting!, { now: () => this.clock.now, random }, told);
    const used = { at: Number.NEGATIVE_INFINITY };
    this.running.set(who, { member, speaks, counts, used, next: this.clock.now });
    await this.beats();
  }

  private async end(how: "leave" | "die" | "use", who: number): Promise<void> {
    const found = this.running.get(who);
    if (found === undefined) return;
    if (how === "use") {
      if (!found.speaks) return;
      found.member.used(field);
      found.used.at = this.clock.now;
      return;
    }
    this.running.delete(who);
    if (how === "leave") {
      await found.member.leave();
      // What it used goes out with its last report.
      if (this.speaksNow(found)) this.spoken = this.clock.now;
    }
    // Whoever dies says nothing: neither is its lease released nor anything reported.
  }

  /** Whoever counts from its start speaks when it has used it and said so; anybody else whose contract has it always. */
  private speaksNow({ speaks, counts, used }: Running): boolean {
    return speaks && (!counts || used.at > Number.NEGATIVE_INFINITY);
  }

  private async pass(seconds: number, reachable: boolean): Promise<void> {
    const until = this.clock.now + seconds * second;
    while (true) {
      const next = Math.min(until, ...[...this.running.values()].map((each) => each.next));
      this.clock.now = reachable ? Math.max(next, this.clock.now) : until;
      if (reachable) await this.beats();
      if (this.clock.now >= until) return;
    }
  }

  private async beats(): Promise<void> {
    for (const each of this.running.values()) {
      if (each.next > this.clock.now) continue;
      await each.member.beat();
      each.next = this.clock.now + Math.max(100, each.member.wait());
      if (this.speaksNow(each)) {
        this.spoken = this.clock.now;
        each.used.at = Number.NEGATIVE_INFINITY;
      }
    }
  }

  private async wipe(what: "live" | "seen"): Promise<void> {
    const entries = await this.store.list(`proto4/v1/${what}/`);
    for (const { key, index } of entries) await this.store.transact([{ verb: "delete", key, index }]);
    this.wiped = this.clock.now;
    expect(await this.ask(), "after a wipe").not.toBe("yes");
  }

  private async declare(complete: boolean): Promise<void> {
    const at = new Date(this.clock.now).toISOString();
    const said = complete ? { reason: "all join" } : (false as const);
    const id = `declare-${this.steps}`;
    await setEnvironment(this.store, {
      environment: "test",
      window: `${window / second}s`,
      complete: said,
      by: "jo",
      at,
      id,
    });
    if (!complete) this.declared = undefined;
    else this.declared ??= this.clock.now;
  }

  /** The same on every run. */
  private random(): number {
    this.chance = (this.chance * 48_271) % 2_147_483_647;
    return this.chance / 2_147_483_647;
  }
}
