import { formatLocation } from "../../diagnostics/index.js";
import type {
  Certificate,
  EnumCertificate,
  FieldLine,
  MessageCertificate,
  Row,
  ValueLine,
} from "./certificate.js";
import { isUneventful, pairName, promiseOf, shortName, summarize, tellUndeclared } from "./summary.js";

/** The certificate as the comment of a pull request: first what is lost, then all the rest, folded. */
export function renderMarkdown(certificate: Certificate): string {
  const { v3, v4, counts, messages, enums } = certificate;
  const changed = messages.filter((message) => !isUneventful(message));
  const moved = enums.filter(({ values }) => values.some((pair) => pair.v3?.number !== pair.v4?.number));
  const undeclared = tellUndeclared(counts);
  return [
    `## ${code(v3)} → ${code(v4)}\n`,
    `${summarize(certificate)}.${undeclared === undefined ? "" : ` **${undeclared}.**`}\n`,
    lossTable(changed, certificate),
    ...changed.map((message) => messageSection(message, certificate)),
    ...moved.map((pair) => enumSection(pair, certificate)),
    identicalSection(messages.filter(isUneventful), certificate),
  ]
    .filter((part) => part !== "")
    .join("\n");
}

function lossTable(messages: readonly MessageCertificate[], certificate: Certificate): string {
  const lines = messages.flatMap((message) =>
    message.rows
      .filter(({ loss }) => loss !== "ISO")
      .map((row) =>
        tableRow([
          pairName(message, certificate),
          namesOf(row),
          classOf(row),
          row.up,
          row.down,
          declarationOf(row),
        ]),
      ),
  );
  if (lines.length === 0) return "Nothing is lost in either direction.\n";
  const head = ["message", "field", "class", "lost up", "lost down", "declared by"];
  return table(head, lines);
}

function classOf({ loss, hook }: Row): string {
  const promise = promiseOf(hook);
  return promise === undefined ? loss : `${loss}; ${promise}`;
}

function namesOf({ v3, v4 }: Row): string {
  const [elder, newer] = [v3, v4].map((fields) => fields.map(({ name }) => code(name)).join(", "));
  if (elder === newer) return newer!;
  return [elder, newer].filter((names) => names !== "").join(" → ");
}

function declarationOf({ declared, declare, at }: Row): string {
  if (declared !== undefined) return code(declared);
  const place = at === undefined ? "" : `${code(formatLocation(at))} `;
  return `**nothing**: ${place}write ${code(declare ?? "")}`;
}

function messageSection(message: MessageCertificate, certificate: Certificate): string {
  const rows = message.rows.map((row) =>
    tableRow([fieldsOf(row.v3), fieldsOf(row.v4), row.kinds.join(", "), classOf(row)]),
  );
  const title = `${escapeHtml(pairName(message, certificate))} · ${message.contract}`;
  return folded(title, table(["v3", "v4", "how", "class"], rows));
}

function fieldsOf(fields: readonly FieldLine[]): string {
  return fields.length === 0 ? "–" : fields.map(({ line }) => code(line)).join("<br>");
}

function enumSection({ v3, v4, values }: EnumCertificate, certificate: Certificate): string {
  const rows = values.map((pair) => tableRow([tellValue(pair.v3), tellValue(pair.v4)]));
  const [elder, newer] = [shortName(v3, certificate.v3), shortName(v4, certificate.v4)];
  return folded(`enum ${elder === newer ? newer : `${elder} → ${newer}`}`, table(["v3", "v4"], rows));
}

function tellValue(value: ValueLine | undefined): string {
  return value === undefined ? "–" : code(`${value.name} = ${value.number}`);
}

function identicalSection(messages: readonly MessageCertificate[], certificate: Certificate): string {
  if (messages.length === 0) return "";
  return `Identical: ${messages.map((message) => code(pairName(message, certificate))).join(", ")}.\n`;
}

function folded(title: string, body: string): string {
  return `<details><summary>${title}</summary>\n\n${body}\n</details>\n`;
}

function table(head: readonly string[], rows: readonly string[]): string {
  return [tableRow(head), `|${"---|".repeat(head.length)}`, ...rows, ""].join("\n");
}

function tableRow(cells: readonly (string | undefined)[]): string {
  return `| ${cells.map((cell) => (cell === undefined || cell === "" ? "–" : cell.replaceAll("|", "\\|"))).join(" | ")} |`;
}

/** A name has no backtick; what users wrote in an annotation may. */
function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
