import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { createSecureContext } from "node:tls";
import Consul from "consul";
import { Proto4Error } from "../../diagnostics/index.js";
import type { ConsulUrl } from "./consul-url.js";
import type { StoreOptions, StoreTls } from "./store.js";

/**
 * The client of one Consul. Its connections are kept and used again; it does not connect yet.
 * @throws Proto4Error "usage" for certificates, keys and tokens that are none
 */
export function makeConsulClient(
  { host, port, datacenter }: ConsulUrl,
  { token, tls }: Pick<StoreOptions, "token" | "tls">,
): Consul {
  checkToken(token);
  const defaults = { ...(token ? { token } : {}), ...(datacenter === undefined ? {} : { dc: datacenter }) };
  // The client hands an IPv6 address on in its brackets, in which nobody finds it; an agent's own host wins.
  const direct = host.startsWith("[") ? { ...connections, host: host.slice(1, -1) } : connections;
  const agent = tls === undefined ? new HttpAgent(direct) : new HttpsAgent({ ...direct, ...secure(tls) });
  return new Consul({ host, port, secure: tls !== undefined, agent, defaults });
}

/** It would look like a Consul that does not answer. The token itself has no place in a message. */
function checkToken(token: string | undefined): void {
  if (!token || /^[\x21-\x7e]+$/.test(token)) return;
  throw new Proto4Error(
    "usage",
    "the ACL token for Consul holds a space, a line break or another sign that none has: does the file that it comes from end in a line break?",
  );
}

function secure({ ca, cert, key, serverName }: StoreTls) {
  const pems = {
    ...(ca === undefined ? {} : { ca }),
    ...(cert === undefined ? {} : { cert }),
    ...(key === undefined ? {} : { key }),
  };
  if ((cert === undefined) !== (key === undefined))
    throw new Proto4Error("usage", "a client certificate and its key go together: give both, or neither");
  try {
    createSecureContext(pems);
  } catch (cause) {
    throw new Proto4Error(
      "usage",
      `the certificates for Consul cannot be used (${(cause as Error).message}); give PEM files, and the key that belongs to the certificate`,
      { cause },
    );
  }
  return { ...pems, ...(serverName === undefined ? {} : { servername: serverName }) };
}

/** Consul refuses a client's 201st connection. @see https://developer.hashicorp.com/consul/docs/reference/agent/configuration-file/general#http_max_conns_per_client */
const connections = { keepAlive: true, maxSockets: 128 } as const;
