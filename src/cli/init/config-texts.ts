/** A buf.yaml of version 2 with these modules. */
export function bufYaml(roots: readonly string[]): string {
  const modules = roots.map((root) =>
    // buf would compile what npm installed, too.
    root === "." ? "  - path: .\n    excludes: [node_modules]\n" : `  - path: ${scalar(root)}\n`,
  );
  return `version: v2
modules:
${modules.join("")}lint:
  use: [STANDARD]
breaking:
  use: [FILE]
`;
}

/** A string of JSON is one of YAML. */
function scalar(text: string): string {
  return /^[\w./-]*[a-zA-Z_][\w./-]*$/.test(text) ? text : JSON.stringify(text);
}

/** The entry of a buf.gen.yaml that calls the plug-in, which each of buf's versions names by another key. */
export function generateEntry(version: unknown): string {
  const [key, name] =
    version === "v1"
      ? ["plugin", "proto4"]
      : version === "v1beta1"
        ? ["name", "proto4"]
        : ["local", "protoc-gen-proto4"];
  return `  - ${key}: ${name}
    # It pairs generations, so it has to see all of them at once.
    strategy: all
    out: gen
`;
}

export const bufGenYaml: string = `version: v2
inputs:
  - directory: .
plugins:
${generateEntry("v2")}`;

/** @param schema where an editor finds what the keys mean, if anywhere */
export function proto4Yaml(schema: string | undefined): string {
  return `${schema === undefined ? "" : `# yaml-language-server: $schema=${schema}\n`}version: v1
lifecycle:
  notice: 90d # how far ahead a sunset lies at least when it is written down
  min_age: { DEPRECATED: 180d } # how long an element stays in a state at least
  unannotated: infer # or require: every element then declares its state
fail_on: error
`;
}
