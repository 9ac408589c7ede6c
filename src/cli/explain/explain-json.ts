import { allRules, categories, type Rule } from "../../rules/index.js";
import { categoryPurposes, rulesOf } from "./categories.js";
import { loadRulePage } from "./load-rule-pages.js";
import { readPage } from "./read-page.js";
import { statePages } from "./states.js";
import type { Topic } from "./topics.js";

/** A topic for programs. */
export function explainJson(topic: Topic): string {
  return printed(topicValue(topic));
}

export function listJson(): string {
  const named = categories.map((name) => ({ name, purpose: categoryPurposes[name] }));
  return printed({ categories: named, rules: allRules.map(ruleFacts) });
}

function topicValue(topic: Topic) {
  switch (topic.kind) {
    case "rule":
      return { kind: "rule", ...ruleFacts(topic.rule), ...pageOf(topic.rule) };
    case "former-rule":
      return topic;
    case "category": {
      const { kind, category: name } = topic;
      return { kind, name, purpose: categoryPurposes[name], rules: rulesOf(name).map(({ id }) => id) };
    }
    case "state":
      return { kind: "state", name: topic.state, ...statePages[topic.state] };
  }
}

function ruleFacts({ id, purpose, severity, categories, breaks, saidBy = [] }: Rule) {
  return { id, purpose, severity, categories, breaks, said_by: saidBy };
}

/** Text is Markdown. */
function pageOf({ id }: Rule) {
  const { page, files, expected } = loadRulePage(id);
  return { ...readPage(page), files, report: expected };
}

function printed(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
