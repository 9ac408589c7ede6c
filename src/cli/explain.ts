import { Command, Option } from "commander";
import { explainJson, listJson } from "./explain/explain-json.js";
import { explainMarkdown, listMarkdown } from "./explain/explain-markdown.js";
import { explainText, listText } from "./explain/explain-text.js";
import { findTopic } from "./explain/topics.js";

/** `proto4 explain`: exit code 0, 1 for a name that nothing has. */
export function makeCommand(): Command {
  return new Command("explain")
    .description("Print the page of a rule, a category or a lifecycle state; without a name, list all rules.")
    .argument("[name]", "such as FIELD_NO_DELETE, WIRE or DEPRECATED")
    .addOption(new Option("--format <format>", "how to print it").choices(formats).default("text"))
    .addHelpText("after", examples)
    .action(run);
}

const examples = `
Examples:
  proto4 explain
  proto4 explain FIELD_NO_DELETE
  proto4 explain WIRE_JSON
  proto4 explain DEPRECATED
  proto4 explain LIFECYCLE_SUNSET --format markdown >> review.md
  proto4 explain --format json | jq -r '.rules[] | select(.severity == "warning") | .id'`;

const formats = ["text", "markdown", "json"] as const;

interface Options {
  readonly format: (typeof formats)[number];
}

function run(name: string | undefined, { format }: Options): void {
  process.stdout.write(name === undefined ? list(format) : explain(name, format));
}

function list(format: Options["format"]): string {
  return format === "json" ? listJson() : format === "markdown" ? listMarkdown() : listText(width());
}

function explain(name: string, format: Options["format"]): string {
  const topic = findTopic(name);
  if (format === "json") return explainJson(topic);
  return format === "markdown" ? explainMarkdown(topic) : explainText(topic, width());
}

/** Longer lines are read with effort, however wide the terminal is. */
function width(): number {
  return Math.max(40, Math.min(100, process.stdout.columns ?? 100));
}
