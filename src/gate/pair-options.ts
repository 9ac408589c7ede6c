import type { CheckOptions } from "./check.js";
import type { ConfigVersion } from "./config/breaking-config.js";
import { overrideNames } from "./config/override-names.js";
import type { PolicyFile } from "./config/read-policy.js";
import { resolveSection } from "./config/resolve-section.js";
import type { ModulePair } from "./workspace/pair-modules.js";

/** How to judge workspaces: their configuration says the rest. A `policy` stands in for what proto4.yaml says of it. */
export type PairOptions = Omit<CheckOptions, "breaking">;

/** How to judge a module: by its own buf.yaml and the workspace's proto4.yaml. @throws Proto4Error "config-invalid" */
export function pairOptions(
  { breaking }: Pick<ModulePair, "breaking">,
  options: PairOptions,
  file: PolicyFile | undefined,
): CheckOptions {
  const vocabulary = options.likeBuf === true ? "buf" : "proto4";
  const section = resolveSection(breaking, defaultVersion(options), vocabulary);
  return {
    ...options,
    policy: options.policy ?? file?.policy,
    breaking: overrideNames(section, file),
  };
}

/** Where no buf.yaml says a version, buf takes v1; what is named on the command line, and proto4, know v2. */
function defaultVersion({ likeBuf, categories }: PairOptions): ConfigVersion {
  return likeBuf === true && categories === undefined ? "v1" : "v2";
}
