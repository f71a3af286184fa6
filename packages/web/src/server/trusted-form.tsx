import { bodyLimit } from "hono/body-limit";
import { MessagePage } from "../pages/message-page.tsx";
import { frameOf, page, type Request } from "./context.ts";

/** A form without files is never larger than this. */
const FORM_BYTES = 1_000_000;

/** Turns away a form that is too large to be one of ours. */
export const formOnly = bodyLimit({
  maxSize: FORM_BYTES,
  onError: (c) => c.text("The form is too large.", 413),
});

/** What a form holds; undefined where it does not carry this session's token. */
export async function trustedForm(c: Request): Promise<URLSearchParams | undefined> {
  const form = new URLSearchParams(await c.req.text());
  const token = form.get("form-token") ?? undefined;
  return c.get("workbench").sessions.isFormToken(c.get("session"), token) ? form : undefined;
}

/** The answer to a form that cannot be trusted. */
export function refused(c: Request): Response {
  return page(
    c,
    <MessagePage frame={frameOf(c)} heading="This form is no longer valid" error>
      <p class="nhsuk-body">
        Nothing was changed. Go back to the page, load it again and send the form once more.
      </p>
      <p class="nhsuk-body">
        <a href="/start">Go to the start</a>
      </p>
    </MessagePage>,
    400,
  );
}
