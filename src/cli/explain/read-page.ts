/** A rule's page in parts. */
export interface PageParts {
  /** What the rule asks, and which categories it has. */
  readonly intro: string;
  /** In order: why it asks that, an example, the way out. */
  readonly sections: readonly PageSection[];
}

export interface PageSection {
  /** `Why`, `Example`, `Way out` */
  readonly title: string;
  /** Markdown without links to files. */
  readonly text: string;
}

/** Reads a page as every rule has it: a heading, then paragraphs of which some begin with a word in bold. */
export function readPage(page: string): PageParts {
  const [, ...paragraphs] = page.trim().split(/\n{2,}/);
  const intro: string[] = [];
  const sections: { title: string; text: string }[] = [];
  for (const paragraph of paragraphs) {
    const [, title, text = ""] = /^\*\*([^*]+?)\.\*\*\s*(.*)$/s.exec(paragraph) ?? [];
    const last = sections.at(-1);
    if (title !== undefined) sections.push({ title, text: unlink(text) });
    else if (last === undefined) intro.push(unlink(paragraph));
    else last.text += `\n\n${unlink(paragraph)}`;
  }
  return { intro: intro.join("\n\n"), sections };
}

/** Links into the repository lead nowhere from where the page is read. */
function unlink(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, "$1");
}
