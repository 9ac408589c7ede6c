// One cell, in a process of its own: node cell.mjs MESSAGE DIRECTION CONTENDER. Prints what it measured as JSON.
import { loadContender } from "./contenders.mjs";
import { loadInputs } from "./inputs.mjs";
import { manyInputs, manyRegistry, manyTranslators, randomOrder } from "./many.mjs";
import { timeOf } from "./time.mjs";

const [message, direction, contender] = process.argv.slice(2);
const measured = message === "many" ? await many() : await single();
console.log(JSON.stringify(measured ?? { missing: true }));

async function single() {
  const inputs = loadInputs(message, direction);
  const translate = await loadContender(contender, message, direction, inputs[0]);
  if (translate === undefined) return undefined;
  const mask = inputs.length - 1;
  const time = timeOf((count) => {
    let produced = 0;
    for (let i = 0; i < count; i++) produced += translate(inputs[i & mask]).length;
    if (produced === 0) throw new Error(`${contender} produced nothing`);
  });
  return { ...time, bytes: inputs[0].length };
}

async function many() {
  const registry = manyRegistry();
  const inputs = manyInputs(registry);
  const translators = await manyTranslators(contender, registry);
  if (translators === undefined) return undefined;
  const order = randomOrder(1 << 14);
  let at = 0;
  const time = timeOf((count) => {
    let produced = 0;
    for (let i = 0; i < count; i++) {
      const type = order[at++ & (order.length - 1)];
      produced += translators[type](inputs[type]).length;
    }
    if (produced === 0) throw new Error(`${contender} produced nothing`);
  });
  return { ...time, bytes: inputs.reduce((sum, { length }) => sum + length, 0) / inputs.length };
}
