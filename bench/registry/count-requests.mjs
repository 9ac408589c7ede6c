// Counts the requests of a process; with --import in one that knows nothing of it, into the file that REQUESTS names.
import { subscribe } from "node:diagnostics_channel";
import { writeFileSync } from "node:fs";

let requests = 0;
subscribe("http.client.request.start", () => requests++);
const file = process.env.REQUESTS;
if (file !== undefined) process.on("exit", () => writeFileSync(file, String(requests)));

/** @returns those since the last call */
export function takeRequests() {
  const taken = requests;
  requests = 0;
  return taken;
}
