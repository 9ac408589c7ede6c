import type { Certificate } from "./certificate.js";
import { renderJson } from "./render-json.js";
import { renderMarkdown } from "./render-markdown.js";
import { renderSvg } from "./render-svg.js";
import { renderText } from "./render-text.js";

export const certificateFormats = ["text", "json", "markdown", "svg"] as const;
export type CertificateFormat = (typeof certificateFormats)[number];

/** The certificate in a format; a trailing newline. */
export function renderCertificate(certificate: Certificate, format: CertificateFormat): string {
  return renderers[format](certificate);
}

const renderers: Readonly<Record<CertificateFormat, (certificate: Certificate) => string>> = {
  text: renderText,
  json: renderJson,
  markdown: renderMarkdown,
  svg: renderSvg,
};
