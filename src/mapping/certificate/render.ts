import type { Proof } from "../prove/proof.js";
import { renderProof } from "../prove/render-proof.js";
import type { Certificate } from "./certificate.js";
import { renderJson } from "./render-json.js";
import { renderMarkdown } from "./render-markdown.js";
import { renderSvg } from "./render-svg.js";
import { renderText } from "./render-text.js";

export const certificateFormats = ["text", "json", "markdown", "svg"] as const;
export type CertificateFormat = (typeof certificateFormats)[number];

/**
 * The certificate in a format; a trailing newline.
 * @param proof what came of proving it: told at the end, in JSON as `proof`; a picture has no room for it
 */
export function renderCertificate(
  certificate: Certificate,
  format: CertificateFormat,
  proof?: Proof,
): string {
  switch (format) {
    case "text":
      return [renderText(certificate), ...(proof === undefined ? [] : [renderProof(proof)])].join("\n");
    case "json":
      return renderJson(certificate, proof);
    case "markdown":
      return [
        renderMarkdown(certificate),
        ...(proof === undefined ? [] : ["### Proof\n", `\`\`\`\`text\n${renderProof(proof)}\`\`\`\`\n`]),
      ].join("\n");
    case "svg":
      return renderSvg(certificate);
  }
}
