/** buf.yaml files for a workspace with the modules `a` and `b`, and what each is about. */
export const configurations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "no configuration at all": {},
  "v2, one module": { "buf.yaml": "version: v2\n" },
  "v2, two modules": { "buf.yaml": "version: v2\nmodules: [{path: a}, {path: b}]\n" },
  "v2, names decide the order": {
    "buf.yaml":
      "version: v2\nmodules: [{path: a, name: buf.build/x/z}, {path: b, name: buf.build/x/a}]\nbreaking: {use: [WIRE]}\n",
  },
  "v2, a module's section overrides the workspace's": {
    "buf.yaml":
      "version: v2\nmodules:\n  - path: a\n    breaking: {use: [WIRE]}\n  - path: b\nbreaking: {use: [FILE], ignore: [a, b/y/y.proto]}\n",
  },
  "v2, an empty section of a module's own does not count": {
    "buf.yaml":
      "version: v2\nmodules: [{path: a, breaking: {use: []}}, {path: b}]\nbreaking: {use: [WIRE], ignore: [a/x]}\n",
  },
  "v2, a whole module ignored": {
    "buf.yaml": "version: v2\nmodules: [{path: a}, {path: b}]\nbreaking: {ignore: [b]}\n",
  },
  "v2, ignored paths are relative to the workspace": {
    "buf.yaml": "version: v2\nmodules: [{path: a}, {path: b}]\nbreaking: {ignore: [a/x/gone.proto, x]}\n",
  },
  "v2, a module must not ignore outside of itself": {
    "buf.yaml": "version: v2\nmodules: [{path: a, breaking: {ignore: [b]}}, {path: b}]\n",
  },
  "v2, ignore_only by rule and by category": {
    "buf.yaml":
      "version: v2\nmodules: [{path: a}, {path: b}]\nbreaking:\n  ignore_only: {FIELD_SAME_TYPE: [a/x/x.proto], WIRE: [b/y]}\n",
  },
  "v2, except": {
    "buf.yaml":
      "version: v2\nmodules: [{path: a}, {path: b}]\nbreaking: {use: [FILE, WIRE], except: [FIELD_SAME_TYPE, FILE_NO_DELETE]}\n",
  },
  "v2, unstable packages": {
    "buf.yaml": "version: v2\nmodules: [{path: a}, {path: b}]\nbreaking: {ignore_unstable_packages: true}\n",
  },
  "v2, none of buf's own": {
    "buf.yaml": "version: v2\nmodules: [{path: a}, {path: b}]\nbreaking: {disable_builtin: true}\n",
  },
  "v2, a rule that is not there": { "buf.yaml": "version: v2\nbreaking: {use: [FIELD_SAME_TYP]}\n" },
  "v2, a name of v1's": { "buf.yaml": "version: v2\nbreaking: {except: [FIELD_SAME_LABEL]}\n" },
  "v2, what no longer means anything": {
    "buf.yaml": "version: v2\nbreaking: {except: [MESSAGE_SAME_MESSAGE_SET_WIRE_FORMAT]}\n",
  },
  "v2, no rule left": {
    "buf.yaml": "version: v2\nbreaking: {use: [FIELD_SAME_TYPE], except: [FIELD_SAME_TYPE]}\n",
  },
  "v2, modules inside one another": {
    "buf.yaml": "version: v2\nmodules: [{path: ., excludes: [a, b]}, {path: a}, {path: b}]\n",
  },
  "v2, two modules of one folder": {
    "buf.yaml":
      "version: v2\nmodules:\n  - path: .\n    includes: [a]\n    breaking: {use: [WIRE]}\n  - path: .\n    excludes: [a]\n",
  },
  "v2, a whole module ignored for one rule": {
    "buf.yaml": "version: v2\nbreaking: {ignore_only: {FIELD_SAME_TYPE: [.]}}\n",
  },
  "v1, in buf.mod": { "buf.mod": "version: v1\nbreaking: {use: [WIRE]}\n" },
  "v1 ": { "buf.yaml": "version: v1\n" },
  "v1, ignored paths are relative to the module": {
    "buf.yaml": "version: v1\nbreaking: {ignore: [a/x], use: [PACKAGE]}\n",
  },
  "v1, everything ignored": { "buf.yaml": "version: v1\nbreaking: {ignore: [.]}\n" },
  "v1, deprecated names": {
    "buf.yaml":
      "version: v1\nbreaking: {use: [FIELD_SAME_LABEL, FIELD_SAME_TYPE, FIELD_SAME_CTYPE], except: [FIELD_WIRE_COMPATIBLE_CARDINALITY]}\n",
  },
  "v1, CSR is not there": { "buf.yaml": "version: v1\nbreaking: {use: [CSR]}\n" },
  "v1 in a workspace": {
    "buf.work.yaml": "version: v1\ndirectories: [b, a]\n",
    "a/buf.yaml": "version: v1\nbreaking: {use: [WIRE_JSON]}\n",
    "b/buf.yaml": "version: v1\nbreaking: {ignore: [y]}\n",
  },
  "v1 in a workspace, one module without a file": {
    "buf.work.yaml": "version: v1\ndirectories: [a, b]\n",
    "a/buf.yaml": "version: v1\nbreaking: {ignore: [x/x.proto]}\n",
  },
  v1beta1: { "buf.yaml": "version: v1beta1\n" },
  "v1beta1, WIRE compares types": { "buf.yaml": "version: v1beta1\nbreaking: {use: [WIRE]}\n" },
  "v1beta1 with roots": {
    "buf.yaml": "version: v1beta1\nbuild: {roots: [a, b]}\nbreaking: {ignore: [y]}\n",
  },
  "buf.yaml without a version": { "buf.yaml": "breaking: {use: [WIRE]}\n" },
  "buf.yaml with a list where a map belongs": { "buf.yaml": "version: v2\nbreaking: [WIRE]\n" },
  "buf.yaml with an unknown key": { "buf.yaml": "version: v2\nbreaking: {uses: [WIRE]}\n" },
  "buf.yaml that is no YAML": { "buf.yaml": "version: v2\nbreaking: {use: [WIRE\n" },
};

/** The protos before, in two modules of which the first imports the second, both importing what ships with buf. */
export const before: Readonly<Record<string, string>> = {
  "a/x/x.proto": proto("x.v1", `import "google/protobuf/timestamp.proto";\n`, [
    "message X {\n  string a = 1;\n  repeated int32 b = 2;\n  int32 c = 3;\n  google.protobuf.Timestamp t = 4;\n}",
  ]),
  "a/x/gone.proto": proto("x.v1", "", ["message Gone {}"]),
  "a/x/unstable.proto": proto("x.v1beta1", "", ["message U { string a = 1; }"]),
  "b/y/y.proto": proto("y.v1", "", ["message Y {\n  string a = 1;\n}"]),
};

/** The protos after. */
export const after: Readonly<Record<string, string>> = {
  "a/x/x.proto": proto("x.v1", `import "google/protobuf/timestamp.proto";\n`, [
    "message X {\n  int32 a = 1;\n  int32 b = 2;\n  int64 c = 3;\n  google.protobuf.Timestamp t = 4;\n}",
  ]),
  "a/x/unstable.proto": proto("x.v1beta1", "", ["message U { int32 a = 1; }"]),
  "b/y/y.proto": proto("y.v1", "", ["message Y {\n  bytes a = 1;\n}"]),
};

function proto(name: string, imports: string, body: readonly string[]): string {
  return `syntax = "proto3";\npackage ${name};\n${imports}${body.join("\n")}\n`;
}
