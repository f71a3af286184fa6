import type { Finding, FindingsReport, Measure } from "@taproot/awareness";
import type { Child } from "hono/jsx";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { longDate } from "../words/dates.ts";
import { count, percent, signed, signedCount } from "../words/numbers.ts";

interface HowMadeProps {
  readonly finding: Finding;
  readonly report: FindingsReport;
  readonly frame: PageFrame;
}

/** How every number of a finding was made, with the numbers put in. */
export function HowMade({ finding, report, frame }: HowMadeProps) {
  const counts = frame.data?.kind === "counts";
  const { group, others, points, people, bounds, data } = { ...finding, data: report.data };
  const rate = finding.measure === "rate";
  const one = (value: number) =>
    rate ? `${(value * 100).toFixed(2)} per 100` : percentExactly(value);
  const decimals = rate ? 2 : 1;
  const unit = rate ? "per 100" : "percentage points";
  const share = ({ value, reached, denominator }: typeof group) =>
    finding.measure === "seenBy"
      ? `${percentExactly(value)} of ${count(denominator)} people by week ${finding.horizonWeeks}, people still waiting included`
      : `${count(reached)} ÷ ${count(denominator)} = ${one(value)}`;
  return (
    <section aria-labelledby="how-made-heading">
      <h2 class="nhsuk-heading-m" id="how-made-heading">
        How this was made
      </h2>
      <dl class="nhsuk-summary-list">
        <Row term="This group">{share(group)}</Row>
        <Row term={`Compared with ${finding.reference}`}>{share(others)}</Row>
        <Row term={rate ? "Gap" : "Gap in points"}>
          {one(group.value)} − {one(others.value)} = {signed(points.value, decimals)} {unit}. Likely
          between {signed(points.lower, decimals)} and {signed(points.upper, decimals)} (95%
          interval).{" "}
          <MethodLink
            frame={frame}
            pages={INTERVAL_METHOD[finding.measure]}
            text="The method of the interval"
          />
        </Row>
        <Row term="Gap in people">
          {count(group.denominator)} people × {signed(points.value, decimals)} ÷ 100 ={" "}
          {signedCount(people.value)}. Likely between {signedCount(people.lower)} and{" "}
          {signedCount(people.upper)}. This is how many more or fewer were reached than would have
          been at the rate of {finding.reference}.
        </Row>
        <Row term="Not recorded">
          {finding.unknown === 0
            ? "Nobody among those compared."
            : `${count(finding.unknown)} people have no group recorded. Depending on who they are, the gap lies anywhere between ${signed(bounds.lower)} and ${signed(bounds.upper)} points.`}{" "}
          <MethodLink
            frame={frame}
            pages={["worst-case-bounds"]}
            text="How these bounds are made"
          />
        </Row>
        <Row term="Chance">
          {count(report.comparisons)} comparisons were made, and the more one looks the more one
          finds by chance. Allowing for that, the expected share of false alarms among findings as
          sure as this one is {finding.q < 0.001 ? "under 0.1%" : percent(finding.q)} (q{" "}
          {finding.q < 0.001 ? "< 0.001" : `= ${finding.q.toFixed(3)}`}; before allowing for it, p{" "}
          {finding.p < 0.001 ? "< 0.001" : `= ${finding.p.toFixed(3)}`}).{" "}
          <MethodLink frame={frame} pages={["many-cuts"]} text="The method" />
        </Row>
        <Row term="Data">
          {count(data.records)} {counts ? "rows of counts" : "referrals"}
          {data.from && data.to
            ? `${counts ? ", for" : ", referred from"} ${longDate(data.from)} to ${longDate(data.to)}`
            : ""}
          {data.asOf ? `; taken on ${longDate(data.asOf)}` : ""}.
        </Row>
      </dl>
    </section>
  );
}

function Row({ term, children }: { term: string; children?: Child }) {
  return (
    <div class="nhsuk-summary-list__row">
      <dt class="nhsuk-summary-list__key">{term}</dt>
      <dd class="nhsuk-summary-list__value">{children}</dd>
    </div>
  );
}

const INTERVAL_METHOD: Readonly<Record<Measure, readonly string[]>> = {
  reach: ["proportion-difference"],
  waitingUnder: ["proportion-difference"],
  rate: ["rate-ratio", "rate"],
  seenBy: ["chance-of-being-seen"],
};

function percentExactly(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
