import { homedir } from "node:os";
import { join } from "node:path";

/** Where the operating system wants programs to keep what they can do without. */
export function cacheFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string {
  return join(userCache(env, platform), "proto4");
}

function userCache(env: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (platform === "win32") return LOCALAPPDATA || join(homedir(), "AppData", "Local");
  return platform === "darwin" ? join(homedir(), "Library", "Caches") : join(homedir(), ".cache");
}
