import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import {
  type Certificate,
  certificateFormats,
  certify,
  mapSchema,
  renderCertificate,
} from "../../../src/mapping/index.js";
import { compileShop } from "./shop.js";

let certificate: Certificate;
beforeAll(async () => {
  const { schema } = await compileShop();
  certificate = certify(mapSchema(schema, { v4: "shop.v4" })!);
});

const endings = { text: "txt", json: "json", markdown: "md", svg: "svg" } as const;

// Read by people in docs and reviews: kept beside the other fixtures, and brought up to date by `-u`.
test.each(certificateFormats)("the shop's certificate as %s is what it was", async (format) => {
  const path = join(import.meta.dirname, `../../../fixtures/certificate/shop.${endings[format]}`);
  await expect(renderCertificate(certificate, format)).toMatchFileSnapshot(path);
});

test("no line of the text is wider than a terminal of 100 columns", () => {
  const wide = renderCertificate(certificate, "text")
    .split("\n")
    .filter((line) => line.length > 100);
  expect(wide).toEqual([]);
});

test("the JSON is the certificate", () => {
  const read = JSON.parse(renderCertificate(certificate, "json"));
  expect(read.version).toBe(1);
  expect(read.counts).toEqual(certificate.counts);
  expect(read.messages.map(({ v4 }: { v4: string }) => v4)).toEqual(certificate.messages.map(({ v4 }) => v4));
});

test("the picture has a title, a description, both colour schemes and no script", () => {
  const svg = renderCertificate(certificate, "svg");
  for (const part of ['role="img"', '<title id="title">', '<desc id="desc">', "prefers-color-scheme:dark"])
    expect(svg).toContain(part);
  expect(svg).not.toMatch(/<script|\bon[a-z]+=|href=|url\(/);
});
