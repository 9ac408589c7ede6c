import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { marked } from "marked";
import { browse, inFolder } from "./chromium.js";
import { root } from "./source-files.js";

/** What a reader sees of a page, as far as tests ask. */
export interface SeenPage {
  /** Texts that can be read before anything is unfolded, and after. */
  readonly folded: string;
  readonly unfolded: string;
  /** Of each table, its rows with the texts of their cells. */
  readonly tables: readonly (readonly (readonly string[])[])[];
  /** Texts in letters of one width that have lines of their own. */
  readonly blocks: readonly string[];
  readonly summaries: readonly string[];
  readonly links: number;
  /** Names of people that are called, outside of code. */
  readonly mentions: readonly string[];
  /** Whether something in it has run. */
  readonly ran: boolean;
  /** Whether everything is as wide as the page at most, but for blocks, which have a bar to scroll with. */
  readonly fits: boolean;
}

/** Shows Markdown as GitHub's flavour of it, about as wide as a comment there, and tells what is seen. */
export function lookAtMarkdown(markdown: string): Promise<SeenPage> {
  return inFolder(async (folder) => {
    const page = join(folder, "page.html");
    await writeFile(page, toHtml(markdown, measure));
    const { stdout } = await browse(
      folder,
      "light",
      "--window-size=900,1200",
      "--dump-dom",
      `file://${page}`,
    );
    const told = /<pre id="seen">(.*?)<\/pre>/s.exec(stdout)?.[1] ?? "";
    return JSON.parse(told.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
  });
}

/** Keeps a picture of it, with all unfolded, for whoever asks why a test failed. @returns where */
export async function keepMarkdown(name: string, markdown: string): Promise<string> {
  const folder = join(root, ".cache/pictures");
  await mkdir(folder, { recursive: true });
  const page = join(folder, `${name}.html`);
  const picture = join(folder, `${name}.png`);
  await writeFile(page, toHtml(markdown, unfold));
  await inFolder((own) =>
    browse(own, "light", "--window-size=900,2400", `--screenshot=${picture}`, `file://${page}`),
  );
  return picture;
}

function toHtml(markdown: string, script: string): string {
  const body = marked.parse(markdown, { gfm: true, async: false });
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><main>${body}</main><script>${script}</script>`;
}

/** The measures of a comment on GitHub. */
const style = `
main { width: 780px; font: 14px/1.5 sans-serif; margin: 16px }
pre { background: #f6f8fa; padding: 12px; overflow-x: auto; font: 12px/1.45 monospace }
code { font: 12px monospace }
table { border-collapse: collapse; display: block; overflow: auto } td, th { border: 1px solid #d1d9e0; padding: 6px 13px }`;

const unfold = 'for (const each of document.querySelectorAll("details")) each.open = true;';

/** Runs in the page, once nothing else does. */
const measure = `
addEventListener("load", () => {
const main = document.querySelector("main");
const all = (selector, from = main) => [...from.querySelectorAll(selector)];
const folded = main.innerText;
${unfold}
const tables = all("table").map((table) => all("tr", table).map((row) => all("th,td", row).map((cell) => cell.innerText)));
const prose = main.cloneNode(true);
for (const code of all("code,pre", prose)) code.remove();
const seen = document.createElement("pre");
seen.id = "seen";
seen.textContent = JSON.stringify({
  folded, unfolded: main.innerText, tables,
  blocks: all("pre").map((block) => block.textContent),
  summaries: all("summary").map((summary) => summary.innerText),
  links: all("a").length,
  mentions: prose.textContent.match(/(^|[^\\w])@[A-Za-z0-9]\\S*/g) ?? [],
  ran: window.ran === true,
  fits: all("*").every((each) => each.closest("pre,table") !== null || each.scrollWidth <= main.clientWidth),
});
document.body.append(seen);
});`;
