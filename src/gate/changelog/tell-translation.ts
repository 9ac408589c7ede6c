import type { ChangeKind } from "../../diff/index.js";
import { name, phrase } from "./phrase.js";
import type { Tellings } from "./telling.js";

type TranslationKind = Extract<
  ChangeKind,
  `${"was" | "bridge-default" | "introduced-in" | "unit" | "hook" | "upgrades"}-changed`
>;

/** How changes are told of what steers the translation between generations. Nobody's contract breaks, but values change. */
export const translationTellings: Tellings<TranslationKind> = {
  "upgrades-changed": {
    step: "minor",
    tell: ({ from, to }) => continues("package ", from, to),
  },
  "was-changed": { step: "minor", tell: ({ from, to }) => continues("", from, to) },
  "bridge-default-changed": {
    step: "minor",
    tell: ({ from, to }) =>
      to === ""
        ? phrase`has no bridge default any more, which was ${from}`
        : phrase`has the bridge default ${to}${instead(from)}`,
  },
  // It only says what the package's own history shows.
  "introduced-in-changed": {
    step: "patch",
    tell: ({ from, to }) =>
      to === ""
        ? phrase`no longer says that ${name(from)} introduced it`
        : phrase`was introduced in ${name(to)}${instead(from)}`,
  },
  "unit-changed": {
    step: "minor",
    tell: ({ from, to }) =>
      to === "" ? phrase`no longer says that it counts ${from}` : phrase`counts ${to}${instead(from)}`,
  },
  "hook-changed": {
    step: "minor",
    tell: ({ from, to }) =>
      to === ""
        ? phrase`is no longer converted by hook ${name(from)}`
        : phrase`is converted by hook ${name(to)}${from === "" ? [] : phrase`, not ${name(from)}`}`,
  },
};

function continues(what: string, from: string, to: string) {
  if (to === "") return phrase`no longer continues ${[what]}${name(from)}`;
  return phrase`continues ${[what]}${name(to)}${from === "" ? [] : phrase`, not ${name(from)}`}`;
}

/** `, not ms` */
function instead(from: string) {
  return from === "" ? [] : phrase`, not ${from}`;
}
