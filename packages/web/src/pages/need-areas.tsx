import { type AreaLevel, type AreaUse, LEVEL_WORDS, type UseByArea } from "@taproot/awareness";
import type { AreaProfiles } from "@taproot/place";
import type { PageFrame } from "../components/layout.tsx";
import { MethodLink } from "../components/method-link.tsx";
import { Table } from "../components/table.tsx";
import type { AreaOrder } from "../server/need-question.ts";
import { count, counted, signedCount, unbroken } from "../words/numbers.ts";
import { NeedLevels } from "./need-levels.tsx";

/** Where the parts of the areas' section are found. */
export interface NeedAreasAddresses {
  readonly csv: string;
  readonly map: string;
  readonly sorted: (order: AreaOrder) => string;
  readonly ofLevel: (level: AreaLevel) => string;
  readonly pageOf: (page: number) => string;
}

interface NeedAreasProps {
  readonly frame: PageFrame;
  readonly byArea: UseByArea;
  readonly levels: readonly UseByArea[];
  readonly profiles: AreaProfiles;
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

/** Small areas, or what they add up to: the map where scripts run and outlines were added, and always the table. */
export function NeedAreas(props: NeedAreasProps) {
  const { frame, byArea, order, page, outlined, addresses } = props;
  const { areas, level } = byArea;
  const [one, many] = LEVEL_WORDS[level];
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
      <NeedLevels
        byArea={byArea}
        levels={props.levels}
        profiles={props.profiles}
        addressOf={addresses.ofLevel}
      />
      {outlined === undefined ? (
        <p class="nhsuk-body">
          There is no map, because no outlines of these areas have been added. Add a file of
          outlines (GeoJSON) with <code>npx taproot places add</code>;{" "}
          <code>npx taproot places list</code> says which ones can be read.
        </p>
      ) : (
        <AreaMap frame={frame} byArea={byArea} address={addresses.map} />
      )}
      <p class="nhsuk-body">
        {byArea.drawn
          ? `Each ${one}’s number is drawn towards that of the other ${many}${byArea.towardsFifth ? ` of its ${level === "smallArea" ? "fifth" : "fifths"} of deprivation, because fifths differ` : ""}, the more the fewer referrals are expected there, so that the smallest do not stand out by chance alone.`
          : `Each ${one}’s number is its own: there are too few ${many}, or too few with referrals, to show how far ${many} differ.`}{" "}
        Of {many} where fewer than 10 referrals are expected nothing is shown. A plus is missing
        referrals, a minus more than expected.
        {outlined !== undefined && outlined < areas.length
          ? ` ${counted(areas.length - outlined, `${one} has`, `${many} have`)} no outline and ${areas.length - outlined === 1 ? "is" : "are"} only in the table.`
          : ""}{" "}
        <MethodLink frame={frame} pages={["shrinkage"]} text="How this is worked out" />
      </p>
      <Table
        id="need-areas-table"
        caption={`Referrals beside those expected, by ${level === "smallArea" ? "small area" : one}${pages > 1 ? `: ${count(from + 1)} to ${count(from + shown.length)} of ${count(areas.length)}` : ""}`}
        columns={[
          { heading: <Sort order="name" current={order} text={capital(one)} {...addresses} /> },
          ...(withDistricts ? [{ heading: "District" }] : []),
          {
            heading: level === "smallArea" ? "Deprivation fifth" : "Deprivation fifths",
            numeric: true,
          },
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
          <>
            <span data-area={area.area}>{area.name}</span>
            {level !== "smallArea" && (
              <small class="cell-note">{counted(area.smallAreas.length, "small area")}</small>
            )}
          </>,
          ...(withDistricts ? [area.district ?? ""] : []),
          fifthsInWords(area.fifths),
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
      {pages > 1 && <Pages current={current} pages={pages} many={many} pageOf={addresses.pageOf} />}
      <p class="figure__csv">
        <a href={addresses.csv} download>
          Download all {counted(areas.length, one)} (CSV)
        </a>
      </p>
    </section>
  );
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "3", "1 to 4", or the two of them. */
function fifthsInWords(fifths: readonly number[]): string {
  const [first, last] = [fifths[0], fifths.at(-1)];
  if (first === undefined) return "not known";
  return first === last ? String(first) : `${first} to ${last}`;
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
  byArea: { level, sentence },
  address,
}: {
  frame: PageFrame;
  byArea: UseByArea;
  address: string;
}) {
  const [one, many] = LEVEL_WORDS[level];
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
            {sign.replace("area", one)}
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
        Choose {level === "smallArea" ? "an" : "a"} {one} to see its numbers.
      </p>
      <figcaption>
        <ul class="area-map__key" id="area-map-key" aria-label="Referrals for every 100 expected" />
        <p class="figure__reading" id="area-map-keys">
          When the map has the focus: + and − come closer and go further away, the arrow keys move
          it, 0 shows all of it, Page Down and Page Up go from {one} to {one}, the one with the
          lowest number first. Hatched {many} differ by more than chance; dotted ones have too few
          referrals to say. Close up, each {one} shows its number.
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
  many,
  pageOf,
}: {
  current: number;
  pages: number;
  many: string;
  pageOf: (page: number) => string;
}) {
  return (
    <nav class="need-areas__pages" aria-label={`Pages of the table of ${many}`}>
      {current > 1 && (
        <a href={pageOf(current - 1)}>
          Previous {AREAS_A_PAGE} {many}
        </a>
      )}
      <span>
        Page {count(current)} of {count(pages)}
      </span>
      {current < pages && (
        <a href={pageOf(current + 1)}>
          Next {AREAS_A_PAGE} {many}
        </a>
      )}
    </nav>
  );
}
