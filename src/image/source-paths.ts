import { type BufOptions, runBuf } from "./run-buf.js";

/**
 * Where the files of an input lie, by the path that imports spell: `shop/v1/order.proto` may lie in
 * `proto/shop/v1/order.proto`. Files of an image or of a git reference lie nowhere and are left out.
 * @throws Proto4Error "compiler-missing", "input-unreadable"
 */
export async function sourcePaths(
  input: string,
  options: BufOptions = {},
): Promise<ReadonlyMap<string, string>> {
  const listed = await runBuf("ls-files", input, ["--format", "json"], options);
  const files = Buffer.from(listed).toString().split("\n").filter(Boolean).map(readLine);
  return new Map(files.filter(([, path]) => path !== ""));
}

function readLine(line: string): readonly [importPath: string, path: string] {
  const { import_path, path } = JSON.parse(line);
  return [String(import_path), String(path)];
}
