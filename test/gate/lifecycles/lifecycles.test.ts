import { expect, test } from "vitest";
import { imageSide, listLifecycles, reportLifecycles } from "../../../src/gate/index.js";
import { shop, sideOf } from "../changelog/sides.js";

const today = "2026-11-22";

interface Declared {
  readonly state?: string;
  readonly terms?: string;
}

const field = (number: number, { state, terms }: Declared) => {
  const options = [
    ...(state === undefined ? [] : [`(proto4.field_lifecycle) = ${state}`]),
    ...(terms === undefined ? [] : [`(proto4.field_terms) = { ${terms} }`]),
  ];
  return `int32 f${number} = ${number}${options.length === 0 ? "" : ` [${options.join(", ")}]`};`;
};

async function list(body: string, query: Partial<Parameters<typeof listLifecycles>[1]> = {}) {
  return listLifecycles(await sideOf(shop(body)), { today, ...query });
}

const names = ({ elements }: Awaited<ReturnType<typeof list>>) =>
  elements.map(({ name, standing }) => `${standing} ${name.replace("shop.v1.", "")}`);

const many = `message M { ${[
  { state: "STABLE" },
  { state: "DEPRECATED", terms: 'sunset: "2027-06-30"' },
  { state: "DEPRECATED", terms: 'sunset: "2026-10-31"' },
  { state: "FROZEN" },
  { state: "DEPRECATED", terms: 'sunset: "2026-11-22"' },
  { state: "EXPERIMENTAL" },
  { state: "DEPRECATED" },
  { state: "DEPRECATED", terms: 'sunset: "2026-01-31"' },
  {},
]
  .map((each, index) => field(index + 1, each))
  .join(" ")} }`;

test("overdue sunsets come first, the earliest before the others, then the next ones, then the rest by state", async () => {
  expect(names(await list(many))).toEqual([
    "overdue M.f8",
    "overdue M.f3",
    "leaving M.f5",
    "leaving M.f2",
    "stays M.f7",
    "stays M.f6",
    "stays M.f4",
    "stays M.f1",
  ]);
});

test("the last day of a promise is kept: overdue is the day after", async () => {
  const on = async (today: string) => names(await list(many, { today })).filter((each) => /f5/.test(each));
  expect(await on("2026-11-22")).toEqual(["leaving M.f5"]);
  expect(await on("2026-11-23")).toEqual(["overdue M.f5"]);
});

test("states and times choose, and what is overdue is within any time", async () => {
  expect(names(await list(many, { states: ["FROZEN", "EXPERIMENTAL"] }))).toEqual([
    "stays M.f6",
    "stays M.f4",
  ]);
  expect(names(await list(many, { within: 30 }))).toEqual(["overdue M.f8", "overdue M.f3", "leaving M.f5"]);
  expect(names(await list(many, { within: 0 }))).toHaveLength(3);
});

test("what says nothing is counted, and listed when all is asked for", async () => {
  const found = await list(many);
  expect(found.counts.STABLE).toEqual({ own: 1, inherited: 0, inferred: 3 });
  expect(names(found)).not.toContain("stays M.f9");
  expect(names(await list(many, { all: true }))).toContain("stays M.f9");
});

test("what inherits its state is not listed beside what declares it, and has its sunset when it is", async () => {
  const body = `message Old { option (proto4.message_lifecycle) = DEPRECATED; option (proto4.message_terms).sunset = "2026-10-31"; int32 a = 1; map<int32, int32> m = 2; }`;
  expect(names(await list(body))).toEqual(["overdue Old"]);
  expect(names(await list(body, { all: true }))).toEqual([
    "overdue Old",
    "overdue Old.a",
    "overdue Old.m",
    "stays shop/v1/shop.proto",
  ]);
});

test("deprecated = true alone is listed as inferred", async () => {
  const { elements } = await list("message M { int32 a = 1 [deprecated = true]; }");
  expect(elements).toMatchObject([{ name: "shop.v1.M.a", lifecycle: "DEPRECATED", source: "inferred" }]);
});

test("a sunset of what is not DEPRECATED takes nothing away", async () => {
  const found = await list(`message M { ${field(1, { state: "FROZEN", terms: 'sunset: "2026-01-01"' })} }`);
  expect(names(found)).toEqual(["stays M.f1"]);
});

