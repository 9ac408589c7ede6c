import { Proto4Error } from "../../diagnostics/index.js";
import type { Actor } from "../audit.js";
import { approvalKey } from "../store/layout.js";
import { type Approval, encodeRecord } from "../store/records.js";
import type { Store } from "../store/store.js";
import { amend } from "./amend.js";

/** What a person accepts, and why. */
export interface ApproveRequest extends Actor {
  readonly subject: string;
  /** A finding id, as a refused push tells it. */
  readonly finding: string;
  readonly reason: string;
  /** Last day, yyyy-mm-dd; for good without it. */
  readonly expires?: string | undefined;
}

/**
 * Lets later publishes pass over a finding.
 * @throws Proto4Error "usage" for what is no finding id, date or reason; as `amend` does
 */
export async function approve(store: Store, request: ApproveRequest): Promise<void> {
  const { subject, finding, reason, expires, by, at } = request;
  checkFinding(finding);
  if (reason.trim() === "")
    throw new Proto4Error("usage", "an approval needs a reason: say why it is accepted");
  if (expires !== undefined && !isDay(expires))
    throw new Proto4Error("usage", `"${expires}" is no day: write it like 2027-01-31`);
  if (expires !== undefined && expires < at.slice(0, 10))
    throw new Proto4Error("usage", `${expires} has passed: the last day is today, or one to come`);
  const approval: Approval = { finding, reason, by, at, expires };
  await amend(store, subject, request, () => ({
    steps: [{ verb: "set", key: approvalKey(subject, finding), value: encodeRecord(approval) }],
    audit: { action: "approve", finding, reason, expires },
  }));
}

/**
 * Takes an approval back.
 * @throws Proto4Error "usage" where there is none
 */
export async function revoke(
  store: Store,
  { subject, finding, ...actor }: Actor & { readonly subject: string; readonly finding: string },
): Promise<void> {
  checkFinding(finding);
  await amend(store, subject, actor, ({ approvals }, entries) => {
    const entry = entries.get(approvalKey(subject, finding));
    if (entry === undefined) {
      const others = approvals.map((approval) => approval.finding).join(", ") || "none";
      throw new Proto4Error("usage", `${subject} has no approval of ${finding}; approved are: ${others}`);
    }
    return {
      steps: [{ verb: "delete", key: entry.key, index: entry.index }],
      audit: { action: "revoke", finding },
    };
  });
}

function checkFinding(finding: string): void {
  if (!/^[0-9a-f]{12}$/.test(finding))
    throw new Proto4Error(
      "usage",
      `"${finding}" is no finding id: 12 of 0-9 a-f, as a refused push tells it`,
    );
}

/** A day that no month has is read as one of the next month. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
