import { parseSync } from "oxc-parser";

/** The documentation comment right before each exported function or class of a source file, by name; "" where none. */
export function docstringsOf(file: string, text: string): Map<string, string> {
  const { program, comments, errors } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type !== "ExportNamedDeclaration" || !statement.declaration) continue;
    const { declaration } = statement;
    const names =
      declaration.type === "VariableDeclaration"
        ? declaration.declarations.map(({ id }) => id)
        : "id" in declaration
          ? [declaration.id]
          : [];
    const before = comments.findLast(
      ({ end }) => end <= statement.start && text.slice(end, statement.start).trim() === "",
    );
    // Of overloads, the first has the comment.
    for (const id of names)
      if (id && "name" in id && !found.get(id.name))
        found.set(id.name, before?.value.startsWith("*") ? before.value : "");
  }
  return found;
}
