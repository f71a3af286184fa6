// Written so that this file does not hold what it looks for.

/** What no file of the repository may hold, each with a name for the message and an example for its test. */
export const FORBIDDEN: readonly {
  readonly name: string;
  readonly pattern: RegExp;
  readonly example: string;
}[] = [
  {
    name: "a path of one machine",
    pattern: /(?<![\w.~/$}])\/(?:home|Users|root|work|tmp|mnt|var\/folders)\/[\w.-]/,
    example: ["", "home", "somebody"].join("/"),
  },
  {
    name: "a path of one machine",
    pattern: /\b[A-Z]:\\{1,2}Users\\{1,2}\w/,
    example: ["C:", "Users", "somebody"].join("\\"),
  },
  {
    name: "a package registry's address",
    pattern:
      /\/\/registr[y]\.|\bnpm[j]s\.org|\byarn[p]kg\.com|artifact[o]ry|verdacc[i]o|\/repository\/np[m]/i,
    example: ["https:", "", "registry.example.org"].join("/"),
  },
  {
    name: "a content delivery network",
    pattern:
      /\/\/cd[n]\.|\bunpk[g]\.com|jsdeli[v]r|cdnj[s]|\besm\.s[h]\b|skypac[k]|fonts\.g(?:oogleapi[s]|stati[c])/i,
    example: ["https:", "", "cdn.example.org"].join("/"),
  },
];

/** The lines of a text that hold what they may not, with the reason. */
export function forbiddenLines(text: string): { readonly line: number; readonly name: string }[] {
  return text.split("\n").flatMap((line, index) =>
    FORBIDDEN.filter(({ pattern }) => pattern.test(line)).map(({ name }) => ({
      line: index + 1,
      name,
    })),
  );
}
