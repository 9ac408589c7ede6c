import type { Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import type { RunningServer } from "./start-server.js";

/** How a client may speak to the server; streams in both directions at once need HTTP/2. */
export interface Dialect {
  readonly name: string;
  readonly bidi: boolean;
  connect(server: RunningServer): Transport;
}

export const dialects: readonly Dialect[] = [
  {
    name: "Connect, binary, HTTP/2",
    bidi: true,
    connect: ({ http2 }) => createConnectTransport({ baseUrl: http2, httpVersion: "2" }),
  },
  {
    name: "Connect, JSON, HTTP/2",
    bidi: true,
    connect: ({ http2 }) =>
      createConnectTransport({ baseUrl: http2, httpVersion: "2", useBinaryFormat: false }),
  },
  {
    name: "Connect, binary, HTTP/1.1",
    bidi: false,
    connect: ({ http1 }) => createConnectTransport({ baseUrl: http1, httpVersion: "1.1" }),
  },
  {
    name: "Connect, JSON, HTTP/1.1, GET where it may",
    bidi: false,
    connect: ({ http1 }) =>
      createConnectTransport({
        baseUrl: http1,
        httpVersion: "1.1",
        useBinaryFormat: false,
        useHttpGet: true,
      }),
  },
  {
    name: "gRPC, binary",
    bidi: true,
    connect: ({ http2 }) => createGrpcTransport({ baseUrl: http2 }),
  },
  {
    name: "gRPC, JSON",
    bidi: true,
    connect: ({ http2 }) => createGrpcTransport({ baseUrl: http2, useBinaryFormat: false }),
  },
  {
    name: "gRPC-Web, binary, HTTP/1.1",
    bidi: false,
    connect: ({ http1 }) => createGrpcWebTransport({ baseUrl: http1, httpVersion: "1.1" }),
  },
  {
    name: "gRPC-Web, JSON, HTTP/2",
    bidi: true,
    connect: ({ http2 }) =>
      createGrpcWebTransport({ baseUrl: http2, httpVersion: "2", useBinaryFormat: false }),
  },
];
