import { access } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Proto4Error, type Proto4ErrorCode } from "../diagnostics/index.js";
import type { HookUse } from "../mapping/index.js";
import type { Hook, HookClass, Hooks } from "../runtime/index.js";

/**
 * The user code for hooks, from an ES module that exports each under its name, or has them in the object that is
 * its default.
 * @param file relative to the working folder
 * @param uses which of them are needed, and where
 * @throws Proto4Error "usage", "input-unreadable", "hook-invalid" all that is missing or misshapen at once
 */
export async function loadHooks(file: string, uses: readonly HookUse[]): Promise<Hooks> {
  const exported = await loadExports(file);
  const names = [...new Set(uses.map(({ entry }) => entry.name))];
  const problems = names.flatMap((name) => {
    const what = whatIsWrong(exported(name), name, uses);
    return what === undefined ? [] : [new Proto4Error("hook-invalid", what, { location: { path: file } })];
  });
  const [first] = problems;
  if (first !== undefined)
    throw new Proto4Error(first.code, first.message, { location: first.location, problems });
  return Object.fromEntries(names.map((name) => [name, exported(name) as Hook]));
}

/**
 * The same, where it cannot be done without them.
 * @throws Proto4Error "usage" where hooks are needed and no file is given
 */
export async function requireHooks(file: string | undefined, uses: readonly HookUse[]): Promise<Hooks> {
  if (file !== undefined) return loadHooks(file, uses);
  const [first] = uses;
  if (first === undefined) return {};
  const { name } = first.entry;
  throw new Proto4Error(
    "usage",
    `the hook "${name}" converts ${tellUses(name, uses)}: give its code by --hooks FILE`,
  );
}

async function loadExports(file: string): Promise<(name: string) => unknown> {
  if (!/\.m?js$/.test(file))
    throw new Proto4Error("usage", `--hooks takes a module of JavaScript, .mjs or .js, and not ${file}`);
  await access(file).catch((cause: unknown) => {
    throw failed("input-unreadable", file, "this file cannot be read", cause);
  });
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(resolve(file)).href);
    return (name) => ownMember(module, name) ?? ownMember(module.default, name);
  } catch (cause) {
    const isMisnamed = cause instanceof SyntaxError && file.endsWith(".js");
    const hint = isMisnamed ? "; is it an ES module? Then call it .mjs" : "";
    throw failed("hook-invalid", file, `this module cannot be loaded${hint}`, cause);
  }
}

function failed(code: Proto4ErrorCode, path: string, what: string, cause: unknown): Proto4Error {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new Proto4Error(code, `${what}: ${why}`, { location: { path }, cause });
}

function ownMember(object: unknown, name: string): unknown {
  if (typeof object !== "object" || object === null || !Object.hasOwn(object, name)) return undefined;
  return (object as Record<string, unknown>)[name];
}

/** @returns `undefined` where it is a hook */
function whatIsWrong(code: unknown, name: string, uses: readonly HookUse[]): string | undefined {
  const wanted = `it converts ${tellUses(name, uses)}; write ${example(name)}`;
  if (code === undefined) return `there is no export "${name}": ${wanted}`;
  const { up, down, class: promise } = Object(code) as Record<string, unknown>;
  const lacking = Object.entries({ up, down }).find(([, member]) => typeof member !== "function");
  if (lacking !== undefined) return `the export "${name}" has no function "${lacking[0]}": ${wanted}`;
  if (promise === undefined || classes.includes(promise as HookClass)) return undefined;
  return `the export "${name}" has the class ${String(promise)}: write one of ${classes.join(", ")}, or none`;
}

const classes: readonly HookClass[] = ["ISO", "LENS", "PRISM", "OPAQUE"];

/** `first, last → name of shop.v4.User`, for every message that names the hook. */
function tellUses(name: string, uses: readonly HookUse[]): string {
  return uses
    .filter(({ entry }) => entry.name === name)
    .map(({ entry: { v3, v4 }, message }) => {
      const [elder, newer] = [v3, v4].map((fields) => fields.map((field) => field.name).join(", "));
      return `${elder} → ${newer} of ${message.v4.fullName}`;
    })
    .join("; ");
}

function example(name: string): string {
  const code = "{ up(fields) { … }, down(fields) { … } }";
  if (/^[A-Za-z_$][\w$]*$/.test(name)) return `export const ${name} = ${code}`;
  return `export default { ${JSON.stringify(name)}: ${code} }`;
}
