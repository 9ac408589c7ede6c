import type { DescMessage } from "@bufbuild/protobuf";
import fc from "fast-check";
import { createTranslator, type lane, type Plan, type Translator } from "proto4/runtime";
import { describe, expect, test } from "vitest";
import * as v3Changes from "../../fixtures/codegen/changes/gen/people/v3/person_pb.js";
import * as v4Changes from "../../fixtures/codegen/changes/gen/people/v4/person_pb.js";
import * as changes from "../../fixtures/codegen/changes/gen/people/v4/person_proto4.js";
import * as v3Clinic from "../../fixtures/codegen/paired/gen/clinic/v3/patient_pb.js";
import * as v4Clinic from "../../fixtures/codegen/paired/gen/clinic/v4/patient_pb.js";
import * as clinic from "../../fixtures/codegen/paired/gen/clinic/v4/patient_proto4.js";
import * as v3Orders from "../../fixtures/shop/gen/shop/v3/order_pb.js";
import * as v3Users from "../../fixtures/shop/gen/shop/v3/user_pb.js";
import * as v4Orders from "../../fixtures/shop/gen/shop/v4/order_pb.js";
import * as orders from "../../fixtures/shop/gen/shop/v4/order_proto4.js";
import * as v4Users from "../../fixtures/shop/gen/shop/v4/user_pb.js";
import * as users from "../../fixtures/shop/gen/shop/v4/user_proto4.js";
import { arbitraryBytes } from "../runtime/arbitrary-bytes.js";
import { recode } from "../runtime/canonical-form.js";

interface Case {
  readonly v3: DescMessage;
  readonly v4: DescMessage;
  readonly plan: Plan;
  readonly translator: Translator;
  readonly lanes: { readonly up?: lane.PrintedLane; readonly down?: lane.PrintedLane };
}

const cases: readonly Case[] = [
  {
    v3: v3Orders.OrderSchema,
    v4: v4Orders.OrderSchema,
    plan: orders.OrderPlan,
    translator: orders.OrderTranslator,
    lanes: { up: orders.upOrder$, down: orders.downOrder$ },
  },
  {
    v3: v3Users.UserSchema,
    v4: v4Users.UserSchema,
    plan: users.UserPlan,
    translator: users.UserTranslator,
    lanes: { up: users.upUser$, down: users.downUser$ },
  },
  {
    v3: v3Orders.ListOrdersResponseSchema,
    v4: v4Orders.ListOrdersResponseSchema,
    plan: orders.ListOrdersResponsePlan,
    translator: orders.ListOrdersResponseTranslator,
    lanes: { up: orders.upListOrdersResponse$, down: orders.downListOrdersResponse$ },
  },
  {
    v3: v3Clinic.PatientSchema,
    v4: v4Clinic.PatientSchema,
    plan: clinic.PatientPlan,
    translator: clinic.PatientTranslator,
    lanes: { up: clinic.upPatient$, down: clinic.downPatient$ },
  },
  {
    v3: v3Changes.PlaceSchema,
    v4: v4Changes.PlaceSchema,
    plan: changes.PlacePlan,
    translator: changes.PlaceTranslator,
    lanes: { up: changes.upPlace$, down: changes.downPlace$ },
  },
];

const ways = ["up", "down"] as const;

function attempt(carry: () => { readonly value: Uint8Array; readonly lost: unknown }): unknown {
  try {
    const { value, lost } = carry();
    return { value: Buffer.from(value).toString("hex"), lost };
  } catch (error) {
    const { name, code, path } = error as { name: string; code: string; path: string };
    return { name, code, path };
  }
}

describe.each(cases)("$v3.typeName", ({ v3, v4, plan, translator, lanes }) => {
  const table = createTranslator(plan, v3.typeName);

  test.each(ways)("printed code writes what the table writes on the way %s", (way) => {
    const desc = way === "up" ? v3 : v4;
    fc.assert(
      fc.property(arbitraryBytes(desc), fc.nat(), fc.nat(255), (bytes, at, byte) => {
        const damaged = Uint8Array.from(bytes);
        if (damaged.length > 0) damaged[at % damaged.length] = byte;
        for (const each of [recode(desc, bytes), bytes, damaged])
          expect(attempt(() => translator[way](each))).toEqual(attempt(() => table[way](each)));
      }),
      { numRuns: 400 },
    );
  });

  test.each(ways)("and needs no table for most of what stubs write on the way %s", (way) => {
    const counts = { all: 0, printed: 0 };
    const counting: lane.PrintedLane = (...given) => {
      const done = lanes[way]?.(...given) ?? false;
      counts.all++;
      if (done) counts.printed++;
      return done;
    };
    const watched = createTranslator(plan, v3.typeName, { lanes: { [way]: counting } });
    const desc = way === "up" ? v3 : v4;
    for (const bytes of fc.sample(arbitraryBytes(desc), { numRuns: 300, seed: 11 }))
      watched[way](recode(desc, bytes));
    expect(counts.printed / counts.all).toBeGreaterThan(0.4);
  });
});
