import type { Child } from "hono/jsx";
import { Layout, type PageFrame } from "../components/layout.tsx";

interface MessagePageProps {
  readonly frame: PageFrame;
  readonly heading: string;
  readonly error?: boolean;
  readonly children?: Child;
}

/** A page that says one thing and what to do next: something is missing, or went wrong. */
export function MessagePage({ frame, heading, error, children }: MessagePageProps) {
  return (
    <Layout frame={frame} title={error ? `Error: ${heading}` : heading}>
      <h1 class="nhsuk-heading-l page-title">{heading}</h1>
      {children}
    </Layout>
  );
}
