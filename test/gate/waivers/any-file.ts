import fc from "fast-check";

/** A waiver as a file may have it: one line or several, the first without what stands before its dash. */
type Entry = (indent: string) => readonly string[];

const hex = fc.stringMatching(/^[0-9a-f]{12}$/);
const day = fc
  .date({ min: new Date("2026-01-01"), max: new Date("2029-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
/** What people write, and what they had better not. */
export const words = fc
  .oneof(
    fc.string({ minLength: 1, unit: "grapheme" }),
    fc.string({ minLength: 1, unit: "binary" }),
    fc.constantFrom(
      "# no comment",
      "- a list",
      "a: b",
      '"',
      "'",
      "null",
      "~",
      "{",
      "2027-01-31",
      "two\nlines",
      "tab\t",
      "\\",
      "…",
      "&a",
      "*a",
      "é\r\n",
    ),
  )
  .filter((text) => /\S/.test(text));
const comment = fc.constantFrom("", "", " # why not", "   # - finding: x");
const blank = fc.constantFrom(
  [],
  [],
  [""],
  ["# a word"],
  ["    # far in", ""],
  ['  # - finding: "000000000000"'],
);

const target = fc.oneof(
  hex.map((id) => ["finding", JSON.stringify(id)] as const),
  hex.map((id) => ["finding", `'${id}'`] as const),
);

const values = fc.record({ target, reason: words, expires: day, owner: fc.option(words) });

/** The ways to write a map: its keys in any order, on lines of their own, or between braces. */
const entry: fc.Arbitrary<Entry> = fc
  .tuple(values, fc.constantFrom("block", "flow", "dash", "literal"), comment, blank, fc.boolean())
  .map(
    ([
      {
        target: [key, id],
        reason,
        expires,
        owner,
      },
      style,
      said,
      between,
      reversed,
    ]) => {
      const written = style === "literal" ? ["|-", "    as it", "", "    - is"] : [JSON.stringify(reason)];
      const pairs: (readonly [string, readonly string[]])[] = [
        [key, [id]],
        ["reason", written],
        ["expires", [expires]],
        ...(owner === null ? [] : [["owner", [JSON.stringify(owner)]] as const]),
      ];
      if (reversed) pairs.reverse();
      if (style === "flow")
        return () => [
          `- { ${pairs.map(([name, [value]]) => `${name}: ${value === "|-" ? '"x"' : value}`).join(", ")} }${said}`,
        ];
      const lines = pairs.flatMap(([name, [first, ...others]]) => [`${name}: ${first}${said}`, ...others]);
      return (indent) => {
        const [first = "", ...others] = lines;
        const rest = others.map((line) => (line === "" ? "" : `${indent}  ${line}`));
        const head = style === "dash" ? ["-", ...between, `${indent}  ${first}`] : [`- ${first}`];
        return [...head, ...rest];
      };
    },
  );

/** A file of waivers, by whoever has written it. */
export const anyFile: fc.Arbitrary<string> = fc
  .record({
    entries: fc.array(fc.tuple(entry, blank), { maxLength: 4 }),
    indent: fc.constantFrom("", "  ", "      "),
    eol: fc.constantFrom("\n", "\r\n"),
    bom: fc.constantFrom("", "\uFEFF"),
    head: fc.constantFrom([], ["# Ours."], ["---"], ["# Ours.", "", "---"]),
    said: comment,
    behind: fc.constantFrom([], [""], ["# end"], ["", "", "# end", ""], ["..."]),
    listFirst: fc.boolean(),
    ended: fc.boolean(),
  })
  .map(({ entries, indent, eol, bom, head, said, behind, listFirst, ended }) => {
    const list = [
      `waivers:${said}`,
      ...entries.flatMap(([write, after]) => {
        const [first = "", ...others] = write(indent);
        return [indent + first, ...others, ...after];
      }),
    ];
    const version = ["version: v1"];
    const lines = [...head, ...(listFirst ? [...list, ...version] : [...version, ...list]), ...behind];
    return bom + lines.join(eol) + (ended ? eol : "");
  });

/** The same between brackets, as JSON has it. */
export const anyFlow: fc.Arbitrary<string> = fc
  .record({
    entries: fc.array(values, { maxLength: 3 }),
    gap: fc.constantFrom("", " ", "\n  "),
    comma: fc.constantFrom(",", ", ", ",\n"),
    trailing: fc.boolean(),
  })
  .map(({ entries, gap, comma, trailing }) => {
    const items = entries.map(
      ({ target: [key, id], reason, expires }) =>
        `{"${key}": ${id.replaceAll("'", '"')}, "reason": ${JSON.stringify(reason)}, "expires": "${expires}"}`,
    );
    const end = trailing && items.length > 0 ? "," : "";
    return `{"version": "v1", "waivers": [${gap}${items.join(comma)}${end}${gap}]}`;
  });
