import { imageSide, type PolicyFile, type Side } from "../../../src/gate/index.js";
import type { Image } from "../../../src/image/index.js";
import { loadSources } from "../../rules/fixture.js";
import { writeSources } from "../../setup/sources.js";

/** A side made of sources, compiled beside proto4's options, which are no part of it. */
export async function sideOf(files: Readonly<Record<string, string>>): Promise<Side> {
  return toSide(await loadSources(await writeSources(files)));
}

export function toSide({ files }: Image, policy?: PolicyFile): Side {
  const own = files.map((file) => (file.path.startsWith("proto4/") ? { ...file, isImport: true } : file));
  return imageSide("test", { files: own }, undefined, policy);
}

/** One file of package shop.v1, in proto3, that may use proto4's options. */
export function shop(body: string): Readonly<Record<string, string>> {
  return {
    "shop/v1/shop.proto": `syntax = "proto3"; package shop.v1; import "proto4/options.proto"; ${body}`,
  };
}
