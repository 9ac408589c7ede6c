import { code, escapeMarkdown } from "../report/markdown/escape.js";
import type { LifecycleList, ListedElement } from "./lifecycle-list.js";
import { tellCounts, tellUrgency } from "./summary.js";
import { tellReplacement, tellState, tellSunset } from "./table.js";

/** Elements by their lifecycles for a page or an issue. */
export function lifecycleMarkdown(list: LifecycleList): string {
  const { today, elements } = list;
  const parts = sections.flatMap(([title, isIn]) => section(title, elements.filter(isIn)));
  return [`## Lifecycles on ${today}`, "", `${tellCounts(list)}; ${tellUrgency(list)}.`, "", ...parts].join(
    "\n",
  );
}

const sections: readonly (readonly [title: string, isIn: (element: ListedElement) => boolean])[] = [
  ["Overdue", ({ standing }) => standing === "overdue"],
  ["Next removals", ({ standing }) => standing === "leaving"],
  [
    "Deprecated without a sunset",
    ({ standing, lifecycle }) => standing === "stays" && lifecycle === "DEPRECATED",
  ],
  ["Experimental", ({ lifecycle }) => lifecycle === "EXPERIMENTAL"],
  ["Frozen", ({ lifecycle }) => lifecycle === "FROZEN"],
  ["Stable", ({ lifecycle }) => lifecycle === "STABLE"],
];

function section(title: string, elements: readonly ListedElement[]): readonly string[] {
  if (elements.length === 0) return [];
  return [
    `### ${title}`,
    "",
    "| element | state | sunset | since | replaced by | reason |",
    "|---|---|---|---|---|---|",
    ...elements.map(row),
    "",
  ];
}

function row(element: ListedElement): string {
  const instead = tellReplacement(element);
  const cells = [
    `${element.kind} ${code(element.name)}`,
    tellState(element),
    tellSunset(element),
    element.since ?? "",
    element.replacement === undefined ? escapeMarkdown(instead) : code(instead),
    escapeMarkdown(element.reason ?? ""),
  ];
  return `| ${cells.join(" | ")} |`;
}
