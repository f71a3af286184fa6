import { type View, viewAddress } from "../words/choices.ts";

/** Every estimate of the part of the service that is looked at, as files for an analyst. */
export function EstimateFiles({ view }: { view: Pick<View, "selection"> }) {
  const address = (path: string) => viewAddress(path, { selection: view.selection });
  return (
    <p class="nhsuk-body-s">
      For an analyst: every estimate, of each group and each crossing of up to three characteristics
      at every step, with its limits, as{" "}
      <a href={address("/estimates.csv")} download>
        CSV
      </a>{" "}
      or{" "}
      <a href={address("/estimates.parquet")} download>
        Parquet
      </a>
      .
    </p>
  );
}
