// Makes what the cells run: stubs of every peer from the same protos, compiled, and the messages to translate.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findBuf } from "../../dist/src/image/find-buf.js";
import { root, work } from "./folders.mjs";
import { manyTypes } from "./many-types.mjs";

const bin = (name) => join(root, "node_modules/.bin", name);

/** Everything is made anew: the protos and the plug-in may have changed since. */
export async function prepare() {
  rmSync(work, { recursive: true, force: true });
  const protos = join(work, "proto");
  cpSync(join(root, "bench/translate/proto"), protos, { recursive: true });
  cpSync(join(root, "proto/proto4/options.proto"), join(protos, "proto4/options.proto"));
  writeFileSync(join(protos, "buf.yaml"), "version: v2\n");
  const many = manyTypes();
  for (const [path, text] of Object.entries(many.protos)) {
    mkdirSync(dirname(join(protos, path)), { recursive: true });
    writeFileSync(join(protos, path), text);
  }
  generateStubs(protos);
  compileStubs();
  mkdirSync(join(work, "js/many"), { recursive: true });
  writeFileSync(join(work, "js/many/changes.mjs"), many.changes);
  execFileSync(findBuf(), ["build", "-o", join(work, "image.binpb")], { cwd: protos });
  const { writeInputs } = await import("./inputs.mjs");
  await writeInputs();
}

/** The plug-in brings the stubs of protobuf-es along; ts-proto gets its defaults, but for what ES modules ask. */
function generateStubs(protos) {
  const plugin = join(root, "dist/plugins/protoc-gen-proto4.js");
  const tsProto = (out, ...opt) => ({
    local: bin("protoc-gen-ts_proto"),
    out: join(work, "ts", out),
    strategy: "all",
    opt: ["importSuffix=.js", ...opt],
  });
  const proto4 = { local: [process.execPath, plugin], out: join(work, "ts/proto4"), strategy: "all" };
  generate(protos, [proto4]);
  // ts-proto is not asked to translate the five hundred types.
  generate(protos, [tsProto("ts-proto"), tsProto("ts-proto-node", "env=node")], "--path", "bench");
}

function generate(protos, plugins, ...flags) {
  const template = JSON.stringify({ version: "v2", plugins });
  const command = ["generate", "--template", template, ...flags];
  execFileSync(findBuf(), command, { cwd: protos, stdio: "inherit" });
}

function compileStubs() {
  const settings = {
    compilerOptions: {
      target: "es2022",
      module: "nodenext",
      types: ["node"],
      // Generators are tested elsewhere; here only the JavaScript is wanted.
      noCheck: true,
      rootDir: "ts",
      outDir: "js",
    },
    include: ["ts"],
  };
  writeFileSync(join(work, "tsconfig.json"), JSON.stringify(settings));
  execFileSync(bin("tsc"), ["-p", work], { stdio: "inherit" });
}
