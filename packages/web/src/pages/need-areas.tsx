import type { AreaUse, UseByArea } from "@taproot/awareness";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import type { AreaOrder } from "../server/need-question.ts";
import { count, signedCount, unbroken } from "../words/numbers.ts";

/** Where the parts of the areas' section are found. */
export interface NeedAreasAddresses {
  readonly csv: string;
  readonly map: string;
  readonly sorted: (order: AreaOrder) => string;
  readonly pageOf: (page: number) => string;
}

interface NeedAreasProps {
  readonly frame: PageFrame;
  readonly byArea: UseByArea;
  readonly order: AreaOrder;
  readonly page: number;
  /** How many areas have an outline; undefined where none has been added. */
  readonly outlined: number | undefined;
  readonly addresses: NeedAreasAddresses;
}

/** Areas on one page of the table. */
export const AREAS_A_PAGE = 50;

const STANDING: Readonly<Record<AreaUse["standing"], string>> = {
  fewer: "fewer than expected",
  asExpected: "as expected, as far as can be said",
  more: "more than expected",
  tooFew: "too few to say",
};

/** Areas in the order asked for; those of which nothing can be said come last. */
export function sortedAreas(areas: readonly AreaUse[], order: AreaOrder): readonly AreaUse[] {
  const byName = new Intl.Collator("en-GB", { numeric: true });
  const key: Readonly<Record<AreaOrder, (a: AreaUse, b: AreaUse) => number>> = {
    ratio: (a, b) => (a.ratio?.value ?? 1) - (b.ratio?.value ?? 1),
    missing: (a, b) => (b.missing?.value ?? 0) - (a.missing?.value ?? 0),
    people: (a, b) => b.people - a.people,
    name: (a, b) => byName.compare(a.name, b.name),
  };
  const last = ({ standing }: AreaUse) =>
    Number((order === "ratio" || order === "missing") && standing === "tooFew");
  return [...areas].sort(
    (a, b) => last(a) - last(b) || key[order](a, b) || byName.compare(a.name, b.name),
  );
}

/** Small areas: the map where scripts run and outlines were added, and always the table. */
export function NeedAreas(props: NeedAreasProps) {
  const { frame, byArea, order, page, outlined, addresses } = props;
  const { areas } = byArea;
  const pages = Math.max(1, Math.ceil(areas.length / AREAS_A_PAGE));
  const current = Math.min(page, pages);
  const from = (current - 1) * AREAS_A_PAGE;
  const shown = sortedAreas(areas, order).slice(from, from + AREAS_A_PAGE);
  const withDistricts = new Set(areas.map(({ district }) => district)).size > 1;
  return (
    <section class="need-areas" aria-labelledby="need-areas-heading">
      <h2 class="nhsuk-heading-m" id="need-areas-heading">
        Where they live
      </h2>
      <p class="nhsuk-body-l need-areas__sentence">{unbroken(byArea.sentence)}</p>
      {outlined === undefined ? (
        <p class="nhsuk-body">
          There is no map, because no outlines of these areas have been added. Add a file of
          outlines (GeoJSON) with <code>npx taproot places add</code>;{" "}
          <code>npx taproot places list</code> says which ones can be read.
        </p>
      ) : (
        <AreaMap frame={frame} sentence={byArea.sentence} address={addresses.map} />
      )}
      <p class="nhsuk-body">
        Each area’s number is drawn towards that of the other areas
        {byArea.towardsFifth ? " of its fifth of deprivation, because fifths differ" : ""}, the more
        the fewer referrals are expected there, so that small areas do not stand out by chance
        alone. Of areas where fewer than 10 referrals are expected nothing is shown. A plus is
        missing referrals, a minus more than expected.
        {outlined !== undefined && outlined < areas.length
          ? ` ${count(areas.length - outlined)} areas have no outline and are only in the table.`
          : ""}{" "}
        <MethodLink frame={frame} pages={["shrinkage"]} text="How this is worked out" />
      </p>
      <Table
        id="need-areas-table"
        caption={`Referrals beside those expected, by small area${pages > 1 ? `: ${count(from + 1)} to ${count(from + shown.length)} of ${count(areas.length)}` : ""}`}
        columns={[
          { heading: <Sort order="name" current={order} text="Area" {...addresses} /> },
          ...(withDistricts ? [{ heading: "District" }] : []),
          { heading: "Deprivation fifth", numeric: true },
          {
            heading: <Sort order="people" current={order} text="People" {...addresses} />,
            numeric: true,
          },
          { heading: "Referrals", numeric: true },
          { heading: "Expected", numeric: true },
          {
            heading: <Sort order="missing" current={order} text="Missing" {...addresses} />,
            numeric: true,
          },
          {
            heading: (
              <Sort order="ratio" current={order} text="For every 100 expected" {...addresses} />
            ),
            numeric: true,
          },
          { heading: "Beyond chance" },
        ]}
        rows={shown.map((area) => [
          <span data-area={area.area}>{area.name}</span>,
          ...(withDistricts ? [area.district ?? ""] : []),
          area.deprivation > 0 ? String(area.deprivation) : "not known",
          count(area.people),
          area.observed === undefined ? "–" : count(area.observed),
          area.expected === undefined ? "–" : count(area.expected),
          area.missing ? (
            <>
              {signedCount(area.missing.value)}
              <small class="cell-note">
                {signedCount(area.missing.lower)} to {signedCount(area.missing.upper)}
              </small>
            </>
          ) : (
            "–"
          ),
          area.ratio ? (
            <>
              {count(100 * area.ratio.value)}
              <small class="cell-note">
                {count(100 * area.ratio.lower)} to {count(100 * area.ratio.upper)}
              </small>
            </>
          ) : (
            "–"
          ),
          STANDING[area.standing],
        ])}
      />
      {pages > 1 && <Pages current={current} pages={pages} pageOf={addresses.pageOf} />}
      <p class="figure__csv">
        <a href={addresses.csv} download>
          Download all {count(areas.length)} areas (CSV)
        </a>
      </p>
    </section>
  );
}

