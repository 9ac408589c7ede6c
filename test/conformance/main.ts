// npm run conformance: prints what the runner says of each peer. Exit code 1 where one fails what protobuf-es
// alone passes.
import { createFileRegistry, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { findConformanceRunner } from "../setup/conformance-runner.js";
import { compare } from "./compare.js";
import type { PeerName } from "./peer.js";
import { prepare } from "./prepare.js";
import { stillKept } from "./renumber.js";
import { runRunner, type Verdict } from "./run-runner.js";
import { tally } from "./tally.js";

const [root = "."] = process.argv.slice(2);
const runner = await findConformanceRunner();
const { folder, testee, image } = await prepare(`${root}/test/conformance`, `${root}/.cache/conformance`);

const { fields, longer, shorter, kept } = tally(
  createFileRegistry(fromBinary(FileDescriptorSetSchema, image)),
);
say(
  `${fields - kept.length} of ${fields} fields have another number, ${longer} a longer tag, ${shorter} a shorter one`,
);
if (stillKept.length > 0) say(`as they are: ${stillKept.join(", ")}`, ...kept.map((name) => `  ${name}`));

const alone = await ask("alone");
for (const peer of ["there-and-back", "as-v4"] as const) {
  const { unexplained, explained, idle } = compare(alone, await ask(peer));
  for (const [name, why] of explained) say(`  differs as it has to: ${name}: ${why}`);
  for (const [name, why] of unexplained) say(`  FAILS: ${name}: ${why}`);
  for (const suffix of idle) say(`  IS NO DIFFERENCE ANY MORE, take it off the list: ${suffix}`);
  if (unexplained.size > 0 || idle.length > 0) process.exitCode = 1;
}

async function ask(peer: PeerName): Promise<Verdict> {
  const start = performance.now();
  const verdict = await runRunner(runner, testee, folder, peer);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const { passed, skipped, failed } = verdict;
  say(`${peer.padEnd(14)} ${passed} passed, ${skipped} skipped, ${failed.size} failed, ${seconds} s`);
  return verdict;
}

function say(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}
