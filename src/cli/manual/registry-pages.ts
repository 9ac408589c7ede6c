import type { Page } from "./page.js";

const manage = "docs/registry.md";
const care = "docs/registry-care.md";

/** The commands of `proto4 registry`, in the order of its help. */
export const registryPages: Readonly<Record<string, Page>> = {
  registry: { see: [manage, care, "docs/drift.md"] },
  ...page(
    "push",
    ["push proto --subject acme/user --label main", "push --subject acme/user --dry-run --json"],
    {
      compiles: true,
      exits: { 100: "the gate refuses it; the registry is as it was" },
      files: ["buf.yaml"],
      see: ["proto4 registry approve", "proto4 registry policy", manage],
    },
  ),
  ...page("list", ["list", "list --json"], { see: ["proto4 registry show", manage] }),
  ...page("show", ["show acme/user"], { see: ["proto4 registry log", manage] }),
  ...page("pull", ["pull acme/user@main --out user-contract"], { see: ["proto4 registry push", manage] }),
  ...page("diff", ["diff acme/user@1 @2", "diff acme/user@stable acme/user --category WIRE_JSON"], {
    exits: { 100: "findings that are errors, on the way forth" },
    see: ["proto4 check", manage],
  }),
  ...page("dependents", ["dependents acme/common"], { see: ["proto4 registry delete", manage] }),
  ...page("find", ["find acme.user.v1.User.fax", "find 3fa2c1d09b7e5a44 acme/user@last:5"], {
    see: ["proto4 registry elements", manage],
  }),
  ...page("elements", ["elements --state DEPRECATED", "elements --subject acme/user --inferred"], {
    see: ["proto4 lifecycle", "docs/lifecycle.md"],
  }),
  ...page("log", ["log", "log acme/user"], { see: ["proto4 registry show", manage] }),
  ...page("label", ["label acme/user@3 stable"], { see: ["proto4 registry unlabel", manage] }),
  ...page("unlabel", ["unlabel acme/user stable"], { see: ["proto4 registry label", manage] }),
  ...page(
    "policy",
    ["policy acme/user", "policy acme/user --category WIRE_JSON --direction full-transitive"],
    {
      files: ["proto4.yaml"],
      see: ["proto4 registry push", "docs/policy.md"],
    },
  ),
  ...page("approve", ['approve acme/user 3ac8ce819ef3 --reason "nobody reads it" --expires 2027-01-31'], {
    see: ["proto4 registry revoke", "proto4 waive", manage],
  }),
  ...page("revoke", ["revoke acme/user 3ac8ce819ef3"], { see: ["proto4 registry approve", manage] }),
  ...page("delete", ["delete acme/user@3", "delete acme/user@3 --hard"], {
    see: ["proto4 registry restore", "proto4 registry gc", manage],
  }),
  ...page("restore", ["restore acme/user@3"], { see: ["proto4 registry delete", manage] }),
  ...page("drift", ["drift --env production --watch", "drift --fail-on error --format json"], {
    exits: { 100: "drift at or above --fail-on" },
    see: ["proto4 registry can-i-deploy", "docs/drift.md"],
  }),
  ...page("can-i-remove", ["can-i-remove acme.user.v1.User.fax --env production"], {
    exits: { 3: "unknown, which is to be taken for no", 100: "no" },
    see: ["proto4 registry environment", "docs/drift.md"],
  }),
  ...page("can-i-deploy", ["can-i-deploy --service user --fingerprint 3fa2c1d09b7e5a44 --env production"], {
    exits: { 3: "unknown, which is to be taken for no", 100: "no" },
    see: ["proto4 registry drift", "docs/drift.md"],
  }),
  ...page(
    "environment",
    ['environment production --window 30d --complete --reason "all join by the base image"'],
    {
      see: ["proto4 registry can-i-remove", "docs/drift.md"],
    },
  ),
  ...page("gc", ["gc", "gc --delete"], { see: ["proto4 registry fsck", care] }),
  ...page("fsck", ["fsck", "fsck --repair"], {
    exits: { 100: "problems that are left" },
    see: ["proto4 registry gc", care],
  }),
  ...page("migrate", ["migrate", "migrate --write"], { see: [care] }),
  ...page("stats", ["stats --json"], { see: [care] }),
  ...page("export", ["export --out backup"], { see: ["proto4 registry import", "docs/registry-move.md"] }),
  ...page("import", ["import backup --store lmdb:registry.lmdb"], {
    see: ["proto4 registry export", "docs/registry-move.md"],
  }),
};

function page(name: string, lines: readonly string[], more: Page): Readonly<Record<string, Page>> {
  return { [`registry ${name}`]: { examples: lines.map((line) => `proto4 registry ${line}`), ...more } };
}
