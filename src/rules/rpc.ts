import type { ChangeOf } from "../diff/index.js";
import { placeOf } from "./place.js";
import { lifecycleSource, methodSource } from "./proto-source.js";
import type { Rule } from "./rule.js";
import { steps } from "./steps.js";

export const rpcNoDelete: Rule = {
  id: "RPC_NO_DELETE",
  purpose: "Checks that methods are not deleted from a service.",
  severity: "error",
  categories: ["FILE", "PACKAGE"],
  judge: {
    "method-removed": ({ before, parent }) => [
      {
        message: `method ${before.name} left service ${parent.fullName}`,
        at: placeOf(parent),
        suggestion: steps(["mark it DEPRECATED first", lifecycleSource(before, "DEPRECATED")]),
      },
    ],
  },
};

export const rpcSameRequestType: Rule = {
  id: "RPC_SAME_REQUEST_TYPE",
  purpose: "Checks that methods keep the type of their request.",
  severity: "error",
  categories: ["FILE", "PACKAGE", "WIRE_JSON", "WIRE", "CSR"],
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

function wayOut({
  before,
  after,
}: ChangeOf<"method-request-changed" | "method-response-changed">): readonly string[] {
  return steps(
    ["keep it", methodSource(before)],
    ["add the other beside it", methodSource({ ...after, name: `${after.name}V2` }, [])],
  );
}
