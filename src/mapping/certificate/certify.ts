import type { Hooks } from "../../runtime/index.js";
import type { EnumValue } from "../../schema/index.js";
import type { Contract, EnumMapping, Loss, Mapping, ServiceMapping, TypePair } from "../mapping.js";
import type {
  Certificate,
  Counts,
  EnumCertificate,
  MessageCertificate,
  ServiceCertificate,
  TypeRow,
  ValueLine,
} from "./certificate.js";
import { certifyMessage } from "./certify-message.js";

/**
 * The loss certificate of a mapping: what is lost where, of which values, and what a round trip gives back.
 * @param hooks user code that is at hand: what it promises is told, and not looked into
 */
export function certify(
  { schema, v3, v4, messages, enums, services }: Mapping,
  hooks: Hooks = {},
): Certificate {
  const certified = messages.map((message) => certifyMessage(message, schema, hooks));
  const contracts = new Map(certified.map((message) => [message.v4, message.contract]));
  return {
    v3,
    v4,
    counts: countLosses(certified),
    messages: certified,
    enums: enums.map(certifyEnum),
    services: services.map((service) => certifyService(service, contracts)),
  };
}

/** Only the messages whose name in either generation is asked for, in full or its last parts; counted anew. */
export function selectMessages(certificate: Certificate, names: readonly string[]): Certificate {
  const messages = certificate.messages.filter(({ v3, v4 }) =>
    names.some((name) => [v3, v4].some((full) => `.${full}`.endsWith(`.${name}`))),
  );
  return { ...certificate, counts: countLosses(messages), messages, enums: [], services: [] };
}

export function countLosses(messages: readonly MessageCertificate[]): Counts {
  const contracts: Record<Contract, number> = { BYTES: 0, CANON: 0, MODULO: 0 };
  const losses: Record<Loss, number> = { ISO: 0, LENS: 0, PRISM: 0, OPAQUE: 0 };
  const rows = messages.flatMap((message) => message.rows);
  for (const { contract } of messages) contracts[contract]++;
  for (const { loss } of rows) losses[loss]++;
  return { contracts, losses, undeclared: rows.filter(({ declare }) => declare !== undefined).length };
}

function certifyEnum({ v3, v4, values }: EnumMapping): EnumCertificate {
  const pairOf = new Map(values.map((pair) => [pair.v4, pair]));
  const paired = new Set(values.map((pair) => pair.v3));
  const newer = v4.values.map((value) => {
    const pair = pairOf.get(value);
    if (pair === undefined) return { v4: valueLine(value) };
    const guessed = pair.pairedBy === "number" ? ({ guessed: true } as const) : {};
    return { v3: valueLine(pair.v3), v4: valueLine(value), ...guessed };
  });
  const elder = v3.values.filter((value) => !paired.has(value)).map((value) => ({ v3: valueLine(value) }));
  return { v3: v3.fullName, v4: v4.fullName, values: [...newer, ...elder] };
}

function valueLine({ name, number }: EnumValue): ValueLine {
  return { name, number };
}

function certifyService(
  { v3, v4, methods, unbridged }: ServiceMapping,
  contracts: ReadonlyMap<string, Contract>,
): ServiceCertificate {
  const row = ({ v3, v4 }: TypePair): TypeRow => {
    const contract = contracts.get(v4);
    return { v3, v4, ...(contract === undefined ? {} : { contract }) };
  };
  const paired = new Set([...methods, ...unbridged].flatMap((method) => [method.v3, method.v4]));
  const alone = (service: typeof v3) =>
    service.methods.filter((method) => !paired.has(method)).map(({ name }) => name);
  return {
    v3: v3.fullName,
    v4: v4.fullName,
    methods: methods.map((method) => ({
      v3: method.v3.name,
      v4: method.v4.name,
      kind: method.kind,
      input: row(method.input),
      output: row(method.output),
    })),
    unbridged: unbridged.map(({ reason, ...pair }) => ({ v3: pair.v3.name, v4: pair.v4.name, reason })),
    only: { v3: alone(v3), v4: alone(v4) },
  };
}
