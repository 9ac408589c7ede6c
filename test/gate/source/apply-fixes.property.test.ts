import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { namesIn } from "../../../src/gate/source/declared-names.js";
import { applyFixes } from "../../../src/gate/source/index.js";
import { readSource } from "../../../src/gate/source/read-source.js";
import { loadImage } from "../../../src/image/index.js";
import type { Fix } from "../../../src/rules/index.js";
import { buildSchema } from "../../../src/schema/index.js";
import { randomCase } from "./random-source.js";

const aCase = randomCase("a.proto", "a");

test("made again, fixes change nothing", () => {
  fc.assert(
    fc.property(aCase, ({ text, fixes }) => {
      const fixed = applyFixes(text, fixes);
      const again = applyFixes(fixed.text, fixes);
      expect(again.text).toBe(fixed.text);
      expect(again.edits).toEqual([]);
    }),
    { numRuns: 250 },
  );
});

test("nothing is refused but what others remove", () => {
  fc.assert(
    fc.property(aCase, ({ text, fixes }) => {
      const removed = fixes.flatMap(({ kind, symbol }) => (kind === "remove" ? [symbol] : []));
      const { refused } = applyFixes(text, fixes);
      const isStranger = ({ symbol }: Fix) => symbol.endsWith(".again") && !text.includes("again");
      const others = refused.filter(({ fix }) => !removed.includes(fix.symbol) && !isStranger(fix));
      expect(others).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("it does not matter in which order they come", () => {
  fc.assert(
    fc.property(aCase, ({ text, fixes }) => {
      expect(applyFixes(text, fixes.toReversed()).text).toBe(applyFixes(text, fixes).text);
    }),
    { numRuns: 150 },
  );
});

test("what differs lies in edits, which are in order and do not overlap", () => {
  fc.assert(
    fc.property(aCase, ({ text, fixes }) => {
      const fixed = applyFixes(text, fixes);
      let [at, out] = [0, 0];
      for (const edit of fixed.edits) {
        expect(edit.start).toBeGreaterThanOrEqual(at);
        const kept = text.slice(at, edit.start);
        expect(fixed.text.slice(out, out + kept.length + edit.text.length)).toBe(kept + edit.text);
        [at, out] = [edit.end, out + kept.length + edit.text.length];
      }
      expect(fixed.text.slice(out)).toBe(text.slice(at));
    }),
    { numRuns: 150 },
  );
});

test("no comment is lost but those of what is removed", () => {
  fc.assert(
    fc.property(aCase, ({ text, fixes }) => {
      const kept = fixes.filter(
        ({ kind, ...fix }) =>
          kind !== "remove" && kind !== "unreserve" && !("value" in fix && fix.value === undefined),
      );
      const comments = (source: string) =>
        readSource(source)
          .tokens.filter(({ kind }) => kind === "comment")
          .map((token) => token.text);
      const after = comments(applyFixes(text, kept).text);
      for (const comment of comments(text)) {
        expect(after).toContain(comment);
        after.splice(after.indexOf(comment), 1);
      }
    }),
    { numRuns: 150 },
  );
});

test("lines end and are indented as the author's", () => {
  fc.assert(
    fc.property(aCase, ({ text, fixes }) => {
      const fixed = applyFixes(text, fixes).text;
      if (text.includes("\r\n")) expect(fixed).not.toMatch(/[^\r]\n/);
      else expect(fixed).not.toContain("\r");
      if (text.includes("\n\t")) expect(fixed).not.toMatch(/\n {2,}(?! ?at length)/);
      expect(fixed.startsWith("\ufeff")).toBe(text.startsWith("\ufeff"));
      expect(fixed).not.toMatch(/[ \t]\r?\n/);
    }),
    { numRuns: 150 },
  );
});

test("the result compiles, and declares what was declared, but what was asked away", {
  timeout: 60_000,
}, async () => {
  const folder = mkdtempSync(join(tmpdir(), "proto4-fixed-"));
  try {
    const cases = fc.sample(
      fc.nat().chain(() => aCase),
      { numRuns: 120, seed: 7 },
    );
    cases.forEach(({ text, fixes }, index) => {
      const move = (from: string) => from.replaceAll(/\ba\.(?=T\d)/g, `a${index}.`);
      const own = fixes.map((fix) => JSON.parse(move(JSON.stringify(fix))));
      const fixed = applyFixes(text.replace("package a;", `package a${index};`), own);
      writeFileSync(join(folder, `a${index}.proto`), fixed.text);
    });
    const { files } = buildSchema((await loadImage(".", { cwd: folder })).files);
    expect(files.size).toBeGreaterThanOrEqual(cases.length);
    cases.forEach(({ text, fixes }, index) => {
      const gone = new Set(
        fixes.flatMap((fix) =>
          fix.kind === "remove" || (fix.kind === "replace" && fix.part === "name") ? [fix.symbol] : [],
        ),
      );
      const { messages, enums, services } = files.get(`a${index}.proto`)!;
      const declared = new Set(
        [
          ...messages.flatMap((message) => [
            message,
            ...message.fields,
            ...message.oneofs,
            ...message.messages,
          ]),
          ...enums.flatMap((each) => [each, ...each.values]),
          ...services.flatMap((each) => [each, ...each.methods]),
        ].map(({ fullName }) => fullName.replace(`a${index}.`, "a.")),
      );
      for (const name of namesIn(readSource(text).file.children))
        expect(`${name} ${declared.has(name)}`).toBe(`${name} ${!gone.has(name)}`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
