import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Marked } from "marked";

/** A document about a method. */
export interface MethodPage {
  /** The file's name without its ending; the last part of its address. */
  readonly name: string;
  readonly title: string;
  /** The question that it answers, from its first bold line. */
  readonly question?: string;
  readonly markdown: string;
}

/** Every method document of a folder, by title; none where the folder is not part of the install. */
export async function readMethodPages(folder: string): Promise<readonly MethodPage[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return [];
  }
  const pages = names
    .filter((name) => /^[a-z0-9-]+\.md$/.test(name))
    .map(async (file): Promise<MethodPage> => {
      const markdown = await readFile(join(folder, file), "utf8");
      const name = file.slice(0, -3);
      const question = /^\*\*(.+?)\*\*\s*$/m.exec(markdown)?.[1];
      return {
        name,
        title: plain(/^# (.+)$/m.exec(markdown)?.[1] ?? name),
        ...(question ? { question: plain(question) } : {}),
        markdown,
      };
    });
  return (await Promise.all(pages)).sort((a, b) => a.title.localeCompare(b.title, "en"));
}

/** A method document as HTML in the design of the pages. HTML inside the document is shown as text. */
export function methodHtml(page: MethodPage): string {
  const marked = new Marked({ gfm: true, async: false });
  marked.use({
    renderer: {
      html: ({ text }) => escapeHtml(text),
      image: ({ text }) => escapeHtml(text),
      heading({ tokens, depth }) {
        const size = ["l", "m", "s"][Math.min(depth, 3) - 1];
        return `<h${depth} class="nhsuk-heading-${size}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = methodAddress(href);
        return address ? `<a href="${escapeHtml(address)}" rel="noreferrer">${text}</a>` : text;
      },
      code: ({ text }) =>
        `<pre class="method__code" tabindex="0"><code>${escapeHtml(text)}</code></pre>\n`,
      table({ header, rows }) {
        const cells = (cell: (typeof header)[number]) => this.parser.parseInline(cell.tokens);
        const head = header.map(
          (cell) => `<th scope="col" class="nhsuk-table__header">${cells(cell)}</th>`,
        );
        const body = rows.map(
          (row) =>
            `<tr class="nhsuk-table__row">${row.map((cell) => `<td class="nhsuk-table__cell">${cells(cell)}</td>`).join("")}</tr>`,
        );
        return `<div class="table-region" tabindex="0" role="region" aria-label="Table"><table class="nhsuk-table"><thead class="nhsuk-table__head"><tr>${head.join("")}</tr></thead><tbody class="nhsuk-table__body">${body.join("")}</tbody></table></div>\n`;
      },
    },
  });
  return marked.parse(page.markdown) as string;
}

/** Where a link inside a document leads: another method's page, or a publisher's; nothing else is followed. */
function methodAddress(href: string): string | undefined {
  const sibling = /^(?:\.\/)?([a-z0-9-]+)\.md(#.*)?$/.exec(href);
  if (sibling) return `/methods/${sibling[1]}${sibling[2] ?? ""}`;
  return /^https:\/\//.test(href) || href.startsWith("#") ? href : undefined;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function plain(markdown: string): string {
  return markdown.replaceAll(/[`*_]/g, "");
}
