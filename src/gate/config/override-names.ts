import type { BreakingConfig } from "./breaking-config.js";
import type { PolicyFile } from "./read-policy.js";
import { resolveName } from "./resolve-name.js";
import { ignoredByRule } from "./select-rules.js";

/**
 * A buf.yaml's choice of rules with what a proto4.yaml says in its place: `use` for `use`, and `except` for `except`.
 * @param config of whose names each is known
 */
export function overrideNames(config: BreakingConfig, file: PolicyFile | undefined): BreakingConfig {
  if (file?.use === undefined && file?.except === undefined) return config;
  const spelled = spellOut(config);
  return {
    ...spelled,
    use: file.use ?? spelled.use,
    except: file.except ?? spelled.except,
    // Who names rules here wants them asked, also where buf itself is left to plug-ins.
    disableBuiltin: file.use === undefined && spelled.disableBuiltin === true,
  };
}

/** Names of an elder version as the ids that v2 has for what they mean: one configuration has one version. */
function spellOut(config: BreakingConfig): BreakingConfig {
  const { version = "v2", use = [], except = [] } = config;
  if (version === "v2") return config;
  const idsOf = (names: readonly string[]): readonly string[] =>
    names.flatMap((name) => resolveName(name, version, "proto4") ?? []).map(({ id }) => id);
  const used = idsOf(use.length === 0 ? ["FILE"] : use);
  const ignored = [...ignoredByRule(config, "proto4")].map(([id, paths]) => [id, [...paths]] as const);
  return {
    ...config,
    version: "v2",
    use: used,
    except: idsOf(except),
    ignoreOnly: Object.fromEntries(ignored),
    // Names that no longer mean anything ask nothing; no names at all would ask FILE.
    disableBuiltin: config.disableBuiltin === true || used.length === 0,
  };
}
