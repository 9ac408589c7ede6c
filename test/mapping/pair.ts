/** A pair of files, each a package, for one case of a test. */
export interface Pair {
  /** Bodies of the two files, after syntax, package and imports, which are line 1. */
  readonly v3: string;
  readonly v4: string;
  /** Of both files, or of each. */
  readonly syntax?: string | { readonly v3: string; readonly v4: string };
}

/** The files of case number `index`; PACKAGE in a body stands for what the packages' names begin with. */
export function sourcesOf(pair: Pair, index: number): readonly (readonly [string, string])[] {
  return (["v3", "v4"] as const).map((generation) => {
    const { syntax = "proto3" } = pair;
    const spelled = typeof syntax === "string" ? syntax : syntax[generation];
    const edition = /^\d/.test(spelled) ? `edition = "${spelled}"` : `syntax = "${spelled}"`;
    const imports = ["proto4/options", ...wellKnown.map((name) => `google/protobuf/${name}`)];
    const imported = imports.map((path) => `import "${path}.proto";`).join(" ");
    const body = pair[generation].replaceAll("PACKAGE", `case${index}`);
    const head = `${edition}; package case${index}.${generation}; ${imported}`;
    return [`case${index}/${generation}/m.proto`, `${head}\n${body}\n`];
  });
}

const wellKnown = ["any", "duration", "field_mask", "timestamp", "wrappers"];
