import { readFileSync } from "node:fs";
import { Proto4Error } from "../diagnostics/index.js";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What a store needs from outside, by Consul's own variables. A certificate counts only where
 * CONSUL_HTTP_SSL asks for TLS, as with Consul's own commands.
 * @throws Proto4Error "usage", "input-unreadable"
 * @see https://developer.hashicorp.com/consul/commands#environment-variables
 */
export function loadStoreOptions(env: Environment = process.env) {
  const tls = isTrue("CONSUL_HTTP_SSL", env.CONSUL_HTTP_SSL) ? loadTls(env) : undefined;
  return { now: Date.now, random: Math.random, token: env.CONSUL_HTTP_TOKEN || undefined, tls };
}

function loadTls(env: Environment) {
  return {
    ca: loadPem("CONSUL_CACERT", env),
    cert: loadPem("CONSUL_CLIENT_CERT", env),
    key: loadPem("CONSUL_CLIENT_KEY", env),
    serverName: env.CONSUL_TLS_SERVER_NAME || undefined,
  };
}

function loadPem(name: string, env: Environment): string | undefined {
  const path = env[name];
  if (!path) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new Proto4Error("input-unreadable", `the file that ${name} names cannot be read`, {
      location: { path },
      cause,
    });
  }
}

/** Go's notion of a truth, which is Consul's. @see https://pkg.go.dev/strconv#ParseBool */
function isTrue(name: string, value: string | undefined): boolean {
  if (!value || /^(0|f|F|FALSE|false|False)$/.test(value)) return false;
  if (/^(1|t|T|TRUE|true|True)$/.test(value)) return true;
  throw new Proto4Error("usage", `${name} is "${value}": write true or false`);
}
