// proto4 through what its users call: the functions that the plug-in prints, and translators of plans made at run time.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { built, generated, work } from "../folders.mjs";

const { sliceImage } = await built("image/index.js");
const { compilePlan, mapSchema } = await built("mapping/index.js");
const { buildSchema } = await built("schema/index.js");
const { createTranslator } = await built("runtime/index.js");

/** What goes up is not trusted, and what goes down was written here: as a server has it. */
const options = { up: {}, down: { stash: "trust" } };

/** By a plan compiled now, as the registry's users and proxies have it. */
export function tableDriven(name) {
  const image = sliceImage(readFileSync(join(work, "image.binpb")), "image.binpb");
  const plan = compilePlan(mapSchema(buildSchema(image.files), { v4: `${name}.v4` }));
  return (message, direction) => createTranslator(plan, `${name}.v3.${message}`)[direction];
}

/**
 * By the code that the plug-in printed: `undefined` for messages of which it printed nothing but a plan, so that
 * their `upUser` is table-driven as well.
 */
export async function specialised(name) {
  const folder = join("proto4", name, "v4");
  const files = readdirSync(join(work, "js", folder)).filter((file) => file.endsWith("_proto4.js"));
  const text = files.map((file) => readFileSync(join(work, "js", folder, file), "utf8")).join("\n");
  const tables = new Set(
    [...text.matchAll(/ = (?:\/\* @__PURE__ \*\/ )?createTranslator\([\w$]+, "[\w.]+\.(\w+)"\);/g)].map(
      ([, message]) => message,
    ),
  );
  const modules = await Promise.all(files.map((file) => generated(join(folder, file))));
  const all = Object.assign({}, ...modules);
  return (message, direction) => (tables.has(message) ? undefined : all[direction + message]);
}

/** A function of bytes, whose result is memory of its own or, for an unchanged message, the input. */
export function intoNewBuffer(translate, direction) {
  const given = options[direction];
  return translate && ((bytes) => translate(bytes, given).value);
}

/**
 * The same into memory of the caller's, the same for all calls.
 * @returns `undefined` while the option is ignored
 */
export function intoCallersBuffer(translate, direction, sample) {
  const into = new Uint8Array(2 * sample.length + 1024);
  const given = { ...options[direction], into };
  const value = translate?.(sample, given).value;
  return value?.buffer === into.buffer ? (bytes) => translate(bytes, given).value : undefined;
}
