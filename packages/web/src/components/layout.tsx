import type { Child } from "hono/jsx";
import { DataStrip, type LoadedSummary } from "./data-strip.tsx";

/** What every page needs to know besides its own content. */
export interface PageFrame {
  /** The address of an asset with its version. */
  readonly asset: (name: string) => string;
  readonly formToken: string;
  /** The names of the method pages that this install has. */
  readonly methods: ReadonlySet<string>;
  readonly data?: LoadedSummary;
}

/** The places of the workbench. */
export type MenuItem =
  | "found"
  | "overlap"
  | "compare"
  | "need"
  | "reach"
  | "waits"
  | "outcomes"
  | "why"
  | "sure"
  | "over-time"
  | "settings"
  | "pins"
  | "next"
  | "quality"
  | "start"
  | "methods";

interface MenuEntry {
  readonly item: MenuItem;
  readonly href: string;
  readonly text: string;
}

interface MenuPart {
  /** What the menu calls it. */
  readonly text: string;
  readonly needsData: boolean;
  /** The first is where the menu leads; more than one become a row of their own under the menu. */
  readonly entries: readonly [MenuEntry, ...MenuEntry[]];
}

/** The menu in the order of the questions that people ask. */
const MENU: readonly MenuPart[] = [
  {
    text: "What we found",
    needsData: true,
    entries: [
      { item: "found", href: "/found", text: "The gaps" },
      { item: "settings", href: "/settings", text: "Ready views" },
      { item: "pins", href: "/pins", text: "Pinned" },
    ],
  },
  {
    text: "Who",
    needsData: true,
    entries: [
      { item: "overlap", href: "/overlap", text: "Where disadvantages overlap" },
      { item: "compare", href: "/compare", text: "Compare two groups" },
    ],
  },
  {
    text: "Where",
    needsData: true,
    entries: [
      { item: "reach", href: "/reach", text: "Reach, step by step" },
      { item: "need", href: "/need", text: "Need" },
      { item: "waits", href: "/waits", text: "Waits" },
      { item: "outcomes", href: "/outcomes", text: "Outcomes" },
      { item: "over-time", href: "/over-time", text: "Over time" },
    ],
  },
  {
    text: "Why",
    needsData: true,
    entries: [{ item: "why", href: "/why", text: "Why" }],
  },
  {
    text: "How sure",
    needsData: true,
    entries: [
      { item: "sure", href: "/sure", text: "How sure are we?" },
      { item: "quality", href: "/quality", text: "Data quality" },
    ],
  },
  {
    text: "What next",
    needsData: true,
    entries: [{ item: "next", href: "/next", text: "What could we do?" }],
  },
  {
    text: "Open a file",
    needsData: false,
    entries: [{ item: "start", href: "/start", text: "Open a file" }],
  },
  {
    text: "Methods",
    needsData: false,
    entries: [{ item: "methods", href: "/methods", text: "Methods" }],
  },
];

interface LayoutProps {
  readonly frame: PageFrame;
  /** The page's title; "Error: " goes before it where something must be put right. */
  readonly title: string;
  readonly current?: MenuItem;
  /** Seconds after which the browser asks again, for pages that wait without a script. */
  readonly refreshSeconds?: number;
  readonly before?: Child;
  readonly children?: Child;
}

