import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findOnPath } from "./find-on-path.js";
import { root } from "./source-files.js";

/** Where a browser is; `undefined` on machines that have none. */
export const chromium =
  findOnPath("chromium") ?? findOnPath("chromium-browser") ?? findOnPath("google-chrome");

/** A text of a picture as a reader sees it. */
export interface SeenText {
  readonly text: string;
  readonly kind: string;
  /** In pixels of the picture. */
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Of its colour to that of what lies behind it. @see https://www.w3.org/TR/WCAG21/#contrast-minimum */
  readonly contrast: number;
}

/** What a browser makes of a picture. */
export interface Seen {
  readonly width: number;
  readonly height: number;
  readonly texts: readonly SeenText[];
  /** Names of the elements in it, each once. */
  readonly elements: readonly string[];
  /** Whether it is a picture by itself, as XML that is well-formed. */
  readonly isPicture: boolean;
  /** Whether something in it has run. */
  readonly ran: boolean;
}

export type Scheme = "dark" | "light";

/** Shows a picture in a page of a scheme, and tells what is seen. */
export async function lookAt(svg: string, scheme: Scheme): Promise<Seen> {
  return inFolder(async (folder) => {
    const page = join(folder, "page.html");
    await writeFile(join(folder, "picture.svg"), svg);
    const alone = '<img id="alone" src="picture.svg">';
    await writeFile(page, `<body style="margin:0">${svg}${alone}<script>${measure}</script></body>`);
    const { stdout } = await browse(folder, scheme, "--dump-dom", `file://${page}`);
    const told = /<pre id="seen">(.*?)<\/pre>/s.exec(stdout)?.[1] ?? "";
    return JSON.parse(told.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
  });
}

/** Keeps a picture for whoever asks why a test failed. @returns where */
export async function keepPicture(name: string, svg: string, scheme: Scheme): Promise<string> {
  const folder = join(root, ".cache/pictures");
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}-${scheme}.svg`);
  const picture = file.replace(/svg$/, "png");
  await writeFile(file, svg);
  const [, width = "1000", height = "600"] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  await inFolder((own) =>
    browse(own, scheme, `--window-size=${width},${height}`, `--screenshot=${picture}`, `file://${file}`),
  );
  return picture;
}

/** Starts the browser for one look, with a profile of its own in a folder. */
export function browse(folder: string, scheme: Scheme, ...args: readonly string[]) {
  const quiet = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    `--user-data-dir=${folder}`,
  ];
  const colours = `--blink-settings=preferredColorScheme=${scheme === "dark" ? 0 : 1}`;
  return promisify(execFile)(chromium!, [...quiet, colours, ...args], { maxBuffer: 64 << 20 });
}

/** Lends a folder. */
export async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "proto4-browser-"));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs in the page. Behind a text lies the last shape that is drawn before it and holds its middle. */
const measure = `
const luminance = (colour) => {
  const [r, g, b] = colour.match(/[0-9.]+/g).map((each) => each / 255)
    .map((each) => (each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a, b) => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
addEventListener("load", () => {
const svg = document.querySelector("svg");
const isPicture = document.getElementById("alone").naturalWidth > 0;
const shapes = [...svg.querySelectorAll("rect")].filter((each) => each.closest("clipPath") === null);
const holds = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
const texts = [...svg.querySelectorAll("text")].map((text) => {
  const { left, top, right, bottom } = text.getBoundingClientRect();
  const behind = shapes.findLast((each) => holds(each.getBoundingClientRect(), (left + right) / 2, (top + bottom) / 2));
  const [ink, paper] = [text, behind].map((each) => luminance(getComputedStyle(each).fill));
  return { text: text.textContent, kind: text.getAttribute("class"), left, top, right, bottom, contrast: contrast(ink, paper) };
});
const { width, height } = svg.getBoundingClientRect();
const elements = [...new Set([...svg.querySelectorAll("*")].map((each) => each.localName))].sort();
const seen = document.createElement("pre");
seen.id = "seen";
seen.textContent = JSON.stringify({ width, height, texts, elements, isPicture, ran: window.ran === true });
document.body.append(seen);
});
`;
