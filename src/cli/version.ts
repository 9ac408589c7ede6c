import { packageFile } from "./package-file.js";

/** proto4's own version. */
export function version(): string {
  return JSON.parse(packageFile("package.json")).version;
}
