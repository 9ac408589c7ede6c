import { describe, expect, onTestFailed, test } from "vitest";
import { listLifecycles, reportLifecycles } from "../../../src/gate/index.js";
import { chromium, keepPicture, lookAt, type SeenText } from "../../setup/chromium.js";
import { shop, sideOf } from "../changelog/sides.js";

const today = "2026-11-22";

async function timeline(body: string): Promise<string> {
  return reportLifecycles(listLifecycles(await sideOf(shop(body)), { today }), "svg", 80);
}

const deprecated = (name: string, number: number, terms: string) =>
  `string ${name} = ${number} [deprecated = true, (proto4.field_lifecycle) = DEPRECATED, (proto4.field_terms) = { ${terms} }];`;

const hostile = `"]]>&</text></svg><script>window.ran = true</script><img src=x onerror='window.ran = true'>\\u0001\\u202e"`;

const busy = `message User {
  string id = 1 [(proto4.field_lifecycle) = FROZEN, (proto4.field_terms).since = "2025-03-01"];
  ${deprecated("profile", 2, `since: "2026-01-10" sunset: "2026-10-31" reason: ${hostile}`)}
  ${deprecated("fax", 3, 'since: "2026-06-01" sunset: "2027-01-31" reason: "unused"')}
  ${deprecated("late", 4, 'sunset: "2027-08-31" reason: "unused"')}
  ${deprecated("turned_round", 5, 'since: "2027-08-31" sunset: "2026-12-31" reason: "unused"')}
  string nick = 6 [(proto4.field_lifecycle) = EXPERIMENTAL, (proto4.field_terms).since = "2026-09-01"];
  string ${"long_".repeat(30)}name = 7 [(proto4.field_lifecycle) = STABLE, (proto4.field_terms).since = "2026-11-20"];
  string undated = 8 [(proto4.field_lifecycle) = STABLE];
}`;

test("the days of an axis are months or years, few enough to be read", async () => {
  const ticks = async (since: string) => {
    const body = `message M { string a = 1 [(proto4.field_lifecycle) = FROZEN, (proto4.field_terms).since = "${since}"]; }`;
    return [...(await timeline(body)).matchAll(/class="tick"[^>]*>([^<]*)</g)].map(([, label]) => label);
  };
  expect(await ticks("2026-11-01")).toEqual(["2026-11", "2026-12", "2027-01"]);
  expect(await ticks("2025-11-01")).toEqual([
    "2025-11",
    "2026-01",
    "2026-03",
    "2026-05",
    "2026-07",
    "2026-09",
    "2026-11",
  ]);
  expect(await ticks("2019-05-01")).toEqual([
    "2019",
    "2020",
    "2021",
    "2022",
    "2023",
    "2024",
    "2025",
    "2026",
    "2027",
  ]);
  for (const since of ["0001-01-01", "1970-01-01", "9999-12-31"]) {
    const labels = await ticks(since);
    expect(labels.length, since).toBeGreaterThan(1);
    expect(labels.length, since).toBeLessThanOrEqual(12);
  }
});

test("more elements than a picture has room for are told of", async () => {
  const fields = Array.from({ length: 75 }, (_, index) =>
    deprecated(`f${index}`, index + 1, 'sunset: "2027-01-31" reason: "unused"'),
  );
  const svg = await timeline(`message M { ${fields.join("\n")} }`);
  expect(svg.match(/class="bar/g)).toHaveLength(60);
  expect(svg).toContain("15 elements more are not drawn: --state, --within and --package choose");
});

describe.skipIf(chromium === undefined).each(["light", "dark"] as const)("in a browser, %s", (scheme) => {
  test("the timeline is readable, clipped, and nothing in it runs", async () => {
    const svg = await timeline(busy);
    onTestFailed(async () => {
      process.stderr.write(`see ${await keepPicture("lifecycle", svg, scheme)}\n`);
    });
    const { width, texts, elements, ran, isPicture } = await lookAt(svg, scheme);
    expect({ ran, isPicture }).toEqual({ ran: false, isPicture: true });
    expect(elements).toEqual(["clipPath", "g", "line", "rect", "style", "text", "title"].sort());
    for (const { text, contrast, left, right } of texts) {
      expect(contrast, text).toBeGreaterThan(4.5);
      expect([text, left >= 0, right <= width]).toEqual([text, true, true]);
    }
    const told = texts.map(({ text }) => text);
    expect(told).toEqual(
      expect.arrayContaining(["today", "overdue: 2026-10-31", "DEPRECATED until 2027-01-31"]),
    );
    expect(told).toContain("1 element without a day is not drawn");
    expect(overlapping(texts)).toEqual([]);
  });
});

describe.skipIf(chromium === undefined)("an image of a stranger", () => {
  test("has names that are text, whatever they look like", async () => {
    const name = "</text><script>window.ran=1;</script>";
    const innocent = "n".repeat(name.length);
    const { image, workspace } = await sideOf(
      shop(`message User { ${deprecated(innocent, 1, 'sunset: "2027-01-31"')} }`),
    );
    const files = image.files.map((file) => ({ ...file, bytes: replaced(file.bytes, innocent, name) }));
    const svg = reportLifecycles(listLifecycles({ image: { files }, workspace }, { today }), "svg", 80);
    onTestFailed(async () => {
      process.stderr.write(`see ${await keepPicture("stranger", svg, "light")}\n`);
    });
    const { ran, isPicture, texts } = await lookAt(svg, "light");
    expect({ ran, isPicture }).toEqual({ ran: false, isPicture: true });
    expect(texts.map(({ text }) => text)).toContain(`…${`shop.v1.User.${name}`.slice(-39)}`);
  });
});

/** Bytes in which one text stands for another of the same length. */
function replaced(bytes: Uint8Array, from: string, to: string): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString("latin1").replaceAll(from, to), "latin1");
}

/** Texts that lie on each other. */
function overlapping(texts: readonly SeenText[]): readonly string[] {
  return texts.flatMap((a, index) =>
    texts
      .slice(index + 1)
      .filter((b) => a.left < b.right && b.left < a.right && a.top < b.bottom - 2 && b.top < a.bottom - 2)
      .map((b) => `${a.text} on ${b.text}`),
  );
}
