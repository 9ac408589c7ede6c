import { expect, test } from "vitest";
import type { Board } from "../../../src/registry/drift/board.js";
import { reportBoard } from "../../../src/registry/drift/report/report-board.js";

const run = (service: string): Board["environments"][number]["runs"][number] => ({
  package: "acme.v1",
  fingerprint: "0".repeat(64),
  service,
  roles: ["serves"],
  instances: 1,
  since: "2026-11-22T10:00:00.000Z",
  known: undefined,
});

const board = (service: string): Board => ({
  at: "2026-11-22T11:00:00.000Z",
  environments: [
    { environment: "prod", since: undefined, complete: service, runs: [run(service)], drifts: [] },
  ],
});

test("a board in Markdown calls nobody and links nowhere, whatever services are called", () => {
  const markdown = reportBoard(board("@everyone #12 https://a.example <b> a|b"), "markdown", 80);
  expect(markdown).not.toMatch(/@everyone|#12|https:|<b>|a\|b/);
});

test("a board is well-formed SVG, whatever services are called", () => {
  const svg = reportBoard(board("a\u0000b\u001b\ud800\uffff<'\"&"), "svg", 80);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  expect(svg).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}|<'|"&[^#]/u);
  expect(svg).toContain("<title>a\\u0000b");
});
