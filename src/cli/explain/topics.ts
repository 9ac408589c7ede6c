import { Proto4Error } from "../../diagnostics/index.js";
import { listedStates, nearestFirst } from "../../gate/index.js";
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
 * @throws Proto4Error "usage" for a name that nothing has, with the one that may be meant
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
  // What is too long is no slip of the finger, and to compare it would take its time.
  const [nearest] = nearestFirst(word.slice(0, 100), topicNames());
  return new Proto4Error(
    "usage",
    `there is no rule, category or state "${name.slice(0, 100)}"; did you mean ${nearest}? ` +
      '"proto4 explain" lists them all',
  );
}
