import type { Registry } from "@bufbuild/protobuf";
import type { Plan } from "../../src/runtime/index.js";
import { answer } from "./answer.js";
import { makePeer, type Peer, type PeerName } from "./peer.js";
import { readRequest, writeResponse } from "./protocol.js";

/** Bytes of a request to bytes of its response. */
export type Respond = (request: Uint8Array) => Uint8Array;

/** All that a testee does, but for input and output. */
export function responder(name: PeerName, registry: Registry, plans: readonly Plan[]): Respond {
  const peers = new Map<string, Peer>();
  return (bytes) => {
    const request = readRequest(registry, bytes);
    const { messageType } = request;
    // The runner begins by asking for a list of known failures: there is none.
    if (messageType === "conformance.FailureSet")
      return writeResponse(registry, { case: "protobufPayload", value: new Uint8Array() });
    const peer = peers.get(messageType) ?? makePeer(name, registry, plans, messageType);
    peers.set(messageType, peer);
    return writeResponse(registry, answer(request, peer, registry));
  };
}
