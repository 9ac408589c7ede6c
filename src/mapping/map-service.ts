import { fileOf, type Method, type Service } from "../schema/index.js";
import type { FieldContext } from "./field-context.js";
import type { MethodMapping, ServiceMapping, UnbridgedMethod } from "./mapping.js";
import type { Pairing } from "./pairing.js";
import { ambiguous, undeclaredLoss, unsupported } from "./refuse.js";

/**
 * Pairs the methods of two paired services, by `was` and by name. What is in the way of one method is left with
 * the problems, and the method out.
 * @throws Proto4Error "mapping-ambiguous", "mapping-unsupported" where it is not sure which methods are one
 */
export function mapService(
  v3: Service,
  v4: Service,
  { pairing, problems }: Pick<FieldContext, "pairing" | "problems">,
): ServiceMapping {
  const pairs = pairMethods(v3, v4);
  const paired = new Set(pairs.map((pair) => pair.v3));
  for (const method of v3.methods) if (!paired.has(method)) problems.attempt(() => checkDeclared(method, v4));
  const methods = pairs.flatMap((pair) => problems.attempt(() => mapMethod(pair.v3, pair.v4, pairing)) ?? []);
  return {
    v3,
    v4,
    methods: methods.flatMap((method) => ("reason" in method ? [] : [method])),
    unbridged: methods.flatMap((method) => ("reason" in method ? [method] : [])),
  };
}

interface MethodPair {
  readonly v3: Method;
  readonly v4: Method;
}

function pairMethods(v3: Service, v4: Service): readonly MethodPair[] {
  const claimed = new Map<Method, Method>();
  for (const method of v4.methods) {
    const elder = namedByWas(method, v3);
    const other = elder === undefined ? undefined : claimed.get(elder);
    if (other !== undefined)
      throw ambiguous(
        method,
        `both ${other.fullName} and ${method.name} say that they continue ${elder?.fullName}`,
        "leave (proto4.method_terms).was on one of them",
      );
    if (elder !== undefined) claimed.set(elder, method);
  }
  return v4.methods.flatMap((method) => {
    const namesake = v3.methods.find(({ name }) => name === method.name);
    const elder = namedByWas(method, v3) ?? (namesake && claimed.has(namesake) ? undefined : namesake);
    return elder === undefined ? [] : { v3: elder, v4: method };
  });
}

function namedByWas(method: Method, v3: Service): Method | undefined {
  const { was } = method.lifecycle.terms;
  if (was === undefined) return undefined;
  const elder = v3.methods.find(({ fullName }) => fullName === was);
  if (elder !== undefined) return elder;
  throw unsupported(
    method,
    `${method.fullName} was "${was}", which is no method of ${v3.fullName}`,
    `write the full name of a method of ${v3.fullName}`,
  );
}

function mapMethod(v3: Method, v4: Method, pairing: Pairing): MethodMapping | UnbridgedMethod {
  const kind = streaming(v4);
  if (streaming(v3) !== kind)
    throw unsupported(
      v4,
      `${v4.fullName} is ${kind}, ${v3.fullName} is ${streaming(v3)}`,
      "keep what streams, or write a new method",
    );
  const reason = (["input", "output"] as const)
    .map((role) => whyUnbridged(v3, v4, role, pairing))
    .find((each) => each !== undefined);
  if (reason !== undefined) return { v3, v4, reason };
  return { v3, v4, input: { v3: v3.input, v4: v4.input }, output: { v3: v3.output, v4: v4.output }, kind };
}

/** A method that answers otherwise, as one that became a long operation, is no reason to translate no message. */
function whyUnbridged(
  v3: Method,
  v4: Method,
  role: "input" | "output",
  { schema, elderOf }: Pairing,
): string | undefined {
  const [elder, newer] = [v3[role], v4[role]];
  const type = schema.declared.get(newer);
  if (elder === newer || (type?.kind === "message" && elderOf(type)?.fullName === elder)) return undefined;
  const what = `the ${role} of ${v4.fullName} is ${newer}, which does not continue ${elder}`;
  if (type === undefined || fileOf(type).package !== v4.parent.parent.package) return what;
  return `${what}; write (proto4.message_terms) = {was: "${elder}"} on ${newer} if it does`;
}

function streaming({ clientStreaming, serverStreaming }: Method): MethodMapping["kind"] {
  if (clientStreaming) return serverStreaming ? "bidi-streaming" : "client-streaming";
  return serverStreaming ? "server-streaming" : "unary";
}

/** @throws Proto4Error "mapping-loss" where a service without counterpart did not end by a word */
export function checkServiceEnd(service: Service, v4: string): void {
  const { state, source } = service.lifecycle;
  if (state === "DEPRECATED" && source !== "inferred") return;
  throw undeclaredLoss(
    service,
    `service ${service.fullName} has no counterpart in ${v4}, and who calls it would get no answer`,
    `write (proto4.service_terms) = {was: "${service.fullName}"} on the service that continues it, or ` +
      "option (proto4.service_lifecycle) = DEPRECATED; here",
  );
}

function checkDeclared(method: Method, v4: Service): void {
  const { state, source } = method.lifecycle;
  if (state === "DEPRECATED" && source !== "inferred") return;
  throw undeclaredLoss(
    method,
    `method ${method.fullName} has no counterpart in ${v4.fullName}, and who calls it would get no answer`,
    `write (proto4.method_terms) = {was: "${method.fullName}"} on the method that continues it, or ` +
      "option (proto4.method_lifecycle) = DEPRECATED; here",
  );
}
