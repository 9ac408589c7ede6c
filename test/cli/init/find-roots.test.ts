import { expect, test } from "vitest";
import { findRoots } from "../../../src/cli/init/find-roots.js";

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["a folder like its package says where imports start", { "api/acme/v1/a.proto": "acme.v1" }, ["api"]],
  ["it may be the workspace itself", { "acme/v1/a.proto": "acme.v1" }, ["."]],
  [
    "each of several modules has its own",
    { "b/proto/x/b.proto": "x", "a/proto/y/a.proto": "y" },
    ["a/proto", "b/proto"],
  ],
  ["a root inside another is none", { "x/a.proto": "x", "third/x/b.proto": "x" }, ["."]],
  [
    "files that say nothing belong to the root around them",
    { "api/x/a.proto": "x", "api/b.proto": "" },
    ["api"],
  ],
  ["where some lie outside, all share one", { "api/x/a.proto": "x", "b.proto": "" }, ["."]],
  ["by custom, that is proto", { "proto/a.proto": "", "proto/sub/b.proto": "acme" }, ["proto"]],
  ["a package that ends alike is another one", { "proto/xacme/a.proto": "acme" }, ["proto"]],
  ["without any file, protos will lie in proto", {}, ["proto"]],
])("%s", (_, files, roots) => {
  const protos = Object.entries(files).map(([path, name]) => ({ path, package: name, imports: [] }));
  expect(findRoots(protos)).toEqual(roots);
});

test.each<[string, Readonly<Record<string, readonly string[]>>, readonly string[]]>([
  ["an import that is here tells", { "src/main/a.proto": ["b.proto"], "src/main/b.proto": [] }, ["src/main"]],
  ["one that is not, does not", { "src/main/a.proto": ["google/protobuf/any.proto"] }, ["."]],
  [
    "one that may be of several, does not",
    { "a/x.proto": ["y.proto"], "a/y.proto": [], "b/y.proto": [] },
    ["."],
  ],
  [
    "a stray file does not take the root away from which others import",
    { "api/x/v1/a.proto": ["x/v1/b.proto"], "api/x/v1/b.proto": [], "test/c.proto": [] },
    ["api"],
  ],
  [
    "but where the files around it import by their common root, that is it",
    {
      "api/x/v1/a.proto": ["api/x/v1/b.proto"],
      "api/x/v1/b.proto": [],
      "test/c.proto": ["api/x/v1/a.proto"],
    },
    ["."],
  ],
])("%s", (_, files, roots) => {
  const protos = Object.entries(files).map(([path, imports]) => ({
    path,
    package: path.includes("/x/v1/") ? "x.v1" : "",
    imports,
  }));
  expect(findRoots(protos)).toEqual(roots);
});
