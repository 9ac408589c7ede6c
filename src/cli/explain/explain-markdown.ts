import type { Rule } from "../../rules/index.js";
import { categoryPurposes, rulesByCategory, rulesOf } from "./categories.js";
import { type Facts, isExample, ruleFacts, stateFacts, tellSuccessors } from "./facts.js";
import { loadRulePage } from "./load-rule-pages.js";
import { readPage } from "./read-page.js";
import { statePages } from "./states.js";
import type { Topic } from "./topics.js";

/** A topic as a page that needs no other file. */
export function explainMarkdown(topic: Topic): string {
  return joined(blocksOf(topic));
}

/** Every rule, each once, by category. @param nameOf how to write the name of a rule, such as a link to its page */
export function listMarkdown(nameOf: (id: string) => string = (id) => id): string {
  const parts = rulesByCategory().map(([category, own]) => [
    `## ${category}`,
    categoryPurposes[category],
    ...(own.length === 0 ? [] : [ruleTable(own, nameOf)]),
  ]);
  return joined(["# Rules", ...parts.flat()]);
}

function blocksOf(topic: Topic): readonly string[] {
  switch (topic.kind) {
    case "rule":
      return rulePage(topic.rule);
    case "former-rule":
      return [`# ${topic.id}`, `A rule no more: ${tellSuccessors(topic.successors)}.`];
    case "category":
      return [`# ${topic.category}`, categoryPurposes[topic.category], ruleTable(rulesOf(topic.category))];
    case "state": {
      const { example } = statePages[topic.state];
      return [`# ${topic.state}`, factList(stateFacts(topic.state)), fence("proto", example)];
    }
  }
}

function rulePage(rule: Rule): readonly string[] {
  const { page, files, expected } = loadRulePage(rule.id);
  const { intro, sections } = readPage(page);
  const example = [
    ...Object.entries(files).flatMap(([path, text]) => [
      `\`${path}\``,
      fence(path.endsWith(".proto") ? "proto" : "yaml", text),
    ]),
    "`proto4 check` then says:",
    fence("", expected),
  ];
  return [
    `# ${rule.id}`,
    rule.purpose,
    factList(ruleFacts(rule)),
    intro,
    ...sections.flatMap((section) => [
      `## ${section.title}`,
      section.text,
      ...(isExample(section) ? example : []),
    ]),
  ];
}

function factList(facts: Facts): string {
  return facts.map(([what, text]) => `- ${what}: ${text}`).join("\n");
}

function ruleTable(rules: readonly Rule[], nameOf: (id: string) => string = (id) => id): string {
  const rows = rules.map(({ id, severity, purpose }) => `| ${nameOf(id)} | ${severity} | ${purpose} |`);
  return ["| rule | severity | |", "|---|---|---|", ...rows].join("\n");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

function joined(blocks: readonly string[]): string {
  return `${blocks.join("\n\n")}\n`;
}
