import { readFileSync } from "node:fs";

/** What fixtures/rules has of a rule, as the build has put it together. */
export interface RulePage {
  /** Markdown, its links relative to the folder of the fixture. */
  readonly page: string;
  /** Files of the example by path: `before/shop/v1/shop.proto`, or a `proto4.yaml`. */
  readonly files: Readonly<Record<string, string>>;
  /** What `proto4 check` says of the example. */
  readonly expected: string;
}

/** The page of a rule, by its id. */
export function loadRulePage(id: string): RulePage {
  pages ??= JSON.parse(readFileSync(bundle, "utf8")) as Readonly<Record<string, RulePage>>;
  const page = pages[id];
  // The build takes a page for each rule, and a test holds that each rule has one.
  if (page === undefined) throw new Error(`rules.json has no page of ${id}: build the package again`);
  return page;
}

let pages: Readonly<Record<string, RulePage>> | undefined;

const bundle = new URL("../../../dist/bundle/cli/rules.json", import.meta.url);
