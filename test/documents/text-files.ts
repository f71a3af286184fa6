import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** A file of the repository: its path from the root with forward slashes, and its text. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

const skipped = new Set(["node_modules", "dist", "coverage", "workspace", ".git", ".taproot"]);
const isText =
  /\.(md|[cm]?[jt]sx?|json|css|svg|html|ya?ml|sh|csv)$|^(LICENSE|run|\.npmrc|\.gitignore)$/;

/** Every text file of the repository, its dependencies and what is built left out. */
export function textFiles(folder = root): TextFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : textFiles(path);
    if (!entry.isFile() || !isText.test(entry.name)) return [];
    return [{ path: relative(root, path).split(sep).join("/"), text: readFileSync(path, "utf8") }];
  });
}

/** The documents that people read: every Markdown file that is not a test's input. */
export function documents(): TextFile[] {
  return textFiles().filter(({ path }) => path.endsWith(".md") && !path.includes("/test/"));
}
