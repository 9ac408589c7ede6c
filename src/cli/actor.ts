import { randomUUID } from "node:crypto";
import { userInfo } from "node:os";
import type { Actor } from "../registry/index.js";

/** Whoever runs the command, now. */
export function actor(): Actor {
  return { by: user(), at: new Date().toISOString(), id: randomUUID() };
}

function user(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env.USER ?? "unknown"; // a container's user need not have a name
  }
}
