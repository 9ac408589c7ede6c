import type { ChangeOf } from "../diff/index.js";
import { lifecycleSteps } from "./lifecycle-steps.js";
import { placeOf } from "./place.js";
import { methodSource } from "./proto-source.js";
import type { Judgement, Rule } from "./rule.js";
import { steps } from "./steps.js";

export const rpcNoDelete: Rule = {
  id: "RPC_NO_DELETE",
  purpose: "Checks that methods are not deleted from a service.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_PRECISE"],
  breaks: ["source", "rpc"],
  judge: {
    "method-removed": ({ before, parent }) => [
      {
        message: `method ${before.name} left service ${parent.fullName}`,
        at: placeOf(parent),
        suggestion: steps(...lifecycleSteps("mark it DEPRECATED first", before, "DEPRECATED")),
      },
    ],
  },
};

export const rpcSameRequestType: Rule = {
  id: "RPC_SAME_REQUEST_TYPE",
  purpose: "Checks that methods keep the type of their request.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["source", "rpc"],
  judge: {
    "method-request-changed": (change) => [
      {
        message: `method ${change.after.fullName} takes ${change.to} instead of ${change.from}`,
        at: placeOf(change.after, "input"),
        suggestion: wayOut(change),
      },
    ],
  },
};

export const rpcSameResponseType: Rule = {
  id: "RPC_SAME_RESPONSE_TYPE",
  purpose: "Checks that methods keep the type of their response.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["source", "rpc"],
  judge: {
    "method-response-changed": (change) => [
      {
        message: `method ${change.after.fullName} returns ${change.to} instead of ${change.from}`,
        at: placeOf(change.after, "output"),
        suggestion: wayOut(change),
      },
    ],
  },
};

export const rpcSameClientStreaming: Rule = {
  id: "RPC_SAME_CLIENT_STREAMING",
  purpose: "Checks that methods keep taking one request, or a stream of them.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR", "WIRE_PRECISE"],
  breaks: ["source", "rpc"],
  judge: {
    "method-streaming-changed": (change) =>
      change.before.clientStreaming === change.after.clientStreaming ? [] : [restreamed(change, "takes")],
  },
};

export const rpcSameServerStreaming: Rule = {
  id: "RPC_SAME_SERVER_STREAMING",
  purpose: "Checks that methods keep returning one response, or a stream of them.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR", "WIRE_PRECISE"],
  breaks: ["source", "rpc"],
  judge: {
    "method-streaming-changed": (change) =>
      change.before.serverStreaming === change.after.serverStreaming ? [] : [restreamed(change, "returns")],
  },
};

export const rpcSameIdempotencyLevel: Rule = {
  id: "RPC_SAME_IDEMPOTENCY_LEVEL",
  purpose: "Checks that methods keep what they promise of being called again.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
  breaks: ["rpc"],
  judge: {
    "method-idempotency-changed": ({ after, from, to }) => [
      {
        message: `method ${after.fullName} changed its idempotency_level from ${from} to ${to}`,
        at: placeOf(after, "idempotency"),
        suggestion: steps(["keep it", `option idempotency_level = ${from};`]),
      },
    ],
  },
};

function restreamed(change: ChangeOf<"method-streaming-changed">, verb: "takes" | "returns"): Judgement {
  const side = verb === "takes" ? "clientStreaming" : "serverStreaming";
  const [one, stream] = verb === "takes" ? ["one request", "requests"] : ["one response", "responses"];
  const now = change.after[side] ? `a stream of ${stream} instead of one` : `${one} instead of a stream`;
  return {
    message: `method ${change.after.fullName} ${verb} ${now}`,
    at: placeOf(change.after),
    suggestion: wayOut(change),
  };
}

function wayOut({
  before,
  after,
}: ChangeOf<
  "method-request-changed" | "method-response-changed" | "method-streaming-changed"
>): readonly string[] {
  return steps(
    ["keep it", methodSource(before)],
    ["add the other beside it", methodSource({ ...after, name: `${after.name}V2` }, [])],
  );
}
