import { Proto4Error } from "../../diagnostics/index.js";
import { checkKey } from "./limits.js";
import { shownAddress } from "./shown-address.js";

/** `consul://HOST:PORT[/prefix][?dc=NAME]` taken apart. */
export interface ConsulUrl {
  readonly host: string;
  readonly port: number;
  /** Before every key: empty, or with a slash at its end. */
  readonly prefix: string;
  /** The agent's own if not given. */
  readonly datacenter: string | undefined;
}

/** @throws Proto4Error "usage" */
export function parseConsulUrl(url: string): ConsulUrl {
  // Not by URL, which would fold the dots of a/../b before anybody sees them.
  const [whole, host = "", port = defaultPort, path = "", datacenter] = pattern.exec(url) ?? [];
  if (whole === undefined || Number(port) > 65_535) throw malformed(url, "it is not of the right form");
  const prefix = path.replace(/\/$/, "");
  if (prefix.length > maxPrefixLength) throw malformed(url, `its prefix is longer than ${maxPrefixLength}`);
  if (prefix !== "" && !isKey(prefix)) throw malformed(url, "its prefix must be plain names between slashes");
  return { host, port: Number(port), prefix: prefix === "" ? "" : `${prefix}/`, datacenter };
}

function isKey(prefix: string): boolean {
  try {
    checkKey(prefix);
    return true;
  } catch {
    return false;
  }
}

function malformed(url: string, why: string): Proto4Error {
  return new Proto4Error(
    "usage",
    `"${shownAddress(url)}" is no address of a Consul: ${why}; write consul://HOST:PORT[/prefix][?dc=NAME], and give a token by CONSUL_HTTP_TOKEN or the option token`,
  );
}

const pattern = /^consul:\/\/([\w.-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?(?:\/([^?]*))?(?:\?dc=([\w-]{1,64}))?$/i;
const defaultPort = "8500";
const maxPrefixLength = 128;
