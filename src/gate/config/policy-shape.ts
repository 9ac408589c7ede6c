import { allRules, categories } from "../../rules/index.js";
import type { Lifecycle } from "../../schema/index.js";
import { bars } from "./bars.js";
import { duration } from "./duration.js";
import { nearestFirst } from "./nearest.js";
import { namesIn, unknownName } from "./resolve-name.js";
import { successorsIn } from "./rule-versions.js";
import { choice, described, listOf, matching, record, type Shape } from "./shape.js";

export const path: Shape<string> = matching(
  /^(?!\/|[A-Za-z]:)[^\\]*[^\\/]$/,
  "the path of a file from the folder of this one, with slashes",
);

export const fullName: Shape<string> = matching(
  /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)*$/,
  "the full name of an option, such as google.api.http, without parentheses or a dot in front",
);

const severity = choice(["error", "warning", "info", "off"]);

/** A name means what v2 of buf.yaml means by it, whatever version the buf.yaml has. */
const names = namesIn("v2", "proto4");

const name: Shape<string> = choice(
  [...names.categories, ...names.ids],
  (word) => replaced(word) ?? unknownName(word, "v2", "proto4", "proto4.yaml"),
);

const states: Readonly<Record<Lifecycle, string>> = {
  EXPERIMENTAL: "what is EXPERIMENTAL",
  STABLE: "what is STABLE",
  FROZEN: "what is FROZEN",
  DEPRECATED: "what is DEPRECATED",
};

const purposes = Object.fromEntries(
  allRules
    .toSorted((a, b) => names.ids.indexOf(a.id) - names.ids.indexOf(b.id))
    .map(({ id, purpose }) => [id, purpose]),
);

/** Each key that a proto4.yaml may have: its reader and its schema are both made of this. */
export const policyShape = record(
  {
    version: described("The version of this format.", choice(["v1"])),
    lifecycle: described(
      "What is asked of lifecycles.",
      record({
        notice: described("How far ahead a sunset lies at least when it is written down.", duration),
        min_age: described(
          "How long an element stays in a state at least.",
          record(eachOf(states, (what) => described(`How long ${what} stays so at least.`, duration))),
        ),
        unannotated: described(
          "Whether an element without a declared state has an inferred one, or must declare one.",
          choice(["infer", "require"]),
        ),
      }),
    ),
    severity: described(
      "How severe the findings of a rule are; or, by a state, how severe findings about it are at most.",
      record(
        {
          ...eachOf(states, (what) => described(`At most, for findings about ${what}.`, severity)),
          ...eachOf(purposes, (purpose) => described(purpose, severity)),
        },
        {},
        noSuchSubject,
      ),
    ),
    fail_on: described("The least severe finding that fails a check.", choice(bars)),
    use: described("Categories and rules to ask, in place of those in buf.yaml.", listOf(name, 1)),
    except: described("Categories and rules not to ask, in place of those in buf.yaml.", listOf(name)),
    options: described("Full names of custom options whose changes are findings.", listOf(fullName)),
    waivers: described("The file of findings that somebody accepted.", path),
    waiver_lifetime: described("How far ahead the last day of a waiver lies at most.", duration),
    baseline: described("The file of findings that were there when the gate came.", path),
  },
  { version: 'it says no version; the first line is "version: v1"' },
);

function eachOf<K extends string, T>(
  words: Readonly<Record<K, string>>,
  make: (text: string) => Shape<T>,
): Readonly<Record<K, Shape<T>>> {
  // `Object.entries` forgets which keys there are.
  return Object.fromEntries(
    Object.entries<string>(words).map(([word, text]) => [word, make(text)]),
  ) as unknown as Readonly<Record<K, Shape<T>>>;
}

function noSuchSubject(key: string): string {
  if (categories.some((category) => category === key))
    return `${key} is a category; severity goes by rule (${names.ids[0]}, …) or state (${Object.keys(states).join(", ")})`;
  const [nearest] = nearestFirst(key, [...Object.keys(states), ...names.ids]);
  return replaced(key) ?? `there is no rule or state "${key}"; did you mean ${nearest}?`;
}

/** The sentence for an id that only elder versions of buf.yaml know. */
function replaced(id: string): string | undefined {
  const successors = successorsIn("v1", id);
  if (successors === undefined) return undefined;
  return `${id} is no longer a rule; ${successors.length === 0 ? "nothing took its place" : `say ${successors.join(", ")}`}`;
}
