import { oneLine } from "../diagnostics/index.js";

/** Text in an XML document, or in an attribute of one, whatever somebody has written: signs that XML forbids are shown. */
export function escapeXml(text: string): string {
  return oneLine(text)
    .replace(/[\ufffe\uffff]|\p{Cs}/gu, "\ufffd")
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
