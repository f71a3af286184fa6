import { parseSync } from "oxc-parser";

/** One mention of another module in a source file. */
export interface Import {
  readonly specifier: string;
  readonly line: number;
  /** True when nothing of it remains once types are stripped. */
  readonly typeOnly: boolean;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const textOf = (value: unknown): string | undefined =>
  isNode(value) && value.type === "Literal" && typeof value.value === "string"
    ? value.value
    : undefined;

/**
 * Every import in a source text, wherever it stands: static, side effect, type, `export … from`, `import()` as a value and
 * as a type, `import x = require()`, `require()` and `….resolve()`. One whose name is not a plain text is an error: it
 * could not be checked.
 */
export function importsOf(file: string, text: string): Import[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: Import[] = [];
  const lineOf = (node: Node) => text.slice(0, node.start as number).split("\n").length;
  const add = (node: Node, name: unknown, typeOnly: boolean) => {
    const specifier = textOf(name);
    if (specifier === undefined)
      throw new Error(`${file}:${lineOf(node)}: an import whose name is not a plain text`);
    found.push({ specifier, line: lineOf(node), typeOnly });
  };
  walk(program as unknown as Node, (node) => {
    switch (node.type) {
      case "ImportDeclaration":
        return add(node, node.source, node.importKind === "type" || onlyTypes(node, "importKind"));
      case "ExportNamedDeclaration":
        if (!node.source) return;
        return add(node, node.source, node.exportKind === "type" || onlyTypes(node, "exportKind"));
      case "ExportAllDeclaration":
        return add(node, node.source, node.exportKind === "type");
      case "ImportExpression":
        return add(node, node.source, false);
      case "TSImportType":
        return add(node, node.source, true);
      case "TSExternalModuleReference":
        return add(node, node.expression, false);
      case "CallExpression":
        if (!asksForModule(node.callee)) return;
        {
          const [name] = node.arguments as readonly unknown[];
          // Other things have a resolve() too: only a plain text can name a module.
          if (textOf(name) !== undefined) add(node, name, false);
        }
        return;
    }
  });
  return found;
}

/** `import { type A, type B }`: every name a type. `import {}` and `import "x"` run the module. */
function onlyTypes({ specifiers }: Node, kind: "importKind" | "exportKind"): boolean {
  const names = specifiers as readonly Node[];
  return names.length > 0 && names.every((name) => name[kind] === "type");
}

function asksForModule(callee: unknown): boolean {
  if (!isNode(callee)) return false;
  if (callee.type === "Identifier") return callee.name === "require";
  return (
    callee.type === "MemberExpression" &&
    isNode(callee.property) &&
    callee.property.name === "resolve"
  );
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) walk(child, visit);
}
