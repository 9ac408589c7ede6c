import { formatLocation } from "../../diagnostics/index.js";
import type {
  Certificate,
  EnumCertificate,
  FieldLine,
  MessageCertificate,
  Row,
  ServiceCertificate,
  ValueLine,
} from "./certificate.js";
import { isUneventful, lossLines, pairName, shortName, summarize, tellUndeclared } from "./summary.js";

/** The certificate as a terminal of 100 columns shows it well; a trailing newline. */
export function renderText(certificate: Certificate): string {
  const { v3, v4, messages, enums, services } = certificate;
  const identical = messages.filter(isUneventful);
  const changed = messages.filter((message) => !isUneventful(message));
  const undeclared = tellUndeclared(certificate.counts);
  const parts = [
    [`${v3} → ${v4}`, summarize(certificate), ...(undeclared === undefined ? [] : [undeclared])],
    ...changed.map((message) => messageLines(message, certificate)),
    identicalLines(identical, certificate),
    ...enums.map((pair) => enumLines(pair, certificate)),
    ...services.map((service) => serviceLines(service, certificate)),
    changed.length === 0 ? [] : legend,
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join("\n")}\n`)
    .join("\n");
}

const legend = [
  "ISO    nothing is lost                     BYTES   there and back gives the very bytes",
  "LENS   the other side has no words for it  CANON   … what is equal in canonical encoding",
  "PRISM  some values do not fit              MODULO  … what is equal up to declared defaults",
  "OPAQUE user code decides                   up, down: what is lost that way, but for the stash",
];

function messageLines(message: MessageCertificate, certificate: Certificate): readonly string[] {
  const place = message.at === undefined ? "" : `  ${formatLocation(message.at)}`;
  return [
    `${pairName(message, certificate)}  ${message.contract}${place}`,
    ...message.rows.flatMap(rowLines),
  ];
}

/** Fields that stand side by side, in as many lines as the longer side needs, and what is lost below. */
function rowLines(row: Row): readonly string[] {
  const height = Math.max(row.v3.length, row.v4.length, 1);
  const fields = Array.from({ length: height }, (_, index) =>
    columns(
      lineOf(row.v3[index]),
      lineOf(row.v4[index]),
      ...(index === 0 ? [row.kinds.join(", "), row.loss] : ["", ""]),
    ),
  );
  const told = lossLines(row).flatMap(([name, text]) => wrap(`${name.padEnd(8)}${text}`, 92));
  return [...fields, ...told.map((line) => `      ${line}`)];
}

function lineOf(field: FieldLine | undefined): string {
  return field === undefined ? "–" : field.line;
}

function columns(v3: string, v4: string, kinds = "", loss = ""): string {
  return `  ${cell(v3, 33)} ${cell(v4, 33)} ${cell(kinds, 22)} ${loss}`.trimEnd();
}

function cell(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);
}

/** Breaks at spaces; what follows the first line is indented like its text. */
function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<=\S) (?=\S)/)) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(line === undefined ? word : `${" ".repeat(8)}${word}`);
  }
  return lines;
}

function identicalLines(
  messages: readonly MessageCertificate[],
  certificate: Certificate,
): readonly string[] {
  if (messages.length === 0) return [];
  const names = messages.map((message) => pairName(message, certificate));
  return ["identical  BYTES", ...wrap(`  ${names.join(", ")}`, 98)];
}

function enumLines({ v3, v4, values }: EnumCertificate, certificate: Certificate): readonly string[] {
  const [elder, newer] = [shortName(v3, certificate.v3), shortName(v4, certificate.v4)];
  return [
    `enum ${elder === newer ? newer : `${elder} → ${newer}`}`,
    ...values.map(({ v3, v4, guessed }) => {
      const kinds = guessed === true ? `${moved(v3, v4)}, by number` : moved(v3, v4);
      return columns(tellValue(v3), tellValue(v4), kinds);
    }),
  ];
}

function tellValue(value: ValueLine | undefined): string {
  return value === undefined ? "–" : `${value.name} = ${value.number}`;
}

function moved(v3: ValueLine | undefined, v4: ValueLine | undefined): string {
  if (v3 === undefined || v4 === undefined) return "only";
  const kinds = [v3.name !== v4.name && "rename", v3.number !== v4.number && "renumber"].filter(Boolean);
  return kinds.length === 0 ? "identity" : kinds.join(", ");
}

function serviceLines(
  { v3, v4, methods, unbridged, only }: ServiceCertificate,
  certificate: Certificate,
): readonly string[] {
  const [elder, newer] = [shortName(v3, certificate.v3), shortName(v4, certificate.v4)];
  return [
    `service ${elder === newer ? newer : `${elder} → ${newer}`}`,
    ...methods.map((method) =>
      [
        `  ${cell(method.v3, 28)} ${cell(method.v4, 28)} ${cell(method.kind, 17)} `,
        `${method.input.contract ?? "shared"} → ${method.output.contract ?? "shared"}`,
      ].join(""),
    ),
    ...unbridged.flatMap((method) => [
      `  ${cell(method.v3, 28)} ${cell(method.v4, 28)} not bridged`,
      ...wrap(`note    ${method.reason}`, 92).map((line) => `      ${line}`),
    ]),
    ...only.v3.map((name) => `  ${cell(name, 28)} ${cell("–", 28)} only`),
    ...only.v4.map((name) => `  ${cell("–", 28)} ${cell(name, 28)} only`),
  ];
}