test("replaced_by is followed, and told as missing where it leads nowhere", async () => {
  const state = "DEPRECATED";
  const found = await list(
    `message M { ${field(1, { state, terms: 'replaced_by: "in.x"' })} ${field(2, { state, terms: 'replaced_by: "nothing"' })} In in = 3; } message In { int32 x = 1; }`,
  );
  expect(found.elements.map(({ replacement }) => replacement?.name)).toEqual(["shop.v1.In.x", undefined]);
  const table = reportLifecycles(found, "table", Number.POSITIVE_INFINITY);
  expect(table).toMatch(/field shop\.v1\.M\.f1 +shop\.v1\.In\.x$/m);
  expect(table).toMatch(/field shop\.v1\.M\.f2 +nothing \(missing\)$/m);
  expect(JSON.parse(reportLifecycles(found, "json", 80)).elements).toMatchObject([
    {
      replaced_by: {
        written: "in.x",
        found: { name: "shop.v1.In.x", at: { path: "shop/v1/shop.proto", line: 1 } },
      },
    },
    { replaced_by: { written: "nothing", found: null } },
  ]);
});

test("protobuf's own definitions are listed where they are asked for only, as an image of protoc's has them", async () => {
  const { image } = await sideOf(shop(many));
  const side = imageSide("test", { files: image.files.map((file) => ({ ...file, isImport: false })) });
  const packagesOf = (packages?: readonly string[]) => [
    ...new Set(listLifecycles(side, { today, packages }).elements.map((each) => each.package)),
  ];
  expect(packagesOf()).toEqual(["shop.v1"]);
  expect(packagesOf(["google.protobuf"])).toEqual(["google.protobuf"]);
});

test("a package is chosen by its name, and one that is not there is an error with the nearest", async () => {
  expect(names(await list(many, { packages: ["shop.v1"] }))).toHaveLength(8);
  await expect(list(many, { packages: ["shop.v2"] })).rejects.toThrow(
    'there is no package "shop.v2" in this input; did you mean shop.v1?',
  );
});

const renamed = `message M { ${field(1, { state: "DEPRECATED", terms: 'since: "2026-01-10" sunset: "2026-10-31" replaced_by: "f2" reason: "typed now, which the bytes never were"' })} ${field(2, {})} }`;

test("a table has a row each where rows have room, of which the reason alone may be cut", async () => {
  const table = (width: number) => list(renamed).then((found) => reportLifecycles(found, "table", width));
  const row =
    "DEPRECATED  2026-10-31, overdue  field shop.v1.M.f1  2026-01-10  shop.v1.M.f2  typed now, which";
  expect((await table(200)).split("\n").slice(4)).toEqual([`${row} the bytes never were`, ""]);
  expect((await table(row.length + 1)).split("\n").slice(4)).toEqual([`${row}…`, ""]);
});

test.each([40, 60, 80])("%i columns are room for whole names and days", async (width) => {
  const lines = reportLifecycles(await list(renamed), "table", width)
    .split("\n")
    .slice(3);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  expect(lines.join("\n")).toBe(
    [
      "DEPRECATED  field shop.v1.M.f1",
      "  sunset 2026-10-31, overdue",
      "  since 2026-01-10",
      "  replaced by shop.v1.M.f2",
      "  typed now, which the bytes never were",
      "",
    ].join("\n"),
  );
});

test("Markdown has a section for each standing, and no markup of others", async () => {
  const found = await list(
    `message M { ${field(1, { state: "DEPRECATED", terms: 'sunset: "2026-10-31" reason: "a | b <img> [x](y)"' })} ${field(2, { state: "FROZEN" })} }`,
  );
  expect(reportLifecycles(found, "markdown", 80)).toBe(`## Lifecycles on 2026-11-22

1 DEPRECATED, 1 FROZEN, 2 STABLE (2 inferred); 1 is overdue.

### Overdue

| element | state | sunset | since | replaced by | reason |
|---|---|---|---|---|---|
| field \`shop.v1.M.f1\` | DEPRECATED | 2026-10-31, overdue |  |  | a \\| b \\<img\\> \\[x\\](y) |

### Frozen

| element | state | sunset | since | replaced by | reason |
|---|---|---|---|---|---|
| field \`shop.v1.M.f2\` | FROZEN |  |  |  |  |
`);
});

test("of nothing, every format says so", async () => {
  const found = await list("message M {}");
  expect(reportLifecycles(found, "table", 80)).toBe(
    "on 2026-11-22: 2 STABLE (2 inferred)\nnothing is overdue\n",
  );
  expect(reportLifecycles(found, "svg", 80)).toContain("nothing is overdue");
  expect(JSON.parse(reportLifecycles(found, "json", 80)).elements).toEqual([]);
});
