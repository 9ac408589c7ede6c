import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { Proto4Error } from "../../../src/diagnostics/index.js";
import type { FileSlice } from "../../../src/image/index.js";
import { noCache, sha256 } from "../../../src/registry/blob-cache.js";
import { exportVersion, findSubject, loadImages, type Registry } from "../../../src/registry/index.js";
import { serializeImage } from "../../../src/registry/lookup/serialize-image.js";
import { push } from "../contracts.js";
import { describeStores, dump, openTestStore } from "../stores.js";
import { leadingOut, makeFile, oddPaths, type PushedFile, versions } from "./arbitrary-files.js";

/** More of them by PULLS. */
const runs = Number(process.env.PULLS ?? 1);

describeStores("what is pulled", ({ name, fresh }) => {
  test("is byte for byte what was pushed, in every version", { timeout: 60_000 * runs }, async () => {
    const property = fc.asyncProperty(versions, async (versions) => {
      await opened(fresh(), async (registry) => {
        const pushed: (readonly PushedFile[])[] = [];
        for (const files of versions) {
          const outcome = await push(registry.store, toRequest(files), { force: "random" });
          if (outcome.outcome === "published") pushed.push(files);
          else expect([outcome.outcome, files.map(told)]).toEqual(["unchanged", pushed.at(-1)?.map(told)]);
        }
        const found = (await findSubject(registry.store, "acme/user")).versions;
        expect(found).toHaveLength(pushed.length);
        const images = await loadImages(registry, found);
        for (const [place, files] of pushed.entries()) {
          expect(images[place]!.files.map(digestible)).toEqual(files.map(({ slice }) => digestible(slice)));
          await comparePulled(registry, found[place]!, files);
        }
      });
    });
    await fc.assert(property, { numRuns: runs * (name === "memory" ? 12 : 6) });
  });

  test("is byte for byte what was pushed though it has 5 MB that no compression makes smaller", async () => {
    await opened(fresh(), async (registry) => {
      const content = { salt: 1, isImport: false, tail: new Uint8Array() };
      const files = [
        makeFile("source.proto", { ...content, source: 5_000_000, option: 0 }),
        makeFile("option.proto", { ...content, source: undefined, option: 5_000_000 }),
      ];
      await push(registry.store, toRequest(files));
      const { versions } = await findSubject(registry.store, "acme/user");
      await comparePulled(registry, versions[0]!, files);
    });
  });

  test("of two paths that look alike is each its own", async () => {
    await opened(fresh(), async (registry) => {
      const files = oddPaths.map((path, salt) =>
        makeFile(path, { source: salt, option: salt, salt, isImport: false, tail: new Uint8Array() }),
      );
      expect(await push(registry.store, toRequest(files))).toMatchObject({ outcome: "published" });
      const { versions } = await findSubject(registry.store, "acme/user");
      expect((await loadImages(registry, versions))[0]?.files.map(digestible)).toEqual(
        files.map(({ slice }) => digestible(slice)),
      );
    });
  });

  test("is never under a path that leads out of its folder: such a push is refused, and changes no key", async () => {
    await opened(fresh(), async (registry) => {
      const content = { source: 10, option: 10, salt: 1, isImport: false, tail: new Uint8Array() };
      await push(registry.store, toRequest([makeFile("a.proto", content)]));
      const before = await dump(registry.store);
      const property = fc.asyncProperty(leadingOut, async (path) => {
        const request = toRequest([makeFile("a.proto", content), makeFile(path, content)]);
        const failure = await push(registry.store, request, { force: "random" }).catch((error) => error);
        expect(failure).toBeInstanceOf(Proto4Error);
        expect(failure).toMatchObject({ code: "image-corrupt", location: { path } });
        expect(await dump(registry.store)).toEqual(before);
      });
      await fc.assert(property, { numRuns: name === "consul" ? 15 : 60 });
    });
  });
});

/** A folder may not take what a store keeps: then it says so, and is not there. */
async function comparePulled(
  registry: Registry,
  version: { readonly packs: readonly string[] },
  files: readonly PushedFile[],
): Promise<void> {
  const beside = await mkdtemp(join(tmpdir(), "proto4-pull-"));
  const folder = join(beside, "out");
  try {
    await exportVersion(registry, version, folder);
    const wanted = files.flatMap(({ slice, source }) =>
      source === undefined ? [] : [`${slice.path} ${sha256(Buffer.from(source))}`],
    );
    const image = serializeImage({ files: files.map(({ slice }) => slice) });
    expect(await readAll(folder)).toEqual([...wanted, `image.binpb ${sha256(image)}`].sort());
    expect(files.some((file) => isHardToWrite(file, files))).toBe(false);
  } catch (error) {
    if (!(error instanceof Proto4Error)) throw error;
    expect(error).toMatchObject({ code: "output-unwritable", location: { path: folder } });
    expect(await readdir(beside)).toEqual([]);
    expect(files.some((file) => isHardToWrite(file, files))).toBe(true);
  } finally {
    await rm(beside, { recursive: true, force: true });
  }
}

/** What no folder takes: a name too long, a file where a folder is to be, or one in the image's place. */
function isHardToWrite({ slice: { path }, source }: PushedFile, files: readonly PushedFile[]): boolean {
  if (source === undefined) return false;
  const folders = files.some(
    (other) => other.source !== undefined && other.slice.path.startsWith(`${path}/`),
  );
  const tooLong = path.split("/").some((part) => Buffer.byteLength(part) > 255);
  return folders || tooLong || path === "image.binpb" || path.startsWith("image.binpb/");
}

async function readAll(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const lines = paths.map(async (path) => `${relative(folder, path)} ${sha256(await readFile(path))}`);
  return (await Promise.all(lines)).sort();
}

/** Short enough to be compared fast, and shown. */
function digestible(slice: FileSlice) {
  return { ...slice, bytes: `${slice.bytes.length} ${sha256(slice.bytes)}` };
}

function told({ slice, source }: PushedFile) {
  return { ...digestible(slice), source: source === undefined ? undefined : sha256(Buffer.from(source)) };
}

function toRequest(files: readonly PushedFile[]) {
  const sources = files.flatMap(({ slice, source }) =>
    source === undefined ? [] : [[slice.path, source] as const],
  );
  return { image: { files: files.map(({ slice }) => slice) }, sources: new Map(sources) };
}

async function opened(address: string, action: (registry: Registry) => Promise<void>): Promise<void> {
  const store = await openTestStore(address);
  try {
    await action({ store, cache: noCache });
  } finally {
    await store.close();
  }
}
