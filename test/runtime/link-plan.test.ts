import { expect, test } from "vitest";
import { createTranslator, type EntryPlan, type Plan } from "../../src/runtime/index.js";
import { linkPlan } from "../../src/runtime/link-plan.js";

test("plans that use each other share what is linked, whichever is used first", () => {
  const [ring, loop] = makeRing();
  const [first, second] = [linkPlan(loop), linkPlan(ring)];
  expect(second.up.get("v3.Loop")).toBe(first.up.get("v3.Loop"));
  expect(second.down.get("v3.Ring")).toBe(first.down.get("v3.Ring"));
  const user = planOf("User", [nested(1, 2, "v3.Ring")], [ring]);
  expect(linkPlan(user).up.get("v3.Ring")).toBe(first.up.get("v3.Ring"));
});

test("what they share carries the same bytes as what is linked alone", () => {
  const bytes = Uint8Array.of(0x0a, 4, 0x0a, 2, 0x0a, 0);
  const [, loop] = makeRing();
  linkPlan(loop);
  const user = (ring: Plan) => createTranslator(planOf("User", [nested(1, 2, "v3.Ring")], [ring]), "v3.User");
  const alone = user(makeRing()[0]).up(bytes);
  expect(user(loop.uses![0]!).up(bytes)).toEqual(alone);
  expect(alone.value).toEqual(Uint8Array.of(0x12, 4, 0x12, 2, 0x12, 0));
});

test("a plan with stashes in another field shares nothing with those that it uses", () => {
  const [ring, loop] = makeRing();
  const other = { ...planOf("User", [nested(1, 2, "v3.Ring")], [ring]), stashNumber: 50_001 };
  expect(linkPlan(other).up.get("v3.Ring")?.stashNumber).toBe(50_001);
  expect(linkPlan(loop).up.get("v3.Ring")?.stashNumber).toBe(19_404);
});

test("what an Any may hold is for the plan to decide that one begins with", () => {
  const holder = planOf("Holder", [nested(1, 1, "google.protobuf.Any")], []);
  const whole = planOf("User", [nested(1, 2, "v3.Holder")], [holder, ...makeRing()]);
  const anyOf = (plan: Plan) => [...linkPlan(plan).up.get("google.protobuf.Any")!.any!.keys()];
  expect(anyOf(whole).toSorted()).toEqual(["v3.Holder", "v3.Loop", "v3.Ring", "v3.User"]);
  expect(anyOf(holder)).toEqual(["v3.Holder"]);
});

/** Two messages that nest each other, and move the field in which they do. */
function makeRing(): readonly [ring: Plan, loop: Plan] {
  const uses: Plan[] = [];
  const ring = planOf("Ring", [nested(1, 2, "v3.Loop")], uses);
  const loop = planOf("Loop", [nested(1, 2, "v3.Ring")], [ring]);
  uses.push(loop);
  return [ring, loop];
}

function planOf(name: string, changed: readonly EntryPlan[], uses: readonly Plan[]): Plan {
  const changes = { digest: "00000000000000ff", same: [], changed, only: [], reserved: [] };
  return { messages: [{ v3: `v3.${name}`, v4: `v4.${name}`, contract: "CANON", changes }], shapes: [], uses };
}

function nested(v3: number, v4: number, message: string): EntryPlan {
  const field = (number: number) => ({ number, name: "inside", type: "message" }) as const;
  return { kind: "nested", v3: field(v3), v4: field(v4), message };
}
