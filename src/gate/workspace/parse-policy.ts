import { Proto4Error } from "../../diagnostics/index.js";
import type { PolicyFile } from "../config/read-policy.js";
import { loadYaml } from "./load-config.js";

/**
 * Reads the text of a proto4.yaml that lies in no folder, so that it may name no other file.
 * @param path what to call it in errors
 * @throws Proto4Error "config-invalid" with the place of what is wrong in it
 */
export async function parsePolicy(text: string, path: string): Promise<PolicyFile> {
  const { readPolicy } = await import("../config/read-policy.js");
  const file = readPolicy(await loadYaml(text, path));
  const named = file.waivers ?? file.baseline;
  if (named === undefined) return file;
  throw new Proto4Error("config-invalid", `it names the file ${named}, which is not here: leave that out`, {
    location: { path },
  });
}
