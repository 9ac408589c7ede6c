import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buffer, text } from "node:stream/consumers";
import {
  createFileRegistry,
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonValue,
  type Message,
  toBinary,
} from "@bufbuild/protobuf";
import { sizeDelimitedEncode } from "@bufbuild/protobuf/wire";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { findBuf } from "../../../src/image/find-buf.js";
import { main, run } from "../proto4.js";

const project = resolve(import.meta.dirname, "../../..");

/** A folder with the contract of fixtures/shop, as sources and as an image, and what protobuf-es makes of it. */
export interface Shop {
  readonly folder: string;
  find(message: string): DescMessage;
  /** Bytes of a message given as JSON. */
  encode(message: string, json: JsonValue): Uint8Array;
  /** A stream with the length before each message. */
  stream(message: string, jsons: readonly JsonValue[]): Uint8Array;
}

export async function makeShop(): Promise<Shop> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-translate-"));
  for (const name of ["proto", "buf.yaml"])
    await cp(join(project, "fixtures/shop", name), join(folder, name), { recursive: true });
  await mkdir(join(folder, "proto/proto4"));
  await cp(join(project, "proto/proto4/options.proto"), join(folder, "proto/proto4/options.proto"));
  await run(findBuf(), ["build", "-o", "shop.binpb"], folder);
  const image = await readFile(join(folder, "shop.binpb"));
  const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, image));
  const find = (message: string) => registry.getMessage(message)!;
  const read = (message: string, json: JsonValue): Message => fromJson(find(message), json);
  return {
    folder,
    find,
    encode: (message, json) => toBinary(find(message), read(message, json)),
    stream: (message, jsons) =>
      Buffer.concat(jsons.map((json) => sizeDelimitedEncode(find(message), read(message, json)))),
  };
}

export interface Translated {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs the built `proto4 translate` with `input` on its standard input. */
export async function translate(
  { folder }: Shop,
  args: readonly string[],
  input: string | Uint8Array = "",
): Promise<Translated> {
  const child = spawn(process.execPath, [main, "translate", ...args], { cwd: folder });
  // A command that refuses does not wait for its input.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const ended = new Promise<Pick<Translated, "code" | "signal">>((done) => {
    child.on("close", (code, signal) => done({ code, signal }));
  });
  const [stdout, stderr, end] = await Promise.all([buffer(child.stdout), text(child.stderr), ended]);
  return { ...end, stdout, stderr };
}
