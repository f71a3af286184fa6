import type { NeedObstacle } from "../server/need-answer.ts";
import type { ChosenCatchment } from "../server/need-catchment.ts";
import { count } from "../words/numbers.ts";

interface NeedCannotProps {
  readonly obstacle: NeedObstacle;
  readonly catchment: ChosenCatchment | undefined;
}

/** Why there is nothing to set use against, and what to add. */
export function NeedCannot({ obstacle, catchment }: NeedCannotProps) {
  return (
    <div class="nhsuk-inset-text">
      <span class="nhsuk-u-visually-hidden">Information: </span>
      {obstacle === "noAreas" && (
        <>
          <p>
            Need is worked out from where people live, and these data have neither a postcode nor a
            small-area code.
          </p>
          <p>
            Ask for a list with the postcode (it is turned into an area and dropped) or with the
            code of the LSOA, data zone or super output area. A table of counts works as well if it
            has a column of people who could need the service.{" "}
            <a href="/start">Open a file that has them</a>
          </p>
        </>
      )}
      {obstacle === "noCountedPopulation" && (
        <>
          <p>
            The table of counts that is open has no column of people who could need the service, so
            referrals have nothing to be set against.
          </p>
          <p>
            Add a column “Population” to it: how many people of each group live in the area that the
            service is for. <a href="/start">Open a file that has it</a>
          </p>
        </>
      )}
      {obstacle === "nobodyPlaced" && (
        <p>
          None of these referrals comes from an area that any place data hold. Most often the
          deprivation or population files of the nation are still to be added.
        </p>
      )}
      {obstacle === "noPopulation" && (
        <p>
          {catchment ? `Referrals come from ${count(catchment.areas)} areas, but the` : "The"}{" "}
          population of these areas has not been added, so there is nothing to set them against.
        </p>
      )}
      {(obstacle === "noPopulation" || obstacle === "nobodyPlaced") && <WhatToAdd />}
    </div>
  );
}

/** The files by which need is measured, by the names of the catalogue. */
function WhatToAdd() {
  return (
    <>
      <p>Add once, from the terminal; then load this page again:</p>
      <ul class="nhsuk-list nhsuk-list--bullet">
        <li>
          England and Wales: <code>population-age-lsoa-2021</code>, and for groups{" "}
          <code>population-ethnicity-lsoa-2021</code>, <code>population-disability-lsoa-2021</code>{" "}
          and <code>population-carers-lsoa-2021</code>; for neighbourhoods and districts{" "}
          <code>lsoa-2021-district</code>
        </li>
        <li>
          Scotland: <code>population-age-sex-data-zone-2011</code> and{" "}
          <code>population-ethnicity-data-zone-2011</code>; for neighbourhoods and councils{" "}
          <code>data-zone-2011-district</code>
        </li>
        <li>
          anywhere: a table of your own with area codes and people, a register by practice area, say
        </li>
      </ul>
      <p>
        <code>npx taproot places list</code> says where each is published, and{" "}
        <code>npx taproot places add FILE</code> adds what you downloaded.
      </p>
    </>
  );
}
