import { TaprootError } from "@taproot/model";
import { MessagePage } from "../pages/message-page.tsx";
import { FAILED } from "../pages/plain-pages.ts";
import { frameOf, page, type Request } from "./context.ts";
import type { Logger } from "./logger.ts";

/**
 * An error as a person reads it. What Taproot says itself is shown; anything else may hold values from a person's file, so
 * that only its kind and its place in the program are logged.
 */
export function inWords(error: unknown, logger: Logger): string {
  if (error instanceof TaprootError) return error.message;
  if (error instanceof DOMException && error.name === "AbortError")
    return "It was cancelled. What was open before is still open.";
  logger.error(placeOf(error));
  return "Taproot could not do this, and it is not the file’s fault. Nothing was changed. Try again; if it fails again, look at the terminal in which Taproot runs and report what it says.";
}

function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "Unexpected error of an unknown kind.";
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return [`Unexpected ${error.name}`, ...frames.slice(0, 6)].join("\n");
}

/** The page for an error that no handler met. */
export function errorPage(error: unknown, c: Request): Response {
  const workbench = c.get("workbench");
  if (!workbench) return c.html(FAILED, 500);
  const words = inWords(error, workbench.logger);
  const expected = error instanceof TaprootError;
  return page(
    c,
    <MessagePage
      frame={frameOf(c)}
      heading={expected ? "That did not work" : "Something went wrong"}
      error
    >
      <p class="nhsuk-body">{words}</p>
      <p class="nhsuk-body">
        <a href="/">Go to what we found</a> or <a href="/start">open a file</a>.
      </p>
    </MessagePage>,
    expected ? 400 : 500,
  );
}

/** The page for an address that leads nowhere. */
export function notFoundPage(c: Request): Response {
  return page(
    c,
    <MessagePage frame={frameOf(c)} heading="Page not found">
      <p class="nhsuk-body">There is no page at this address.</p>
      <p class="nhsuk-body">
        <a href="/">Go to what we found</a> or <a href="/start">open a file</a>.
      </p>
    </MessagePage>,
    404,
  );
}
