import { afterEach, beforeEach, expect, test } from "vitest";
import { sliceFile } from "../../../src/image/index.js";
import { findVersions } from "../../../src/registry/lookup/find-versions.js";
import type { Store } from "../../../src/registry/store/index.js";
import { encoded } from "../../schema/random-contract.js";
import { push } from "../contracts.js";
import { describeStores, openTestStore } from "../stores.js";

const names = Array.from({ length: 130 }, (_, number) => `p${number}`);

describeStores("more subjects than a store lists at once", ({ fresh }) => {
  let store: Store;

  beforeEach(async () => {
    store = await openTestStore(fresh());
    for (const name of names) {
      const file = { name: `${name}.proto`, package: name, messageType: [{ name: "One" }] };
      const image = { files: [sliceFile(encoded(file))] };
      await push(store, { image, sources: new Map() }, { subject: `many/${name}` });
    }
  });
  afterEach(() => store.close());

  test("are found in the order in which they were asked for, and one that is missing is named", async () => {
    const refs = names.map((name) => ({ subject: `many/${name}`, version: undefined })).reverse();
    const found = await findVersions(store, refs);
    expect(found.map(([named]) => [named!.subject, named!.version.contracts[0]!.package])).toEqual(
      names.map((name) => [`many/${name}`, name]).reverse(),
    );
    const missing = { subject: "many/none", version: undefined };
    await expect(findVersions(store, [...refs, missing])).rejects.toMatchObject({
      code: "subject-missing",
      message: expect.stringContaining("many/none"),
    });
  });
});
