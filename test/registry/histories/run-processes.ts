import { spawn } from "node:child_process";
import { once } from "node:events";
import type { ClientsPlan } from "./client.js";
import type { Call } from "./history.js";

/** Spreads the clients of a plan over so many processes. @param program what `bundle` made of `main.ts` */
export async function runProcesses(
  program: string,
  plan: ClientsPlan,
  processes: number,
): Promise<readonly Call[]> {
  const shares = Array.from({ length: processes }, (_, place) => ({
    ...plan,
    clients: plan.clients.filter((client) => client % processes === place),
  }));
  return (await Promise.all(shares.map((share) => runProcess(program, share)))).flat();
}

async function runProcess(program: string, plan: ClientsPlan): Promise<readonly Call[]> {
  const child = spawn(process.execPath, [program, JSON.stringify(plan)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const [code] = await once(child, "close");
  if (code !== 0) throw new Error(`a process of clients ended with ${code}`);
  return said
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Call);
}
