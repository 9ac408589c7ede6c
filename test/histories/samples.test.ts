import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { check } from "../../src/gate/index.js";
import { loadImage } from "../../src/image/index.js";
import { bufBreaking } from "../differential/batch.js";

const samples = fileURLToPath(new URL("../../fixtures/histories/", import.meta.url));

/** Name of a sample → by category, all that is found: what docs/histories.md tells of it. */
const verdicts: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "event-log": {
    WIRE: [
      "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED app_type",
      "FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED job_name",
      "FIELD_NUMBER_REUSED app_name",
      "FIELD_NUMBER_REUSED appliance_id",
      "FIELD_NUMBER_REUSED appliance_name",
      "FIELD_NUMBER_REUSED source_event_time",
      "FIELD_SAME_PRESENCE event_time",
      "FIELD_SAME_PRESENCE source_event_time",
      "FIELD_WIRE_COMPATIBLE_TYPE event_time",
      "FIELD_WIRE_COMPATIBLE_TYPE source_event_time",
    ],
    // Names that moved to other numbers are nothing to it, and the import that nobody needs any more is not ours.
    CONFLUENT: ["CONFLUENT_FIELD_SAME_KIND event_time", "CONFLUENT_FIELD_SAME_KIND source_event_time"],
  },
  "speed-reading": {
    FILE: [
      "FIELD_SAME_CARDINALITY end_polyline_point_index",
      "FIELD_SAME_CARDINALITY speed",
      "FIELD_SAME_CARDINALITY start_polyline_point_index",
      "FIELD_SAME_ONEOF speed",
      "FILE_SAME_GO_PACKAGE google/maps/routing/v2/speed_reading_interval.proto",
    ],
    WIRE: [
      "FIELD_SAME_ONEOF speed",
      "FIELD_SAME_PRESENCE end_polyline_point_index",
      "FIELD_SAME_PRESENCE start_polyline_point_index",
    ],
    // The oneof itself is nothing to the wire; that a zero is now sent is something to elder readers.
    WIRE_PRECISE: [
      "FIELD_PRECISE_PRESENCE end_polyline_point_index",
      "FIELD_PRECISE_PRESENCE speed",
      "FIELD_PRECISE_PRESENCE start_polyline_point_index",
    ],
    CONFLUENT: [],
  },
};

const cases = Object.entries(verdicts).flatMap(([sample, found]) =>
  Object.entries(found).map(([category, expected]) => [sample, category, expected] as const),
);

test.each(cases)("%s under %s", async (sample, category, expected) => {
  const sides = ["before", "after"].map((side) => loadImage(join(samples, sample, side)));
  const [before, after] = await Promise.all(sides);
  const findings = check(before!, after!, { today: "2026-11-22", categories: [category] });
  const found = findings.map(({ rule, symbol }) => `${rule} ${symbol.replace(/^google\.(\w+\.)*/, "")}`);
  expect(found.map((line) => line.replace(/ [A-Z]\w+\./, " ")).sort()).toEqual(expected);
});

test.each(Object.keys(verdicts))("of %s, buf says the same in each of its categories", async (sample) => {
  const [before, after] = [join(samples, sample, "before"), join(samples, sample, "after")];
  const [was, is] = await Promise.all([loadImage(before), loadImage(after)]);
  for (const category of ["FILE", "PACKAGE", "WIRE_JSON", "WIRE"]) {
    const theirs = await bufBreaking(before, after, [category]);
    const ours = check(was, is, { today: "2026-11-22", categories: [category], likeBuf: true });
    expect(ours.map(({ rule }) => rule).sort(), category).toEqual(theirs.map(({ type }) => type).sort());
    expect(theirs.length, category).toBeGreaterThan(0);
  }
});
