import {
  type FindingsReport,
  findings,
  type ReachTable,
  reachBy,
  type WaitsTable,
  waitsBy,
} from "@taproot/awareness";
import {
  type CountingOptions,
  type Cube,
  type CubeDescription,
  type CubePart,
  countRecords,
  currentDataset,
  type Dataset,
  type OpenEngine,
  readCounts,
  type Selection,
  type StoredCounts,
  spreadOfReferrals,
} from "@taproot/engine";
import { QuietWork } from "./quiet-work.ts";

/** How many answers are kept, so that going back is at once. */
const KEPT = 40;

/** Past this many cells an answer takes long enough to be worth having ready. */
const MANY_CELLS = 200_000;
/** The most answers that are worked out ahead; room is left for those that people ask for. */
const MOST_AHEAD = 25;

/** The dataset that is open, its counts in memory and what was worked out from them. */
export class LoadedData {
  readonly dataset: Dataset;
  /** Everything that is known of the counts but the numbers: all characteristics, the steps, the dates. */
  readonly about: CubeDescription;
  /** The cells of people and places: enough for most questions. */
  readonly people: Cube;
  /** Every cell, where the data are a table of counts. */
  readonly table: Cube | undefined;
  readonly #counts: StoredCounts;
  readonly #answers = new Map<string, unknown>();

  readonly #openEngine: OpenEngine;
  readonly #ahead: QuietWork;

  constructor(
    dataset: Dataset,
    counts: StoredCounts,
    openEngine: OpenEngine,
    manyCells = MANY_CELLS,
  ) {
    this.#counts = counts;
    this.#openEngine = openEngine;
    this.dataset = dataset;
    this.about = counts.description;
    this.people = counts.people;
    this.table = counts.table;
    this.#ahead = new QuietWork(
      this.people.cells < manyCells
        ? []
        : filterChoices(this.about, this.people)
            .slice(0, MOST_AHEAD)
            .map((selection) => () => this.#findingsOf(selection)),
    );
  }

  /** Another dataset is open: nothing more is worked out ahead. */
  retire(): void {
    this.#ahead.stop();
  }

  /**
   * Counts the records anew for a question that the stored counts cannot answer: another clock, other days, something
   * crossed that is too fine to be kept. Undefined where the data are a table of counts and there are no records.
   */
  count(options: CountingOptions): Promise<Cube | undefined> {
    return this.answer(["count", options], () => this.#countAnew(options));
  }

  async #countAnew(options: CountingOptions): Promise<Cube | undefined> {
    const { manifest, recordsPath } = this.dataset;
    if (!manifest.description) return undefined;
    const engine = await this.#openEngine({ path: recordsPath, readOnly: true });
    try {
      return await countRecords(engine, manifest.description, manifest.data, options);
    } finally {
      await engine.close();
    }
  }

  /** See {@link spreadOfReferrals}; undefined where the data are a table of counts. */
  referralsPerPerson(referred: CountingOptions["referred"]): Promise<number | undefined> {
    return this.answer(["referrals per person", referred], async () => {
      const { manifest, recordsPath } = this.dataset;
      if (!manifest.description) return undefined;
      const engine = await this.#openEngine({ path: recordsPath, readOnly: true });
      try {
        return await spreadOfReferrals(engine, referred);
      } finally {
        await engine.close();
      }
    });
  }

  /** What was found in a part of the service. Of many cells each group of a filter is looked at ahead, while it is quiet. */
  findings(selection: Selection): FindingsReport {
    const report = this.#findingsOf(selection);
    this.#ahead.somebodyAsks();
    return report;
  }

  #findingsOf(selection: Selection): FindingsReport {
    return this.answer(["findings", selection], () => {
      const part = this.part(selection);
      return findings(part.cube, { selection: part.selection });
    });
  }

  reach(characteristic: string | undefined, selection: Selection): ReachTable {
    return this.answer(["reach", characteristic, selection], () =>
      reachBy(this.cubeFor(names(characteristic, selection)), {
        ...(characteristic ? { characteristic } : {}),
        selection,
      }),
    );
  }

  waits(
    characteristic: string | undefined,
    selection: Selection,
    of: "referred" | "accepted" | undefined,
  ): WaitsTable {
    return this.answer(["waits", characteristic, selection, of], () =>
      waitsBy(this.cubeFor(names(characteristic, selection)), {
        ...(characteristic ? { characteristic } : {}),
        selection,
        ...(of ? { of } : {}),
      }),
    );
  }

  /** The people of a part of the service, by every characteristic of people and places: see StoredCounts. */
  part(selection: Selection): CubePart {
    return this.#counts.part(selection);
  }

  /** A cube that holds these characteristics, and maybe others. Whoever asks picks a part out of it. */
  cubeFor(wanted: readonly string[]): Cube {
    return this.#counts.over(wanted);
  }

  /** What was worked out for a question, or works it out; the latest answers are kept. */
  answer<T>(question: readonly unknown[], work: () => T): T {
    const key = JSON.stringify(question);
    const known = this.#answers.get(key);
    if (known !== undefined) return known as T;
    const answer = work();
    this.#answers.set(key, answer);
    // A question that failed is asked anew.
    if (answer instanceof Promise) answer.catch(() => this.#answers.delete(key));
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > KEPT && oldest !== undefined) this.#answers.delete(oldest);
    return answer;
  }
}

/** Each group of each filter alone: what people choose first. */
function filterChoices(about: CubeDescription, people: Cube): Selection[] {
  const ofPeople = new Set(people.characteristics.map(({ name }) => name));
  return about.characteristics
    .filter(({ name, about: what }) => !ofPeople.has(name) && what !== "time")
    .flatMap(({ name, groups }) =>
      groups.filter((group) => !group.unknown).map((group) => ({ [name]: [group.name] })),
    );
}

function names(characteristic: string | undefined, selection: Selection): readonly string[] {
  return [...(characteristic ? [characteristic] : []), ...Object.keys(selection)];
}

/**
 * Looks at the workspace again only when another dataset has been published. What is open already is read at once, before
 * anybody asks.
 */
export function watchWorkspace(
  workspace: string,
  openEngine: OpenEngine,
): () => Promise<LoadedData | undefined> {
  let last: { readonly folder: string; readonly data: Promise<LoadedData> } | undefined;
  const read = async (dataset: Dataset) =>
    new LoadedData(dataset, await readCounts(dataset), openEngine);
  const look = async () => {
    const dataset = await currentDataset(workspace);
    if (!dataset) return undefined;
    if (last?.folder !== dataset.folder) {
      last?.data.then(
        (data) => data.retire(),
        () => {},
      );
      const reading = { folder: dataset.folder, data: read(dataset) };
      last = reading;
      // What could not be read is tried again by whoever asks next.
      reading.data.catch(() => {
        if (last === reading) last = undefined;
      });
    }
    return last.data;
  };
  look().catch(() => {});
  return look;
}
