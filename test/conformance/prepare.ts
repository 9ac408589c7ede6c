import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { rolldown } from "rolldown";
import { conformanceProtos } from "../setup/conformance-runner.js";
import { type Generations, loadGenerations } from "./load-generations.js";

/** What the runner can start, and what that reads. */
export interface Prepared extends Generations {
  readonly folder: string;
  /** A script for Node that takes a peer's name and the folder. */
  readonly testee: string;
}

/**
 * Maps the test messages and bundles the testee.
 * @param sources the folder that this file lies in
 * @param folder where to put them; made if need be, below the project so that packages are found
 */
export async function prepare(sources: string, folder: string): Promise<Prepared> {
  const generations = await loadGenerations(conformanceProtos());
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "image.binpb"), generations.image);
  await writeFile(join(folder, "plans.json"), JSON.stringify(generations.plans));
  const testee = join(folder, "testee.mjs");
  const bundle = await rolldown({
    input: join(sources, "testee.ts"),
    platform: "node",
    external: /^[^./]/,
    resolve: { extensionAlias: { ".js": [".ts"] } },
  });
  await bundle.write({ file: testee });
  await bundle.close();
  return { ...generations, folder, testee };
}
