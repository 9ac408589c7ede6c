import { once } from "node:events";
import { createServer, request as forward } from "node:http";
import type { AddressInfo } from "node:net";

/** Stands before a Consul and writes down what it is asked. */
export interface CountingProxy {
  /** host:port */
  readonly address: string;
  /** `GET /v1/kv/…`, one for each request since the last look. */
  readonly take: () => readonly string[];
  readonly close: () => Promise<void>;
}

/** @param target host:port of the Consul */
export async function startCountingProxy(target: string): Promise<CountingProxy> {
  const [host, port] = target.split(":");
  let asked: string[] = [];
  const server = createServer((request, response) => {
    const { method, url: path, headers } = request;
    asked.push(`${method} ${path}`);
    const onward = forward({ host, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => {
      const taken = asked;
      asked = [];
      return taken;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
