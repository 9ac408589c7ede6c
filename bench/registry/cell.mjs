// node bench/registry/cell.mjs NAME JSON: one cell in a process of its own, for run.mjs. Prints JSON.
import { storeCells } from "./store-cells.mjs";

const [name, given] = process.argv.slice(2);
console.log(JSON.stringify(await storeCells[name](JSON.parse(given))));
