import { once } from "node:events";
import { createServer as createHttp1, type Server } from "node:http";
import { createServer as createHttp2, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { AddressInfo } from "node:net";
import type { ConnectRouter } from "@connectrpc/connect";
import { connectNodeAdapter } from "@connectrpc/connect-node";

/** The same routes on two ports of loopback; URLs without a path. */
export interface RunningServer {
  readonly http1: string;
  readonly http2: string;
  stop(): Promise<void>;
}

export async function startServer(routes: (router: ConnectRouter) => void): Promise<RunningServer> {
  const http1 = createHttp1(connectNodeAdapter({ routes }));
  const http2 = createHttp2(connectNodeAdapter({ routes }));
  // close() alone waits for sessions that clients keep open.
  const sessions = new Set<ServerHttp2Session>();
  http2.on("session", (session) => sessions.add(session));
  return {
    http1: await listen(http1),
    http2: await listen(http2),
    async stop() {
      for (const session of sessions) session.destroy();
      http1.closeAllConnections();
      await Promise.all([http1, http2].map((server) => once(server.close(), "close")));
    },
  };
}

async function listen(server: Server | Http2Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
