import { parseSync } from "oxc-parser";

type Node = Readonly<Record<string, unknown>> & { readonly type: string; readonly start: number };

/** A fast-check property: where it stands, and which functions of the package it calls. */
export interface Property {
  readonly line: number;
  readonly calls: ReadonlySet<string>;
  /** False when nothing in it can fail. */
  readonly asserts: boolean;
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

const isFunction = (node: Node) =>
  node.type === "ArrowFunctionExpression" ||
  node.type === "FunctionExpression" ||
  node.type === "FunctionDeclaration";

const nameOf = (node: unknown): string | undefined =>
  isNode(node) && node.type === "Identifier" ? (node.name as string) : undefined;

function* childrenOf(node: Node): Generator<Node> {
  for (const [key, value] of Object.entries(node)) {
    // Types are no calls; the name of a member or of a key is no reference.
    if (key === "typeAnnotation" || key === "typeArguments" || key === "returnType") continue;
    if ((key === "property" || key === "key") && node.computed === false) {
      if (!(key === "key" && node.shorthand === true)) continue;
    }
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield child;
  }
}

/**
 * Every `fc.property(…)` in a test file, with the functions that its predicate calls: by name, handed on to another call,
 * through a function that the same file declares, or through the table of the `test.each` around it. What only the
 * generators call, or what is only imported, does not count.
 */
export function propertiesOf(file: string, text: string): Property[] {
  const { program, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const imported = importsFromSource(program as unknown as Node);
  const found: Property[] = [];
  const visit = (node: Node, scopes: readonly Scope[]) => {
    const inner = opensScope(node) ? [...scopes, scopeOf(node)] : scopes;
    if (isProperty(node)) {
      const predicate = (node.arguments as readonly Node[]).at(-1);
      if (predicate) {
        const calls = new Set<string>();
        const asserts = follow(predicate, inner, imported, calls, new Set());
        found.push({ line: text.slice(0, node.start).split("\n").length, calls, asserts });
      }
    }
    for (const child of childrenOf(node)) visit(child, inner);
  };
  visit(program as unknown as Node, []);
  return found;
}

/** What a name stands for: a declared function or table, of which one key alone may be meant. */
interface Declared {
  readonly node: Node;
  readonly key?: string | undefined;
}
type Scope = ReadonlyMap<string, Declared | undefined>;

const opensScope = (node: Node) =>
  node.type === "Program" || node.type === "BlockStatement" || isFunction(node) || isLoop(node);

const isLoop = (node: Node) => node.type === "ForOfStatement";

/** Local name → exported name, of everything imported from the package's source; a namespace stands as "*". */
function importsFromSource(program: Node): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of program.body as readonly Node[]) {
    if (statement.type !== "ImportDeclaration") continue;
    if (!/\/src\//.test((statement.source as { value: string }).value)) continue;
    for (const specifier of statement.specifiers as readonly Node[]) {
      const local = nameOf(specifier.local);
      if (local === undefined || specifier.importKind === "type") continue;
      names.set(local, nameOf(specifier.imported) ?? "*");
    }
  }
  return names;
}

function scopeOf(node: Node): Scope {
  const scope = new Map<string, Declared | undefined>();
  const declare = (pattern: unknown, value: unknown) => {
    for (const [name, key] of namesIn(pattern as Node))
      scope.set(name, isNode(value) ? { node: value, key } : undefined);
  };
  if (isFunction(node))
    for (const parameter of node.params as readonly Node[]) declare(parameter, tables.get(node));
  else if (isLoop(node))
    for (const { id } of (node.left as Node).declarations as readonly Node[])
      declare(id, node.right);
  else
    for (const statement of node.body as readonly Node[]) {
      noteTables(statement);
      if (statement.type === "FunctionDeclaration") declare(statement.id, statement);
      if (statement.type === "VariableDeclaration")
        for (const { id, init } of statement.declarations as readonly Node[]) declare(id, init);
    }
  return scope;
}

/** The table that fills the parameters of a callback: of `test.each(table)("…", callback)`. */
const tables = new WeakMap<Node, Node>();

function noteTables(node: Node): void {
  if (node.type === "CallExpression") {
    const each = node.callee as Node;
    const callback = (node.arguments as readonly Node[]).at(-1);
    if (each.type === "CallExpression" && callback && isFunction(callback)) {
      const [table] = each.arguments as readonly Node[];
      if (table && (each.callee as Node).type === "MemberExpression") tables.set(callback, table);
    }
  }
  for (const child of childrenOf(node)) noteTables(child);
}

/** The names that a pattern declares, each with the key that it takes its value from. */
function namesIn(pattern: Node, key?: string): [name: string, key: string | undefined][] {
  const own = nameOf(pattern);
  if (own !== undefined) return [[own, key]];
  if (pattern.type === "Property") return namesIn(pattern.value as Node, nameOf(pattern.key));
  if (pattern.type === "AssignmentPattern") return namesIn(pattern.left as Node, key);
  return [...childrenOf(pattern)].flatMap((part) => namesIn(part, key));
}

const isProperty = (node: Node) =>
  node.type === "CallExpression" &&
  isNode(node.callee) &&
  node.callee.type === "MemberExpression" &&
  nameOf(node.callee.object) === "fc" &&
  /^(asyncP|p)roperty$/.test(nameOf(node.callee.property) ?? "");

/** Collects what a piece of code calls; says whether it asserts. */
function follow(
  node: Node,
  scopes: readonly Scope[],
  imported: ReadonlyMap<string, string>,
  calls: Set<string>,
  seen: Set<Node>,
): boolean {
  if (seen.has(node)) return false;
  seen.add(node);
  const inner = opensScope(node) ? [...scopes, scopeOf(node)] : scopes;
  let asserts = false;
  const name = nameOf(node);
  if (name !== undefined) {
    const at = inner.findLastIndex((scope) => scope.has(name));
    const declared = at < 0 ? undefined : inner[at]?.get(name);
    // The outermost scope is the module's.
    if (declared) asserts = followDeclared(declared, inner.slice(0, at + 1), imported, calls, seen);
    else if (at < 0 && imported.has(name)) calls.add(imported.get(name) as string);
  }
  if (node.type === "MemberExpression" && imported.get(nameOf(node.object) ?? "") === "*")
    calls.add(nameOf(node.property) ?? "");
  if (node.type === "CallExpression" && nameOf(node.callee) === "expect") asserts = true;
  for (const child of childrenOf(node)) {
    // `expect(theFunction)` looks at it without calling it.
    if (nameOf(node.callee) === "expect" && imported.has(nameOf(child) ?? "")) continue;
    asserts = follow(child, inner, imported, calls, seen) || asserts;
  }
  return asserts;
}

/** Follows a declared function, or the functions of a declared table; a value worked out beforehand calls nothing now. */
function followDeclared(
  { node, key }: Declared,
  scopes: readonly Scope[],
  imported: ReadonlyMap<string, string>,
  calls: Set<string>,
  seen: Set<Node>,
): boolean {
  const again = (next: unknown) =>
    isNode(next) && followDeclared({ node: next, key }, scopes, imported, calls, seen);
  if (isFunction(node)) return follow(node, scopes, imported, calls, seen);
  const name = nameOf(node);
  if (name !== undefined) {
    // Of a named table, the one key that is meant.
    const at = scopes.findLastIndex((scope) => scope.has(name));
    const declared = at < 0 ? undefined : scopes[at]?.get(name);
    if (declared === undefined) return follow(node, scopes, imported, calls, seen);
    const next = { node: declared.node, key: key ?? declared.key };
    return followDeclared(next, scopes.slice(0, at + 1), imported, calls, seen);
  }
  switch (node.type) {
    case "ObjectExpression": {
      const properties = node.properties as readonly Node[];
      const meant = properties.filter((one) => key !== undefined && nameOf(one.key) === key);
      const parts = meant.length > 0 ? meant : properties;
      return parts.map((one) => again(one.value)).some(Boolean);
    }
    case "ArrayExpression":
      return (node.elements as readonly unknown[]).map(again).some(Boolean);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
      return again(node.expression);
    case "CallExpression":
      // `Object.entries(table)`
      if (nameOf((node.callee as Node).object) === "Object")
        return (node.arguments as readonly unknown[]).map(again).some(Boolean);
  }
  return false;
}
