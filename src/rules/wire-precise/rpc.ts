import type { ChangeOf } from "../../diff/index.js";
import type { Method } from "../../schema/index.js";
import { placeOf } from "../place.js";
import { methodSource } from "../proto-source.js";
import type { Judgement, Rule, RuleContext } from "../rule.js";
import { steps } from "../steps.js";
import { messageNamed, type Way } from "./misread.js";
import { misreadMessage } from "./type.js";
import { askBothWays } from "./ways.js";

export const rpcPreciseRequestType: Rule = {
  id: "RPC_PRECISE_REQUEST_TYPE",
  purpose: "Checks that servers read every request as it was meant, whatever its type is called.",
  severity: "error",
  categories: ["WIRE_PRECISE"],
  breaks: ["elder-readers", "newer-readers", "rpc"],
  judge: {
    "method-request-changed": (change, context) => judgeType(change, context, "takes", "input"),
  },
};

export const rpcPreciseResponseType: Rule = {
  id: "RPC_PRECISE_RESPONSE_TYPE",
  purpose: "Checks that clients read every response as it was meant, whatever its type is called.",
  severity: "error",
  categories: ["WIRE_PRECISE"],
  breaks: ["elder-readers", "newer-readers", "rpc"],
  judge: {
    "method-response-changed": (change, context) => judgeType(change, context, "returns", "output"),
  },
};

function judgeType(
  { before, after, from, to }: ChangeOf<"method-request-changed" | "method-response-changed">,
  context: RuleContext,
  verb: string,
  part: "input" | "output",
): readonly Judgement[] {
  const found = askBothWays(before, after, context, (writer, reader, way) =>
    misreadPart(writer, reader, way, part),
  );
  if (found === undefined) return [];
  return [
    {
      message: `${found.told}, since method ${after.fullName} ${verb} ${to} instead of ${from}`,
      at: placeOf(after, part),
      // A call is read once, and not stored.
      breaks: [...found.breaks.filter((audience) => audience !== "stored-data"), "rpc"],
      suggestion: steps(
        ["keep it", methodSource(before)],
        ["add the other beside it", methodSource({ ...after, name: `${after.name}V2` }, [])],
      ),
    },
  ];
}

function misreadPart(writer: Method, reader: Method, way: Way, part: "input" | "output") {
  const from = messageNamed(writer[part], way.writer);
  const to = messageNamed(reader[part], way.reader);
  return from && to && misreadMessage(from, to, way);
}
