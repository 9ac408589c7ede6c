import type { File, Page } from "./page.js";
import { registryPages } from "./registry-pages.js";

const judging: readonly File[] = ["buf.yaml", "proto4.yaml", "proto4.waivers.yaml", "proto4.baseline.yaml"];

/** By the path of the command, as in `registry push`. */
export const pages: Readonly<Record<string, Page>> = {
  baseline: { compiles: true, files: judging, see: ["proto4 check", "docs/baselines.md"] },
  changelog: {
    compiles: true,
    exits: { 100: "a change calls for the step that --fail-on names, or a greater one" },
    see: ["proto4 check", "docs/changelog.md"],
  },
  check: {
    compiles: true,
    exits: { 100: "findings at or above the bar; under --like-buf also sources that do not compile" },
    files: judging,
    see: ["proto4 explain", "proto4 waive", "proto4 baseline", "docs/check.md", "docs/policy.md"],
  },
  completion: { see: ["docs/completion.md"] },
  explain: { see: ["proto4 check"] },
  hook: { files: [".git/hooks/pre-commit"], see: ["proto4 init", "docs/ci.md"] },
  "hook install": {
    examples: ["proto4 hook install", "proto4 hook install services/user --against origin/main"],
    files: [".git/hooks/pre-commit"],
    see: ["proto4 hook uninstall", "docs/ci.md"],
  },
  "hook uninstall": {
    examples: ["proto4 hook uninstall"],
    files: [".git/hooks/pre-commit"],
    see: ["proto4 hook install"],
  },
  "hook run": {
    compiles: true,
    examples: ["proto4 hook run", "proto4 hook run services/user services/shop"],
    exits: { 100: "findings at or above the bar" },
    files: judging,
    see: ["proto4 check", "docs/ci.md"],
  },
  init: { files: ["buf.yaml", "proto4.yaml"], see: ["proto4 hook", "docs/init.md", "docs/ci.md"] },
  lifecycle: {
    compiles: true,
    exits: { 100: "a sunset has passed, with --fail-on-overdue" },
    files: ["buf.yaml", "proto4.yaml"],
    see: ["proto4 explain", "docs/lifecycle.md"],
  },
  map: {
    compiles: true,
    exits: { 100: "something cannot be mapped, was disproved, or is lost where --fail-on forbids it" },
    see: ["proto4 translate", "docs/map.md"],
  },
  translate: {
    compiles: true,
    exits: { 100: "--keep-going passed over messages" },
    see: ["proto4 map", "docs/translate-files.md"],
  },
  unwaive: { files: ["proto4.waivers.yaml"], see: ["proto4 waive", "docs/waivers.md"] },
  waive: {
    compiles: true,
    files: ["proto4.waivers.yaml", "proto4.yaml"],
    see: ["proto4 unwaive", "proto4 check", "docs/waivers.md"],
  },
  ...registryPages,
};
