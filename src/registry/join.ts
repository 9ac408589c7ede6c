import { Proto4Error } from "../diagnostics/index.js";
import { Member } from "./join/member.js";
import { type Door, openFor } from "./join/open.js";
import { checkRequest, type JoinPlan, type JoinRequest, randomName } from "./join/request.js";
import { allKnown, loadStandings, refuseUnknown, type Standing } from "./join/standing.js";
import type { Store } from "./store/store.js";

export type { Door } from "./join/open.js";
export type { JoinContract, JoinRequest } from "./join/request.js";
export type { Standing } from "./join/standing.js";
export type { Role } from "./store/observation.js";
export type { Contract } from "./store/records.js";

/** A service that has joined. */
export interface Joined {
  /** Where its contracts stand in the registry, by what it said last. */
  readonly contracts: readonly Standing[];
  /** Whether the last versions have these very contracts. */
  readonly current: boolean;
  /** For a log: what was found, how the reporting goes, and what to do where something is to be done. */
  readonly message: string;
  /** Under which id it reports; `undefined` where it does not. */
  readonly instance: string | undefined;
  /** Counts a use of an element, by its full name, as in shop.v3.User.fax; it goes out with the next report. */
  used(element: string): void;
  /** Reports for the last time and gives up the lease. Never throws. */
  leave(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Verifies, when a service starts, that the registry holds the contracts its code was generated from, and reports from
 * then on what it runs.
 * @throws Proto4Error "usage"; under the policy "fail" "contract-unknown", and what stores throw when they do not answer
 * and the folder has no answer of theirs
 */
export async function join(request: JoinRequest, door: Partial<Door> = {}): Promise<Joined> {
  const { now = Date.now, random = Math.random } = door;
  const plan = checkRequest(request, random);
  const membership = new Membership(plan, { now, random });
  await membership.begin();
  return membership;
}

class Membership implements Joined {
  contracts: readonly Standing[] = [];
  private answered = "";
  private trouble = "";
  private begun = false;
  private timer: NodeJS.Timeout | undefined;
  private busy: Promise<void> = Promise.resolve();
  private ended: Promise<void> | undefined;
  private readonly member: Member | undefined;

  constructor(
    private readonly plan: JoinPlan,
    private readonly door: Door,
  ) {
    const listener = {
      standings: (standings: readonly Standing[]) => this.take(standings),
      trouble: (message: string) =>
        this.tell(() => {
          this.trouble = message;
        }),
    };
    if (plan.reporting !== undefined) this.member = new Member(plan, plan.reporting, door, listener);
  }

  get current(): boolean {
    return this.contracts.length > 0 && this.contracts.every(({ current }) => current);
  }

  get message(): string {
    const found = this.contracts.map(({ message }) => message);
    return [...found, this.answered, this.trouble].filter((part) => part !== "").join("; ");
  }

  get instance(): string | undefined {
    return this.plan.reporting?.instance;
  }

  async begin(): Promise<void> {
    const store = await this.verify();
    if (this.member === undefined) return store?.close();
    if (store !== undefined) {
      this.member.adopt(store, allKnown(this.contracts));
      await this.member.beat();
    }
    this.begun = true;
    this.goOn(store === undefined ? this.door.random() * 1000 : this.member.wait());
  }

  used(element: string): void {
    this.member?.used(element);
  }

  leave(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.leave();
  }

  private async end(): Promise<void> {
    clearTimeout(this.timer);
    await this.busy;
    await this.member?.leave();
  }

  /** It does not keep the process alive. */
  private goOn(wait: number): void {
    this.timer = setTimeout(() => {
      this.busy = this.member!.beat().then(() => {
        if (this.ended === undefined) this.goOn(this.member!.wait());
      });
    }, wait).unref();
  }

  /** @returns the store, where it answered */
  private async verify(): Promise<Store | undefined> {
    let store: Store | undefined;
    try {
      store = await openFor(this.plan, this.door);
      await this.take(await loadStandings(store, this.plan));
    } catch (error) {
      await store?.close();
      await this.doWithout(error);
      return undefined;
    }
    if (this.plan.policy === "warn" || allKnown(this.contracts)) return store;
    await store.close();
    refuseUnknown(this.contracts);
    return undefined;
  }

  /** By the last answer, where the folder keeps one. */
  private async doWithout(error: unknown): Promise<void> {
    const { folder, policy } = this.plan;
    if (!(error instanceof Proto4Error) || error.code === "usage") throw error;
    const kept = folder === undefined ? undefined : await findKept(folder, this.plan);
    if (kept === undefined && policy === "fail") throw error;
    this.contracts = kept?.standings ?? [];
    this.answered = kept === undefined ? "nothing is verified" : `so the registry said at ${kept.at}`;
    this.trouble = error.message;
  }

  private async take(standings: readonly Standing[]): Promise<void> {
    this.tell(() => {
      this.contracts = standings;
      this.answered = "";
      this.trouble = "";
    });
    const { folder } = this.plan;
    if (folder === undefined || !allKnown(standings)) return;
    const { keepAnswer } = await import("./join/copy.js");
    const answer = { at: new Date(this.door.now()).toISOString(), standings };
    await keepAnswer(folder, this.plan, answer, randomName(this.door.random)).catch((error: unknown) => {
      this.answered = `the answer could not be kept in ${folder}: ${error instanceof Error ? error.message : error}`;
    });
  }

  /** Where the message is another one than `join` returned, it is for the log; what the log throws is its own affair. */
  private tell(change: () => void): void {
    const before = this.message;
    change();
    if (!this.begun || this.message === before) return;
    try {
      this.plan.onChange(this.message);
    } catch {}
  }
}

async function findKept(folder: string, plan: JoinPlan) {
  const { findAnswer } = await import("./join/copy.js");
  return findAnswer(folder, plan);
}
