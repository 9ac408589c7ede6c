import { expect, test } from "vitest";
import { usesColor } from "../../src/cli/color.js";

const xterm = { TERM: "xterm" };

test.each([
  ["a terminal has colours", "auto", xterm, true, true],
  ["what is no terminal has none", "auto", xterm, false, false],
  ["NO_COLOR leaves them out", "auto", { ...xterm, NO_COLOR: "1" }, true, false],
  ["an empty NO_COLOR says nothing", "auto", { ...xterm, NO_COLOR: "" }, true, true],
  ["a terminal that is dumb has none", "auto", { TERM: "dumb" }, true, false],
  ["FORCE_COLOR gives them to what is no terminal", "auto", { FORCE_COLOR: "1" }, false, true],
  ["an empty FORCE_COLOR gives them, too", "auto", { FORCE_COLOR: "" }, false, true],
  ["FORCE_COLOR=0 leaves them out", "auto", { ...xterm, FORCE_COLOR: "0" }, true, false],
  ["FORCE_COLOR is heard before NO_COLOR", "auto", { FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
  ["the flag is heard before both", "never", { FORCE_COLOR: "1" }, true, false],
  ["the flag is heard without a terminal", "always", { NO_COLOR: "1", TERM: "dumb" }, false, true],
] as const)("%s", (_, choice, env, isTerminal, expected) => {
  expect(usesColor(choice, env, isTerminal)).toBe(expected);
});
