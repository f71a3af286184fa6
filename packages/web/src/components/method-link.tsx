import type { PageFrame } from "./layout.tsx";

interface MethodLinkProps {
  readonly frame: PageFrame;
  /** The method page's name; the first that this install has is taken. */
  readonly pages: readonly string[];
  readonly text: string;
}

/** A link to how something is worked out; nothing where this install has no such page. */
export function MethodLink({ frame, pages, text }: MethodLinkProps) {
  const page = pages.find((name) => frame.methods.has(name));
  return page ? <a href={`/methods/${page}`}>{text}</a> : null;
}
