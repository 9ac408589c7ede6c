import { type ClientsPlan, runClients } from "./client.js";

// A process of clients: told its plan as JSON, it prints a line for each call when all are done.
const calls = await runClients(JSON.parse(process.argv[2]!) as ClientsPlan);
process.stdout.write(calls.map((call) => `${JSON.stringify(call)}\n`).join(""));
