import { lifecycleJson } from "./json.js";
import type { LifecycleList } from "./lifecycle-list.js";
import { lifecycleMarkdown } from "./markdown.js";
import { lifecycleSvg } from "./svg.js";
import { lifecycleTable } from "./table.js";

export const lifecycleFormats = ["table", "json", "markdown", "svg"] as const;
export type LifecycleFormat = (typeof lifecycleFormats)[number];

/** @param width of the terminal, for the table */
export function reportLifecycles(list: LifecycleList, format: LifecycleFormat, width: number): string {
  if (format === "json") return lifecycleJson(list);
  if (format === "markdown") return lifecycleMarkdown(list);
  return format === "svg" ? lifecycleSvg(list) : lifecycleTable(list, width);
}
