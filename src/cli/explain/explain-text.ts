import type { Rule } from "../../rules/index.js";
import { categoryPurposes, rulesByCategory, rulesOf } from "./categories.js";
import { type Facts, isExample, ruleFacts, stateFacts, tellSuccessors } from "./facts.js";
import { loadRulePage } from "./load-rule-pages.js";
import { plainText, wrapText } from "./plain-text.js";
import { readPage } from "./read-page.js";
import { statePages } from "./states.js";
import type { Topic } from "./topics.js";

/** A topic for a terminal. @param width in columns; sources and reports are not cut */
export function explainText(topic: Topic, width: number): string {
  return joined(linesOf(topic, width));
}

/** Every rule, each once, by category. */
export function listText(width: number): string {
  return joined(
    rulesByCategory().flatMap(([category, own], index) => {
      const [all, others] = [rulesOf(category).length, rulesOf(category).length - own.length];
      const above =
        others === 0 ? "" : own.length === 0 ? ", all of them above" : `, ${others} of them above`;
      const head = `${category}: ${all} rules${above}`;
      return [
        ...(index === 0 ? [] : [""]),
        head,
        ...wrapText(categoryPurposes[category], "  ", width),
        ...own.flatMap((rule) => ruleLines(rule, width)),
      ];
    }),
  );
}

function linesOf(topic: Topic, width: number): readonly string[] {
  switch (topic.kind) {
    case "rule":
      return rulePage(topic.rule, width);
    case "former-rule":
      return [`${topic.id} is a rule no more: ${tellSuccessors(topic.successors)}`];
    case "category": {
      const { category } = topic;
      const rules = rulesOf(category).flatMap((rule) => ruleLines(rule, width));
      return [category, ...wrapText(categoryPurposes[category], "  ", width), "", ...rules];
    }
    case "state": {
      const { example } = statePages[topic.state];
      return [topic.state, "", ...factLines(stateFacts(topic.state), width), "", `  ${example}`];
    }
  }
}

function rulePage(rule: Rule, width: number): readonly string[] {
  const { page, files, expected } = loadRulePage(rule.id);
  const { intro, sections } = readPage(page);
  return [
    rule.id,
    ...wrapText(rule.purpose, "", width),
    "",
    ...factLines(ruleFacts(rule), width),
    "",
    ...wrapText(plainText(intro), "", width),
    ...sections.flatMap((section) => [
      ...["", section.title],
      ...wrapText(plainText(section.text), "  ", width),
      ...(isExample(section) ? exampleLines(files, expected) : []),
    ]),
  ];
}

function exampleLines(files: Readonly<Record<string, string>>, expected: string): readonly string[] {
  const shown = [...Object.entries(files), ["proto4 check then says:", expected] as const];
  return shown.flatMap(([title, text]) => ["", `  ${title}`, ...indented(text)]);
}

function indented(text: string): readonly string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`));
}

function factLines(facts: Facts, width: number): readonly string[] {
  const room = Math.max(...facts.map(([what]) => what.length)) + 2;
  return facts.flatMap(([what, text]) => {
    const [first = "", ...others] = wrapText(text, "", width - room);
    return [what.padEnd(room) + first, ...others.map((line) => " ".repeat(room) + line)];
  });
}

/** As a list has them. */
function ruleLines({ id, severity, purpose }: Rule, width: number): readonly string[] {
  return [`  ${id} (${severity})`, ...wrapText(purpose, "      ", width)];
}

function joined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join("");
}
