import { beforeAll, expect, test } from "vitest";
import type { Image } from "../../src/image/index.js";
import { compilePlan } from "../../src/mapping/index.js";
import { type Family, familiesIn } from "./family.js";
import { loadApis } from "./load-apis.js";
import { mapFamily } from "./map-family.js";
import { judge, type Verdict, verdictOf } from "./outcome.js";
import { proveFamily } from "./prove-family.js";

/** Newer package of a family → what docs/families.md tells of it. */
const samples: Readonly<Record<string, Told>> = {
  "google.cloud.webrisk.v1": maps(1, { types: 15 }),
  "google.cloud.workflows.executions.v1": maps(0, { types: 7 }),
  "google.cloud.videointelligence.v1": maps(0, { types: 23 }),
  "google.pubsub.v1": maps(1, { types: 22 }),
  "google.cloud.texttospeech.v1": maps(3, { types: 29 }),
  "google.cloud.language.v2": maps(9, { types: 18 }),
  "google.ai.generativelanguage.v1beta2": maps(16, { types: 24 }),
  "google.cloud.aiplatform.v1.schema.predict.params": maps(1, { types: 6 }),
  "google.cloud.billing.budgets.v1": maps(1, { types: 12 }),
  "google.api.servicecontrol.v2": refused(10, ["mapping-unsupported: message → another message"]),
  "google.firestore.admin.v1beta2": refused(3, [
    "mapping-unsupported: message → another message",
    "mapping-ambiguous: a field that may continue another",
    "mapping-ambiguous: a field that may continue another",
  ]),
};

interface Told {
  readonly verdict: Verdict;
  readonly annotations: number;
  /** Message types that made their journeys. */
  readonly types: number;
  readonly refusals: readonly string[];
}

function maps(annotations: number, { types }: Pick<Told, "types">): Told {
  return { verdict: annotations === 0 ? "maps" : "maps annotated", annotations, types, refusals: [] };
}

function refused(annotations: number, refusals: readonly string[]): Told {
  return { verdict: "refused", annotations, types: 0, refusals };
}

let image: Image;
let families: readonly Family[];
beforeAll(async () => {
  image = await loadApis(folders);
  families = familiesIn(image);
});

test.each(Object.entries(samples))("%s becomes what it is told to", (v4, told) => {
  const outcome = judge(image, familyOf(v4), 20);
  const { annotations, refusals, proof } = outcome;
  expect(proof?.failures ?? []).toEqual([]);
  expect({
    verdict: verdictOf(outcome),
    annotations: annotations.length,
    types: proof?.types ?? 0,
    refusals: refusals.map(({ code, kind }) => `${code}: ${kind}`),
  }).toEqual(told);
});

test("whoever reads the bytes of the other generation as his own is found out", () => {
  const { draft, mapping } = mapFamily(image, familyOf("google.cloud.language.v2"));
  const { messages, shapes } = compilePlan(mapping!);
  const idle = { messages: messages.map(({ v3, v4, contract }) => ({ v3, v4, contract })), shapes };
  const { failures } = proveFamily(draft, mapping!, { runs: 20, plan: idle });
  const examples = failures.map(({ message, journey, example }) => `${message} ${journey} ${example}`);
  expect(examples).toContain(
    "google.cloud.language.v1.AnnotateTextRequest.Features v3→v4→v3 58ffffffffffffffffff01: " +
      "field google.cloud.language.v2.AnnotateTextRequest.Features.moderate_text is read as false, not as true",
  );
  expect(examples).toContain(
    "google.cloud.language.v1.ModerateTextRequest v3→v4→v3 1000: sent 1000, came back ",
  );
});

test("generated messages set nearly every field", () => {
  const { proof } = judge(image, familyOf("google.cloud.language.v2"), 20);
  expect(proof!.reached / proof!.fields).toBeGreaterThan(0.95);
});

function familyOf(v4: string): Family {
  return families.find((family) => family.v4 === v4)!;
}

const folders = [
  "google/ai/generativelanguage",
  "google/cloud/aiplatform/v1/schema/predict/params",
  "google/cloud/aiplatform/v1beta1/schema/predict/params",
  "google/cloud/billing/budgets",
  "google/cloud/language",
  "google/cloud/texttospeech",
  "google/cloud/videointelligence",
  "google/cloud/webrisk",
  "google/cloud/workflows/executions",
  "google/firestore/admin",
  "google/pubsub",
  "google/api/servicecontrol",
];
