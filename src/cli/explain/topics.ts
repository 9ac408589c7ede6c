import { Proto4Error } from "../../diagnostics/index.js";
import { listedStates, maybeMeant } from "../../gate/index.js";
import { allRules, type Category, categories, deprecatedRules, type Rule } from "../../rules/index.js";
import type { Lifecycle } from "../../schema/index.js";

/** What can be explained. */
export type Topic =
  | { readonly kind: "rule"; readonly rule: Rule }
  /** A name that elder configurations have, with the rules that took over. */
  | { readonly kind: "former-rule"; readonly id: string; readonly successors: readonly string[] }
  | { readonly kind: "category"; readonly category: Category }
  | { readonly kind: "state"; readonly state: Lifecycle };

/**
 * What a name stands for, however it is spelled: `field-no-delete` is the folder of FIELD_NO_DELETE.
 * @throws Proto4Error "usage" for a name that nothing has, with the one that may be meant, if any
 */
export function findTopic(name: string): Topic {
  const word = name.toUpperCase().replaceAll("-", "_");
  const rule = allRules.find(({ id }) => id === word);
  if (rule !== undefined) return { kind: "rule", rule };
  const category = categories.find((each) => each === word);
  if (category !== undefined) return { kind: "category", category };
  const state = listedStates.find((each) => each === word);
  if (state !== undefined) return { kind: "state", state };
  const successors = Object.hasOwn(deprecatedRules, word) ? deprecatedRules[word] : undefined;
  if (successors !== undefined) return { kind: "former-rule", id: word, successors };
  throw unknown(name, word);
}

/** Every name there is: of rules, categories and states. */
function topicNames(): readonly string[] {
  return [...categories, ...listedStates, ...allRules.map(({ id }) => id)];
}

function unknown(name: string, word: string): Proto4Error {
  const shown = name.slice(0, 100);
  if (/^(?=.*\d)[0-9a-f]{6,40}$/i.test(name))
    return new Proto4Error(
      "usage",
      `"${shown}" looks like a finding's id, and it is rules that are explained: give the one that proto4 check ` +
        "names with the finding, such as FIELD_NO_DELETE",
    );
  const nearest = maybeMeant(word, topicNames());
  return new Proto4Error(
    "usage",
    `there is no rule, category or state "${shown}"` +
      `${nearest === undefined ? ":" : `; did you mean ${nearest}?`} "proto4 explain" lists them all`,
  );
}
