import { beforeAll, describe, expect, onTestFailed, test } from "vitest";
import { type Finding, type ReportContext, report } from "../../../src/gate/index.js";
import { chromium } from "../../setup/chromium.js";
import { keepMarkdown, lookAtMarkdown, type SeenPage } from "../../setup/page.js";
import { loadEveryKind } from "./every-kind.js";
import { makeFinding, place } from "./finding.js";

/** What GitHub takes of a comment. */
const most = 65_536;

const waiver = { reason: "nobody reads it", owner: "jo", expires: "2027-01-31" };

const markdown = (findings: readonly Finding[], context: ReportContext = {}): string =>
  report(findings, "markdown", context);

function many(count: number, said: (index: number) => Partial<Finding>): readonly Finding[] {
  return Array.from({ length: count }, (_, index) =>
    makeFinding({ id: index.toString(16).padStart(12, "0"), ...said(index) }),
  );
}

test("nothing found is one line", () => {
  expect(markdown([])).toBe("### proto4: no findings\n");
});

test.each([
  ["many findings", many(5000, () => ({}))],
  ["many files", many(3000, (index) => ({ at: { path: `${"folder/".repeat(30)}${index}.proto` } }))],
  ["long messages", many(200, () => ({ message: "x|@`".repeat(5000) }))],
  ["long advice", many(200, () => ({ suggestion: Array.from({ length: 500 }, () => "y".repeat(5000)) }))],
  ["long paths", many(200, (index) => ({ at: { path: `${index}${"<&>".repeat(3000)}.proto` } }))],
  [
    "many that are waived, in words that take several times their room",
    many(300, (index) => ({
      at: { path: `${"\u0001".repeat(150)}${index}` },
      message: "@a".repeat(80),
      ...(index % 2 === 0 ? { waiver: { ...waiver, reason: "@a".repeat(80), owner: "@a".repeat(80) } } : {}),
    })),
  ],
  ["many that are waived", many(3000, () => ({ waiver: { ...waiver, reason: "@a|".repeat(2000) } }))],
])("a comment is never longer than GitHub takes: %s", (_, findings) => {
  const text = markdown(findings);
  expect(text.length).toBeLessThan(most);
  expect(text.length).toBeGreaterThan(1000);
});

test("reports that share a comment have room in it together", () => {
  const found = many(900, (index) => ({
    at: { path: `${"folder/".repeat(30)}${index}.proto` },
    ...(index % 2 === 0 ? { waiver: { ...waiver, reason: "@a".repeat(80) } } : {}),
  }));
  const parts = Array.from({ length: 4 }, () => markdown(found, { share: 4 }));
  expect(parts.join("\n").length).toBeLessThan(most);
});

