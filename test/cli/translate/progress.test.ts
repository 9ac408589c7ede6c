import { expect, test } from "vitest";
import { createProgress } from "../../../src/cli/translate/progress.js";

test("the bar tells the share, the count and the rate, and fits the terminal", () => {
  const watched = watch({ total: 200e6 }, 80);
  watched.after(1000, 50e6, 1204);
  watched.after(1000, 200e6, 4816);
  expect(watched.lines).toEqual([
    "[====>           ]  25%  50.0 of 200.0 MB  1,204 messages  50.0 MB/s",
    "[================] 100%  200.0 of 200.0 MB  4,816 messages  100.0 MB/s",
  ]);
  const narrow = watch({ total: 200e6 }, 30);
  narrow.after(1000, 50e6, 1204);
  expect(narrow.lines).toEqual(["[====>           ]  25%  50.0"]);
});

test("what is drawn is cleared once", () => {
  const written: string[] = [];
  let time = 0;
  const progress = createProgress({
    input: { total: undefined },
    now: () => time,
    write: (text) => written.push(text),
    columns: 80,
  });
  progress.clear();
  expect(written).toEqual([]);
  time = 1000;
  progress.update(1, 1);
  progress.clear();
  progress.clear();
  expect(written.slice(1)).toEqual(["\r\x1b[K"]);
});

test("what has no known end has no share", () => {
  const watched = watch({ total: undefined }, 80);
  watched.after(2000, 3e6, 12);
  expect(watched.lines).toEqual(["3.0 MB  12 messages  1.5 MB/s"]);
});

test("it is drawn at most ten times a second", () => {
  const watched = watch({ total: 1000 }, 80);
  for (let time = 0; time < 1000; time++) watched.after(1, time, time);
  expect(watched.lines).toHaveLength(10);
});

function watch(input: { readonly total: number | undefined }, columns: number) {
  const lines: string[] = [];
  let time = 5;
  const write = (text: string) => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is how terminals are spoken to
    const [, line] = /^\r(.*)\x1b\[K$/.exec(text)!;
    lines.push(line!);
  };
  const progress = createProgress({ input, now: () => time, write, columns });
  return {
    lines,
    after(passed: number, bytes: number, messages: number) {
      time += passed;
      progress.update(bytes, messages);
    },
  };
}
