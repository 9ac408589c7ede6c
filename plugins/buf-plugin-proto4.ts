import { buffer } from "node:stream/consumers";
import { answerPlugin } from "../src/gate/index.js";

/** In UTC, as everywhere in proto4. */
const today = new Date().toISOString().slice(0, 10);
const log = (text: string): boolean => process.stderr.write(text);

answerPlugin(process.argv.slice(2), () => buffer(process.stdin), { today, cwd: process.cwd(), log }).then(
  ({ stdout, stderr, code }) => {
    process.stderr.write(stderr);
    process.stdout.write(stdout);
    process.exitCode = code;
  },
);
