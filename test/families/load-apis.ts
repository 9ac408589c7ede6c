import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { findBuf } from "../../src/image/find-buf.js";
import { type Image, loadImage } from "../../src/image/index.js";
import { root } from "../setup/source-files.js";

const protos = join(root, "node_modules/google-proto-files");
const cache = join(root, ".cache/families");

/** Google's APIs as npm ships them, or those in some folders; buf refuses the MessageSets beside google/protobuf. */
export async function loadApis(folders?: readonly string[]): Promise<Image> {
  const excludePaths = ["google/protobuf"];
  if (folders !== undefined) return loadImage(".", { cwd: protos, excludePaths, paths: folders });
  return loadImage(compiled());
}

/** The version of google-proto-files. */
export function apisVersion(): string {
  return JSON.parse(readFileSync(join(protos, "package.json"), "utf8")).version;
}

/** The path of an image of all, which takes half a minute: once for each version. */
function compiled(): string {
  const image = join(cache, `google-proto-files-${apisVersion()}.binpb`);
  if (existsSync(image)) return image;
  mkdirSync(cache, { recursive: true });
  const draft = join(cache, `draft-${process.pid}.binpb`);
  const flags = ["--exclude-path", "google/protobuf", "--exclude-source-info", "-o", draft];
  const built = spawnSync(findBuf(), ["build", ".", ...flags], { cwd: protos, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`${protos} does not compile: ${built.stderr}`);
  renameSync(draft, image);
  return image;
}
