import { Layout, type PageFrame } from "../components/layout.tsx";

/** What Taproot does so that everyone can use it, and what is known not to work. */
export function AccessibilityPage({ frame }: { frame: PageFrame }) {
  return (
    <Layout frame={frame} title="Accessibility">
      <div class="nhsuk-grid-row">
        <div class="nhsuk-grid-column-two-thirds">
          <h1 class="nhsuk-heading-l page-title">Accessibility</h1>
          <p class="nhsuk-body-l">Everyone who runs a service should be able to use Taproot.</p>
          <p class="nhsuk-body">You can:</p>
          <ul class="nhsuk-list nhsuk-list--bullet">
            <li>do everything with a keyboard, and see where you are</li>
            <li>
              use a screen reader: each picture has its message in words and its table beside it
            </li>
            <li>zoom to 400% without scrolling sideways, except inside wide tables</li>
            <li>turn JavaScript off</li>
            <li>print every page: tables are printed in full</li>
            <li>
              read every picture without colour: lines have symbols, dashes and names of their own
            </li>
          </ul>
          <h2 class="nhsuk-heading-m">How this is checked</h2>
          <p class="nhsuk-body">
            Every page is checked by automated tests against the Web Content Accessibility
            Guidelines 2.2 at level AA (axe), walked by keyboard, and looked at with JavaScript off,
            at 320 pixels width and in print. Automated tests find only some of the barriers that
            people meet. Taproot has not yet been audited by people who use assistive technology
            every day.
          </p>
          <h2 class="nhsuk-heading-m">What we know does not work well</h2>
          <ul class="nhsuk-list nhsuk-list--bullet">
            <li>Wide tables scroll sideways on a phone. Each can be downloaded as a file.</li>
            <li>
              The pictures themselves are one image to a screen reader. The table below each holds
              the same numbers.
            </li>
          </ul>
          <h2 class="nhsuk-heading-m">Something in your way?</h2>
          <p class="nhsuk-body">
            Tell whoever gave you Taproot, or open an issue where its source is published.
          </p>
        </div>
      </div>
    </Layout>
  );
}
