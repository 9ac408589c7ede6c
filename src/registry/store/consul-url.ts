import { Proto4Error } from "../../diagnostics/index.js";
import { checkKey } from "./limits.js";

/** `consul://HOST:PORT[/prefix]` taken apart. */
export interface ConsulUrl {
  readonly host: string;
  readonly port: number;
  /** Before every key: empty, or with a slash at its end. */
  readonly prefix: string;
}

/** @throws Proto4Error "usage" */
export function parseConsulUrl(url: string): ConsulUrl {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (parsed === undefined || parsed.hostname === "") throw malformed(url, "it names no host");
  if (parsed.search + parsed.hash + parsed.username + parsed.password !== "")
    throw malformed(url, "it may hold a host, a port and a prefix only");
  const prefix = parsed.pathname.replace(/^\/|\/$/g, "");
  return {
    host: parsed.hostname.replace(/^\[|\]$/g, ""),
    port: parsed.port === "" ? defaultPort : Number(parsed.port),
    prefix: prefix === "" ? "" : `${checkedPrefix(url, prefix)}/`,
  };
}

function checkedPrefix(url: string, prefix: string): string {
  try {
    checkKey(prefix);
  } catch {
    throw malformed(url, "its prefix must be plain names between single slashes");
  }
  if (prefix.length > maxPrefixLength) throw malformed(url, `its prefix is longer than ${maxPrefixLength}`);
  return prefix;
}

function malformed(url: string, why: string): Proto4Error {
  return new Proto4Error(
    "usage",
    `"${url}" is no address of a Consul: ${why}; write consul://HOST:PORT[/prefix]`,
  );
}

const defaultPort = 8500;
const maxPrefixLength = 128;