/** The page around every page: title, skip link, menu, what data this is, footer. */
export function Layout(props: LayoutProps) {
  const { frame, title, current, refreshSeconds, before, children } = props;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} – Taproot`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content="#003d78" />
        {refreshSeconds && (
          <noscript>
            <meta http-equiv="refresh" content={String(refreshSeconds)} />
          </noscript>
        )}
        <link rel="icon" href={frame.asset("taproot.svg")} type="image/svg+xml" />
        <link rel="stylesheet" href={frame.asset("nhsuk.css")} />
        <link rel="stylesheet" href={frame.asset("taproot.css")} />
        <script type="module" src={frame.asset("taproot.js")} />
      </head>
      <body>
        <a class="nhsuk-skip-link" href="#maincontent" data-module="nhsuk-skip-link">
          Skip to main content
        </a>
        <Header frame={frame} current={current} />
        {frame.data?.synthetic && (
          <aside class="synthetic" aria-label="Synthetic data">
            <div class="nhsuk-width-container">
              <strong>Made-up data.</strong> This is the demonstration service. No real person,
              place or team is in it. <a href="/start">Open your own file</a>
            </div>
          </aside>
        )}
        <div class="nhsuk-width-container">
          {before && <nav aria-label="Back">{before}</nav>}
          <main class="nhsuk-main-wrapper" id="maincontent">
            {children}
          </main>
        </div>
        {frame.data && <DataStrip {...frame.data} />}
        <Footer />
      </body>
    </html>
  );
}

function Header({ frame, current }: { frame: PageFrame; current: MenuItem | undefined }) {
  const parts = MENU.filter((part) => frame.data || !part.needsData);
  const open = parts.find(({ entries }) => entries.some(({ item }) => item === current));
  return (
    <header class="nhsuk-header" data-module="nhsuk-header">
      <div class="nhsuk-header__container nhsuk-width-container">
        <div class="nhsuk-header__service">
          <a class="nhsuk-header__service-logo wordmark" href="/" aria-label="Taproot home">
            <svg class="wordmark__root" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
              <path d="M16 3v26M16 11l-7 7M16 11l7 7M16 18l-4.5 4.5M16 18l4.5 4.5" />
            </svg>
            <span class="nhsuk-header__service-name">Taproot</span>
          </a>
          <span class="wordmark__line">Whom does the service miss, and where?</span>
        </div>
      </div>
      <nav class="nhsuk-header__navigation" aria-label="Menu">
        <div class="nhsuk-header__navigation-container nhsuk-width-container">
          <ul class="nhsuk-header__navigation-list">
            {parts.map((part) => (
              <li
                class={`nhsuk-header__navigation-item${part === open ? " nhsuk-header__navigation-item--current" : ""}`}
              >
                <a
                  class="nhsuk-header__navigation-link"
                  href={part.entries[0].href}
                  aria-current={
                    part === open ? (part.entries[0].item === current ? "page" : "true") : undefined
                  }
                >
                  {part === open ? (
                    <strong class="nhsuk-header__navigation-item-current-fallback">
                      {part.text}
                    </strong>
                  ) : (
                    part.text
                  )}
                </a>
              </li>
            ))}
            <li class="nhsuk-header__menu" hidden>
              <button
                type="button"
                class="nhsuk-header__menu-toggle nhsuk-header__navigation-link"
                id="toggle-menu"
                aria-expanded="false"
              >
                <span class="nhsuk-u-visually-hidden">Browse </span>More
              </button>
            </li>
          </ul>
        </div>
      </nav>
      {open && open.entries.length > 1 && (
        <nav class="part-menu" aria-label={open.text}>
          <ul class="part-menu__list nhsuk-width-container">
            {open.entries.map(({ item, href, text }) => (
              <li>
                <a
                  class="part-menu__link"
                  href={href}
                  aria-current={item === current ? "page" : undefined}
                >
                  {text}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}

function Footer() {
  return (
    <footer class="nhsuk-footer">
      <div class="nhsuk-width-container">
        <div class="nhsuk-footer__meta">
          <h2 class="nhsuk-u-visually-hidden">Support links</h2>
          <ul class="nhsuk-footer__list">
            <li class="nhsuk-footer__list-item">
              <a class="nhsuk-footer__list-item-link" href="/methods">
                Methods
              </a>
            </li>
            <li class="nhsuk-footer__list-item">
              <a class="nhsuk-footer__list-item-link" href="/accessibility">
                Accessibility
              </a>
            </li>
          </ul>
          <p class="nhsuk-body-s">
            Taproot informs a person’s decision. It runs on this computer alone and sends nothing
            anywhere. It is not an NHS website.
          </p>
        </div>
      </div>
    </footer>
  );
}