test("how many are left out is told, and those are not the gravest", () => {
  const found = many(900, (index) => ({ severity: index % 3 === 0 ? "error" : "info", breaks: ["source"] }));
  const text = markdown(found);
  const shown = (severity: string) => text.split(`\n**${severity}** `).length - 1;
  const [, left] = /\*\*(\d+) findings are left out here\*\*/.exec(text) ?? [];
  expect(shown("error") + shown("info") + Number(left)).toBe(900);
  expect(shown("error")).toBe(300);
  expect(text).toMatch(/^### proto4: 300 errors, 600 info\n/);
});

test("sources of thousands are not read for what has no room", () => {
  let reads = 0;
  const after = () => {
    reads++;
    return ["message Order {"];
  };
  markdown(
    many(3000, () => ({})),
    { sources: { after, before: () => undefined } },
  );
  expect(reads).toBeLessThan(600);
});

test("GitHub finds no issue in what others have written, by either of its marks", () => {
  expect(markdown([makeFinding({ message: "see #12 and GH-34, gh-56" })])).not.toMatch(/#12|GH-34|gh-56/);
});

test("a table by file stands where there are several", () => {
  const found = many(3, (index) => ({
    at: { path: `${index}.proto` },
    severity: index === 0 ? "error" : "info",
  }));
  expect(markdown(found)).toContain("| `0.proto` | 1 |  |  |\n| `1.proto` |  |  | 1 |\n");
  expect(markdown(found.slice(0, 1))).not.toContain("| file |");
});

describe.skipIf(chromium === undefined)("in a browser", () => {
  /** Looks, and keeps a picture where what is seen is not what is expected. */
  async function look(name: string, text: string): Promise<SeenPage> {
    onTestFailed(async () => {
      process.stderr.write(`what it looks like: ${await keepMarkdown(name, text)}\n`);
    });
    return lookAtMarkdown(text);
  }

  let everyKind: string;

  beforeAll(async () => {
    const { findings, context } = await loadEveryKind();
    everyKind = markdown(findings, context);
  });

  test("each file's findings are folded below how many they are, each with its source and what to do", async () => {
    const seen = await look("markdown-every-kind", everyKind);
    expect(seen.summaries).toEqual([
      "v2/shop/v1/coupon.proto: 1 error",
      "now/shop/v1/order.proto: 2 errors, 1 warning",
      "now/shop/v1alpha1/draft order.proto: 1 info",
      "1 waived",
    ]);
    expect(seen.folded).toContain("proto4: 3 errors, 1 warning, 1 info");
    expect(seen.folded).not.toContain("FIELD_NO_DELETE");
    expect(seen.unfolded).toContain('error FIELD_NO_DELETE in line 6: field 2 "note" left message');
    expect(seen.blocks.filter((block) => block.includes("^^^"))).toHaveLength(4);
    expect(seen.blocks.join()).toContain("reserved 2; reserved");
    expect(seen).toMatchObject({ fits: true, links: 0, ran: false, mentions: [] });
  });

  test("tables have a row a file, and a row for what is waived, whatever signs it has", async () => {
    const { tables } = await look("markdown-tables", everyKind);
    expect(tables[0]).toEqual([
      ["file", "errors", "warnings", "infos"],
      ["v2/shop/v1/coupon.proto", "1", "", ""],
      ["now/shop/v1/order.proto", "2", "1", ""],
      ["now/shop/v1alpha1/draft order.proto", "", "", "1"],
    ]);
    const [, waived = []] = tables[1] ?? [];
    expect(waived).toHaveLength(5);
    expect(waived[2]?.replaceAll("\u2060", "")).toBe("never left the staging | environment, says @jo");
  });

  test("what is written by others is seen as it is: it formats, links, runs and calls nothing", async () => {
    const hostile = [
      "<script>window.ran = true</script><img src=x onerror='window.ran=true'>",
      "</details></summary><h1>**bold** _it_ __x__ ~~y~~ `z` ``w`` [l](javascript:window.ran=true) ![i](x)",
      "https://a.example/x www.a.example mailto:a@b.example a@b.example",
      "a | b \\| c || @everyone #12 &lt; &amp; $x$ </code> <!-- -->",
    ];
    const at = { ...place(1, 1, 1, 4), path: "a|b`c`<i>@d</i>/@e.proto" };
    const found = hostile.flatMap((text, index) => [
      makeFinding({ id: `00000000000${index}`, message: text, at, suggestion: [text, "```", "@everyone"] }),
      makeFinding({
        id: `00000000001${index}`,
        message: text,
        waiver: { ...waiver, reason: text, owner: text },
      }),
      makeFinding({ id: `00000000002${index}`, message: text, at: { path: `${index}` } }),
    ]);
    const seen = await look(
      "markdown-hostile",
      markdown(found, { sources: { after: () => hostile, before: () => undefined } }),
    );
    const plain = (text: string) => text.replaceAll("\u2060", "").replace(/\s+/g, " ");
    for (const text of hostile) {
      expect(plain(seen.unfolded)).toContain(plain(text));
      expect(seen.tables.flat(2).map(plain)).toContain(plain(text));
      expect(seen.blocks.join()).toContain(text);
    }
    expect(seen.tables[0]?.map((row) => row.length)).toEqual(Array(hostile.length + 2).fill(4));
    expect(seen.tables[0]?.[1]?.[0]).toBe(at.path);
    expect(seen).toMatchObject({ ran: false, links: 0, mentions: [] });
  });
});
