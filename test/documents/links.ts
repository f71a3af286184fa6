import { posix } from "node:path";
import type { TextFile } from "./text-files.ts";

/** A link inside the repository, as it stands in a document. */
export interface Link {
  readonly from: string;
  /** Path from the root; the document itself for `#anchor`. */
  readonly to: string;
  readonly anchor?: string;
}

const withoutCode = (text: string) =>
  text.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").replace(/`[^`\n]*`/g, "");

/** The links of a document that stay inside the repository, pictures and reference links included. */
export function linksOf({ path, text }: TextFile): Link[] {
  const prose = withoutCode(text);
  const targets = [
    ...[...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)].map((match) => match[1]),
    ...[...prose.matchAll(/^\[[^\]]+\]:\s*(\S+)/gm)].map((match) => match[1]),
    ...[...prose.matchAll(/<(?:img|a)\b[^>]*?(?:src|href)="([^"]+)"/g)].map((match) => match[1]),
  ].filter((target) => target !== undefined);
  return targets
    .filter((target) => !/^[a-z][a-z0-9+.-]*:/i.test(target))
    .map((target) => {
      const [file = "", anchor] = decodeURI(target).split("#");
      const to = file === "" ? path : posix.normalize(posix.join(posix.dirname(path), file));
      return { from: path, to, ...(anchor === undefined ? {} : { anchor }) };
    });
}

/** The anchors that a document's headings make. */
export function anchorsOf({ text }: TextFile): string[] {
  const used = new Map<string, number>();
  return [...text.replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(
    (match) => {
      const name = (match[1] ?? "")
        .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, "")
        .trim()
        .replace(/\s/g, "-");
      const before = used.get(name) ?? 0;
      used.set(name, before + 1);
      return before === 0 ? name : `${name}-${before}`;
    },
  );
}
