import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** The address that git signs with here; `undefined` without git, or where it knows none. */
export async function gitUser(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)("git", ["config", "user.email"]);
    return stdout.trim();
  } catch {
    return undefined;
  }
}
