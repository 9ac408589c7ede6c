import { defaultPolicy, type Policy } from "../../rules/index.js";
import { duration } from "../config/duration.js";
import { nearestFirst } from "../config/nearest.js";
import { fullName, path } from "../config/policy-shape.js";
import { namesIn, resolveName } from "../config/resolve-name.js";
import { choice, listOf, record } from "../config/shape.js";
import { defaultWaiverLifetime } from "../config/waiver-lifetime.js";
import type { YamlNode } from "../config/yaml-node.js";
import { loadPolicy } from "../workspace/load-policy.js";
import { type Accepted, loadAccepted } from "./accepted.js";
import type { OptionValue } from "./read-option-value.js";

/** What a plug-in's options in buf.yaml come to. */
export interface PluginOptions {
  readonly policy: Policy;
  /** The least severity that is told: buf knows none, so what is told fails. */
  readonly failOn: "error" | "warning" | "info" | "never";
  /** Ids and categories of buf's rules that this buf.yaml asks: what they say is not said again. */
  readonly beside: readonly string[];
  /** Names of rules not to ask. */
  readonly except: readonly string[];
  /** Findings to pass over. */
  readonly accepted: Accepted;
}

/**
 * Reads the options, and the files that they name from `cwd`. What an option says counts before
 * what that file says.
 * @throws Proto4Error "config-invalid" with the name of the option, or the place in the file, that cannot be meant
 */
export async function loadPluginOptions(
  options: ReadonlyMap<string, OptionValue>,
  { cwd, today }: { readonly cwd: string; readonly today: string },
): Promise<PluginOptions> {
  const said = optionsShape.read(toNode(options));
  const file = said.policy === undefined ? undefined : await loadPolicy(said.policy, { cwd });
  const policy = file?.policy ?? defaultPolicy;
  const ages = Object.entries({
    EXPERIMENTAL: said.min_age_experimental,
    STABLE: said.min_age_stable,
    FROZEN: said.min_age_frozen,
    DEPRECATED: said.min_age_deprecated,
  }).filter(([, age]) => age !== undefined);
  return {
    policy: {
      ...policy,
      notice: said.notice ?? policy.notice,
      minAge: { ...policy.minAge, ...Object.fromEntries(ages) },
      unannotated: said.unannotated ?? policy.unannotated,
      trackedOptions: said.options ?? policy.trackedOptions,
    },
    failOn: said.fail_on ?? file?.failOn ?? "error",
    beside: said.beside ?? [],
    except: (file?.except ?? [])
      .flatMap((name) => resolveName(name, "v2", "proto4") ?? [])
      .map(({ id }) => id),
    accepted: await loadAccepted(
      {
        waivers: said.waivers ?? file?.waivers,
        baseline: said.baseline ?? file?.baseline,
        lifetime: file?.waiverLifetime ?? defaultWaiverLifetime,
        today,
      },
      cwd,
    ),
  };
}

const bufsNames = namesIn("v2", "buf");

const bufsWords = [...bufsNames.categories, ...bufsNames.ids];

const bufsName = choice(
  bufsWords,
  (word) =>
    `"${word}" is no category or rule of buf breaking; did you mean ${nearestFirst(word, bufsWords)[0]}?`,
);

/** The keys of proto4.yaml, flat, as buf takes no maps; and `beside`, which only stands here. */
const optionsShape = record({
  policy: path,
  fail_on: choice(["error", "warning", "info"]),
  notice: duration,
  min_age_experimental: duration,
  min_age_stable: duration,
  min_age_frozen: duration,
  min_age_deprecated: duration,
  unannotated: choice(["infer", "require"]),
  options: listOf(fullName),
  beside: listOf(bufsName),
  waivers: path,
  baseline: path,
});

/** The options as what is read from a file: each knows what to call it in an error. */
function toNode(options: ReadonlyMap<string, OptionValue>): YamlNode {
  const nodes = [...options].map(([key, value]) => [key, valueNode(value, `options.${key}`)] as const);
  return { at: { path: `options${WHERE}` }, value: new Map(nodes) };
}

function valueNode(value: OptionValue, name: string): YamlNode {
  const at = { path: `${name}${WHERE}` };
  if (!isList(value)) return { at, value };
  return { at, value: value.map((item, index) => valueNode(item, `${name}[${index}]`)) };
}

function isList(value: OptionValue): value is readonly OptionValue[] {
  return Array.isArray(value);
}

const WHERE = " of buf-plugin-proto4 in buf.yaml";
