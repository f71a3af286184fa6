import type { Cut } from "@taproot/model";
import { type View, viewAddress } from "../words/choices.ts";
import { FINDING_STEPS } from "../words/steps.ts";

/** The questions in the order in which people ask them. */
type Question = "found" | "who" | "where" | "why" | "sure" | "next";

interface ThreadProps {
  readonly current: Question;
  readonly view: View;
  /** The group that the thread is about, where it is about one. */
  readonly cut?: Cut;
  /** The step that the thread is about. */
  readonly step?: string;
  /** The finding's name, where the thread is about one. */
  readonly finding?: string;
}

/** The conversation: what we found, who, where, why, how sure, what could we do. It keeps the part of the service. */
export function Thread({ current, view, finding, ...props }: ThreadProps) {
  const { selection } = view;
  // A page that is about nobody hands on whom the page before was about.
  const kept = props.cut && Object.keys(props.cut).length > 0 ? undefined : view.about;
  const cut = kept?.cut ?? props.cut ?? {};
  const step = kept ? kept.step : FINDING_STEPS.find((one) => one === props.step);
  const by = Object.keys(cut);
  const groups = Object.values(cut);
  const [first] = by;
  const at = (path: string, more: Record<string, string | readonly string[] | undefined> = {}) =>
    viewAddress(path, { selection, about: { cut, ...(step ? { step } : {}) } }, more);
  const questions: readonly { name: Question; text: string; href: string }[] = [
    { name: "found", text: "What did we find?", href: at("/found") },
    { name: "who", text: "Who is it?", href: at("/overlap", { cross: by, step }) },
    {
      name: "where",
      text: "Where is it?",
      href: step === "wait" ? at("/waits", { by: first }) : at("/reach", { by: first }),
    },
    { name: "why", text: "Why?", href: at("/why", { by, group: groups, step }) },
    { name: "sure", text: "How sure are we?", href: at("/sure") },
    {
      name: "next",
      text: "What could we do?",
      href: at(finding === undefined ? "/next" : `/next/${encodeURIComponent(finding)}`),
    },
  ];
  return (
    <nav class="thread" aria-label="The questions in order">
      <ol class="thread__list">
        {questions.map(({ name, text, href }) => (
          <li class="thread__item">
            <a
              class="thread__link"
              href={href}
              aria-current={name === current ? "step" : undefined}
            >
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
