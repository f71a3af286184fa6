import type { TextFile } from "./text-files.ts";

/** A command line that a document tells its reader to type. */
export interface NamedCommand {
  readonly from: string;
  readonly words: readonly string[];
}

const STARTS = /^(?:\.\/node_modules\/\.bin\/)?(?:npx taproot|taproot|npm|npx|node)(?=\s|$)/;

/**
 * The command lines of a document: lines of its code blocks and code in its prose that start with a command of ours.
 * What follows two spaces on a line is a remark.
 */
export function commandsOf({ path, text }: TextFile): NamedCommand[] {
  const lines: string[] = [];
  const prose = text.replace(/^( *)```(\w*)\n([\s\S]*?)^\1```/gm, (_, __, language, block) => {
    if (["", "sh", "bash", "shell", "console"].includes(language))
      lines.push(...(block as string).split("\n").map((line) => line.trim().replace(/^\$ /, "")));
    return "";
  });
  for (const match of prose.matchAll(/`([^`\n]+)`/g)) lines.push((match[1] ?? "").trim());
  return lines
    .filter((line) => STARTS.test(line))
    .map((line) => ({
      from: path,
      words: (line.split(/\s{2,}|\s#\s/)[0] ?? "")
        .split(/\s+/)
        .map((word) => word.replace(/^\[|\]$/g, "")),
    }));
}
