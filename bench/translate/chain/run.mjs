// npm run bench:chain [-- --rounds N] [-- --cpu]: three hops at once, against one after the other and each alone.
// See docs/chains.md.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { built } from "../folders.mjs";
import { median, timeOf } from "../time.mjs";
import { elderMessages, loadGenerations, newerMessages } from "./generations.mjs";

const cells = [
  ["User", "up"],
  ["Batch", "up"],
  ["User", "down"],
  ["Batch", "down"],
];
const contenders = ["chain", "hops", "hop 1", "hop 2", "hop 3"];

const [message, direction, contender] = process.argv[2] === "cell" ? process.argv.slice(3) : [];
if (message === undefined) await bench();
else console.log(JSON.stringify(await time(message, direction, contender)));

async function time(message, direction, contender) {
  const { inputs, translate } = (await load(message, direction))[contender];
  const mask = inputs.length - 1;
  const time = timeOf((count) => {
    let produced = 0;
    for (let i = 0; i < count; i++) produced += translate(inputs[i & mask]).length;
    if (produced === 0) throw new Error(`${contender} produced nothing`);
  });
  return { ...time, bytes: inputs[0].length };
}

/** What each contender is given and does, once it is seen that a chain gives what its hops give. */
async function load(message, direction) {
  const { createChain, createTranslator } = await built("runtime/index.js");
  const { plans, registry } = loadGenerations();
  const chain = createChain(plans, `generations.v1.${message}`);
  const hops = plans.map((plan, index) => createTranslator(plan, `generations.v${index + 1}.${message}`));
  const elder = elderMessages(registry, message);
  const inputs =
    direction === "up"
      ? elder
      : newerMessages(
          registry,
          message,
          elder.map((bytes) => chain.up(bytes).value),
        );
  const trust = { stash: "trust" };
  const order = direction === "up" ? hops : hops.toReversed();
  const hopByHop = (bytes) => order.reduce((value, hop) => hop[direction](value, trust).value, bytes);
  for (const bytes of inputs)
    assert.deepEqual(
      Buffer.from(chain[direction](bytes, trust).value).toString("hex"),
      Buffer.from(hopByHop(bytes)).toString("hex"),
    );
  const alone = order.map((hop, at) => [
    `hop ${at + 1}`,
    {
      inputs: inputs.map((bytes) =>
        order.slice(0, at).reduce((value, before) => before[direction](value).value, bytes),
      ),
      translate: (bytes) => hop[direction](bytes, trust).value,
    },
  ]);
  return {
    chain: { inputs, translate: (bytes) => chain[direction](bytes, trust).value },
    hops: { inputs, translate: hopByHop },
    ...Object.fromEntries(alone),
  };
}

async function bench() {
  const option = (name, otherwise) => {
    const at = process.argv.indexOf(name);
    return at < 0 ? otherwise : process.argv[at + 1];
  };
  const rounds = Number(option("--rounds", 3));
  const clock = process.argv.includes("--cpu") ? "cpu" : "wall";
  const runs = new Map();
  // In turn, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round++)
    for (const cell of cells)
      for (const contender of contenders) {
        const key = [...cell, contender].join(" ");
        runs.set(key, [...(runs.get(key) ?? []), JSON.parse(child(...cell, contender))]);
      }
  console.log("| message | | ns/op | the chain takes |\n|---|---|--:|---|");
  for (const cell of cells) tell(cell, runs, clock);
  console.log(`\nNode ${process.version}, ${rounds} rounds, ${clock} time`);
}

function tell([message, direction], runs, clock) {
  const of = (contender) => runs.get([message, direction, contender].join(" "));
  const ns = (contender) => median(of(contender).map((run) => run[clock]));
  const chain = ns("chain");
  for (const contender of contenders) {
    const ratio = contender === "chain" ? "" : `${(chain / ns(contender)).toFixed(2)} times as long`;
    const bytes = of(contender)[0].bytes.toLocaleString("en");
    console.log(
      `| ${message} ${direction}, ${bytes} B | ${contender} | ${Math.round(ns(contender)).toLocaleString("en")} | ${ratio} |`,
    );
  }
}

function child(...args) {
  return execFileSync(process.execPath, [fileURLToPath(import.meta.url), "cell", ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
}
