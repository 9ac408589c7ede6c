import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findConsul, freePorts, startConsul } from "./consul.js";

/** Certificates that `consul tls` made, as the paths of their files. */
export interface Certificates {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** A Consul that talks to nobody without a certificate of its own CA. */
export interface TlsConsul {
  /** host:port of HTTPS. */
  readonly address: string;
  /** host:port of plain HTTP. */
  readonly plain: string;
  /** Of a client that it trusts. */
  readonly client: Certificates;
  /** Of a client of another CA. */
  readonly stranger: Certificates;
  readonly stop: () => Promise<void>;
}

export async function startTlsConsul(): Promise<TlsConsul> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-tls-"));
  const own = await makeCertificates(join(folder, "own"));
  const foreign = await makeCertificates(join(folder, "foreign"));
  const [https] = await freePorts(1);
  const { ca, cert, key } = own.server;
  const rules = `verify_incoming = true, ca_file = "${ca}", cert_file = "${cert}", key_file = "${key}"`;
  const agent = await startConsul(["-hcl", rules, "-hcl", `ports { https = ${https} }`]);
  return {
    address: `127.0.0.1:${https}`,
    plain: agent.address,
    client: own.client,
    stranger: foreign.client,
    stop: async () => {
      await agent.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The PEM texts of certificates. */
export async function readCertificates({ ca, cert, key }: Certificates) {
  const [caText, certText, keyText] = await Promise.all(
    [ca, cert, key].map((path) => readFile(path, "utf8")),
  );
  return { ca: caText!, cert: certText!, key: keyText! };
}

async function makeCertificates(folder: string) {
  await mkdir(folder);
  const consul = await findConsul();
  const tls = (...args: readonly string[]) => run(consul, ["tls", ...args], { cwd: folder });
  await tls("ca", "create");
  await tls("cert", "create", "-server", "-dc", "dc1");
  await tls("cert", "create", "-client", "-dc", "dc1");
  const of = (kind: string): Certificates => ({
    ca: join(folder, "consul-agent-ca.pem"),
    cert: join(folder, `dc1-${kind}-consul-0.pem`),
    key: join(folder, `dc1-${kind}-consul-0-key.pem`),
  });
  return { server: of("server"), client: of("client") };
}

const run = promisify(execFile);