/** What each button does, what is on it, and what it is called where that is only a sign. */
const TOOLS: readonly (readonly [does: string, sign: string, says?: string])[] = [
  ["in", "+", "Closer"],
  ["out", "−", "Further away"],
  ["west", "←", "West"],
  ["north", "↑", "North"],
  ["south", "↓", "South"],
  ["east", "→", "East"],
  ["whole", "Whole map"],
  ["previous", "Previous area"],
  ["next", "Next area"],
];

/** Where the script draws. Without it there is the table below. */
function AreaMap({
  frame,
  sentence,
  address,
}: {
  frame: PageFrame;
  sentence: string;
  address: string;
}) {
  return (
    <figure class="area-map" id="area-map" data-areas={address} hidden>
      <fieldset class="area-map__tools">
        <legend class="nhsuk-u-visually-hidden">Move the map</legend>
        {TOOLS.map(([does, sign, says]) => (
          <button
            type="button"
            class="area-map__button"
            data-do={does}
            {...(says ? { "aria-label": says } : {})}
          >
            {sign}
          </button>
        ))}
      </fieldset>
      <canvas
        class="area-map__canvas"
        id="area-map-canvas"
        tabindex={0}
        role="img"
        aria-label={`Map. ${sentence}`}
        aria-describedby="area-map-keys"
      />
      <p class="area-map__area" id="area-map-area" role="status" aria-live="polite">
        Choose an area to see its numbers.
      </p>
      <figcaption>
        <ul class="area-map__key" id="area-map-key" aria-label="Referrals for every 100 expected" />
        <p class="figure__reading" id="area-map-keys">
          When the map has the focus: + and − come closer and go further away, the arrow keys move
          it, 0 shows all of it, Page Down and Page Up go from area to area, the one with the lowest
          number first. Hatched areas differ by more than chance; dotted ones have too few referrals
          to say. Close up, each area shows its number.
        </p>
      </figcaption>
      <script type="module" src={frame.asset("area-map.js")} />
    </figure>
  );
}

function Sort({
  order,
  current,
  text,
  sorted,
}: {
  order: AreaOrder;
  current: AreaOrder;
  text: string;
} & Pick<NeedAreasAddresses, "sorted">) {
  return order === current ? (
    <>
      {text}
      <small class="cell-note">sorted by this</small>
    </>
  ) : (
    <a href={sorted(order)}>
      {text}
      <span class="nhsuk-u-visually-hidden">: sort by this</span>
    </a>
  );
}

function Pages({
  current,
  pages,
  pageOf,
}: {
  current: number;
  pages: number;
  pageOf: (page: number) => string;
}) {
  return (
    <nav class="need-areas__pages" aria-label="Pages of the table of areas">
      {current > 1 && <a href={pageOf(current - 1)}>Previous {AREAS_A_PAGE} areas</a>}
      <span>
        Page {count(current)} of {count(pages)}
      </span>
      {current < pages && <a href={pageOf(current + 1)}>Next {AREAS_A_PAGE} areas</a>}
    </nav>
  );
}
