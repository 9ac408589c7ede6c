import type { ChangeKind, ChangeOf } from "../../diff/index.js";
import { type Element, type Lifecycle, sunsetOf } from "../../schema/index.js";
import { name, type Phrase, phrase, prose } from "./phrase.js";
import type { Tellings } from "./telling.js";

type PromiseKind = Extract<
  ChangeKind,
  `${"lifecycle" | "sunset" | "since" | "replacement" | "reason"}-changed`
>;

/** How changes of what is promised are told: moves between states, last days and first ones. */
export const promiseTellings: Tellings<PromiseKind> = {
  // A state that is written down, and was in force before, changes nothing for anybody.
  "lifecycle-changed": {
    step: ({ from, to }) => (stateOf(from) === stateOf(to) ? "patch" : "minor"),
    tell: moved,
  },
  "sunset-changed": { step: "minor", tell: sunsetMoved },
  "since-changed": {
    step: "patch",
    tell: ({ after, from, to }) =>
      phrase`is ${[after.lifecycle.state]} since ${[to === "" ? "a day that is not said" : to]}${[from === "" ? "" : `, not since ${from}`]}`,
  },
  "replacement-changed": {
    step: "minor",
    tell: ({ from, to }) =>
      to === ""
        ? phrase`is no longer replaced by ${name(from)}`
        : phrase`is replaced by ${name(to)}${from === "" ? [] : phrase`, not ${name(from)}`}`,
  },
  "reason-changed": {
    step: "patch",
    tell: ({ from, to }) =>
      to === "" ? phrase`no longer says why: ${prose(from)}` : phrase`says why: ${prose(to)}`,
  },
};

/** What an element that is new promises by its own words: `DEPRECATED, promised until 2027-01-31`. */
export function tellPromise(element: Element): Phrase {
  const { source, state } = element.lifecycle;
  if (source !== "own" && !(element.deprecated && state === "DEPRECATED")) return [];
  return [` as ${state}`, ...(state === "DEPRECATED" ? farewell(element) : [])];
}

function moved({ after, from, to }: ChangeOf<"lifecycle-changed">): Phrase {
  const [was, is] = [stateOf(from), stateOf(to)];
  if (was === is)
    return to === is
      ? phrase`is declared ${[is]} now, for which it was taken before`
      : phrase`is ${[is]} still, but no longer says so`;
  if (is === "DEPRECATED") return [...phrase`was deprecated`, ...farewell(after)];
  return was === "DEPRECATED"
    ? phrase`is no longer deprecated, but ${[is]}`
    : phrase`went from ${[was]} to ${[is]}`;
}

/** `, promised until 2027-01-31, use profile_v2: the old one cannot say it` */
function farewell(element: Element): Phrase {
  const { replacedBy, reason } = element.lifecycle.terms;
  const sunset = sunsetOf(element);
  return [
    ...(sunset === undefined ? [] : [`, promised until ${sunset}`]),
    ...(replacedBy === undefined ? [] : [", use ", name(replacedBy)]),
    ...(reason === undefined ? [] : [": ", prose(reason)]),
  ];
}

function sunsetMoved({ from, to, after }: ChangeOf<"sunset-changed">): Phrase {
  if (to === "") return phrase`is no longer promised until a certain day, which was ${[from]}`;
  if (after.lifecycle.state !== "DEPRECATED")
    return phrase`has the sunset ${[to]}${[from === "" ? "" : `, not ${from}`]}`;
  if (from === "") return phrase`is promised until ${[to]}`;
  return phrase`is promised until ${[to]}, ${[to > from ? "longer" : "shorter"]} than before: that was ${[from]}`;
}

/** Without the word for a state that nobody declared. */
function stateOf(promise: string): Lifecycle {
  return promise.replace(/^inferred /, "") as Lifecycle;
}
