import { below } from "../context.js";
import { collectValues, type Fields } from "../field-values.js";
import type { FieldPlan } from "../plan.js";
import type { Call } from "../side.js";
import { foundIn, hasResidue, ofField, written } from "../value-list.js";
import type { Send, Sent } from "./element.js";
import { sendAll } from "./list.js";

/** One direction of one of several fields that count together; without `to` where the other side lacks it. */
export interface MemberWay {
  readonly from: FieldPlan;
  readonly to: FieldPlan | undefined;
  readonly send: Send | undefined;
}

/** A member that is set, and what the other side can say of it. */
export interface SetMember extends MemberWay {
  readonly values: readonly Uint8Array[];
  readonly sent: readonly Sent[];
}

/** The members that a parser finds set, in the order in which they are told. */
export function setMembers(
  members: readonly MemberWay[],
  fragments: Uint8Array,
  call: Call,
): readonly SetMember[] {
  const fields: Fields = new Map(members.map(({ from }) => [from.number, from]));
  const collected = collectValues(fields, fragments);
  return members.flatMap((member) => {
    const values = ofField(member.from, collected.get(member.from.number) ?? []);
    return values.length === 0 ? [] : [{ ...member, values, sent: sendMember(member, values, call) }];
  });
}

/** Whether a member that crosses comes back as it was. */
export function isWhole({ to, values, sent }: SetMember): boolean {
  if (to === undefined) return false;
  const list = sent.map(({ value }) => value);
  return foundIn(to, list).length === values.length && sent.every(({ returns }) => returns);
}

/** Whether the fragments hold more than the values of the members. */
export function haveResidue(members: readonly MemberWay[], fragments: Uint8Array): boolean {
  return members.some(({ from }) => hasResidue(from, fragments));
}

export function writtenMember({ to, sent }: SetMember): Uint8Array {
  return to === undefined
    ? empty
    : written(
        to,
        sent.map(({ value }) => value),
      );
}

function sendMember({ from, send }: MemberWay, values: readonly Uint8Array[], call: Call): readonly Sent[] {
  if (send === undefined) return [];
  return below(
    call.context,
    () => from.name,
    () => sendAll(from, values, send, call),
  );
}

const empty = new Uint8Array();
