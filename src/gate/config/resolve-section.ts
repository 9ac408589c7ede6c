import { Proto4Error } from "../../diagnostics/index.js";
import type { BreakingConfig, ConfigVersion } from "./breaking-config.js";
import type { BreakingSection } from "./read-breaking.js";
import { resolveName, unknownName, type Vocabulary } from "./resolve-name.js";

/**
 * A section's configuration, of whose names each is known; those that may be a plug-in's are left out.
 * @throws Proto4Error "config-invalid" with the place of a name that nobody can know, or of a module that is
 * ignored for one rule
 */
export function resolveSection(
  section: BreakingSection,
  fallback: ConfigVersion,
  vocabulary: Vocabulary,
): BreakingConfig {
  const { config, names, hasPlugins, ignored } = section;
  const whole = config.disabled === true ? undefined : ignored.find(({ path }) => path === ".");
  if (whole !== undefined)
    throw new Proto4Error("config-invalid", "ignore_only takes no whole module; except does", {
      location: whole.at,
    });
  const version = config.version ?? fallback;
  const unknown = names.filter(({ name }) => resolveName(name, version, vocabulary) === undefined);
  const [first] = unknown;
  if (first === undefined) return { ...config, version };
  if (!hasPlugins)
    throw new Proto4Error("config-invalid", unknownName(first.name, version, vocabulary), {
      location: first.at,
    });
  const left = new Set(unknown.map(({ name }) => name));
  const isKnown = (name: string): boolean => !left.has(name);
  return {
    ...config,
    version,
    use: config.use?.filter(isKnown),
    except: config.except?.filter(isKnown),
    ignoreOnly: Object.fromEntries(Object.entries(config.ignoreOnly ?? {}).filter(([name]) => isKnown(name))),
    // Who uses a plug-in's rules only, does not mean FILE.
    disableBuiltin:
      config.disableBuiltin === true ||
      (config.use?.some((name) => !isKnown(name)) && !config.use.some(isKnown)),
  };
}
