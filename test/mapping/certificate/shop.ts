import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Compiled, compile } from "../compile.js";

/** The demo's contract, compiled. */
export async function compileShop(): Promise<Compiled> {
  return compile(await shopSources());
}

/** Its sources by path. */
export async function shopSources(): Promise<Readonly<Record<string, string>>> {
  const paths = ["v3", "v4"].flatMap((package_) =>
    ["order", "user"].map((name) => `shop/${package_}/${name}.proto`),
  );
  const texts = await Promise.all(paths.map((path) => readFile(join(shop, path), "utf8")));
  return Object.fromEntries(paths.map((path, index) => [path, texts[index]!]));
}

const shop = join(import.meta.dirname, "../../../fixtures/shop/proto");
