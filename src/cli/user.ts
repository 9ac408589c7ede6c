import { userInfo } from "node:os";

/** Who runs the command. */
export function user(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "unknown"; // a container's user need not have a name
  }
}
