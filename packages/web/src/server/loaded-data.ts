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
  collapser,
  countRecords,
  currentDataset,
  type Dataset,
  type OpenEngine,
  peopleCharacteristics,
  readCube,
  type Selection,
  selectedCells,
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
  /** Every cell: people, places, services and time. */
  readonly cube: Cube;
  /** The cells of people and places alone: far fewer, and enough for most questions. */
  readonly #people: Cube;
  readonly #answers = new Map<string, unknown>();

  readonly #openEngine: OpenEngine;
  #collapsePart: ((cells?: Uint32Array) => Cube) | undefined;
  readonly #ahead: QuietWork;

  constructor(
    dataset: Dataset,
    cube: Cube,
    people: Cube,
    openEngine: OpenEngine,
    manyCells = MANY_CELLS,
  ) {
    this.#people = people;
    this.#openEngine = openEngine;
    this.dataset = dataset;
    this.cube = cube;
    this.#ahead = new QuietWork(
      cube.cells < manyCells
        ? []
        : [
            () => this.#parts(),
            ...filterChoices(cube, people)
              .slice(0, MOST_AHEAD)
              .map((selection) => () => this.#findingsOf(selection)),
          ],
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

  /** What was found in a part of the service. Of many cells each group of a filter is looked at ahead, while it is quiet. */
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

  findings(selection: Selection): FindingsReport {
    const report = this.#findingsOf(selection);
    this.#ahead.somebodyAsks();
    return report;
  }

  #findingsOf(selection: Selection): FindingsReport {
    return this.answer(["findings", selection], () => {
      const part = this.#partFor(selection);
      return part ? findings(part) : findings(this.cubeFor(Object.keys(selection)), { selection });
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

  /**
   * The people of a part of the service: what is left to be searched once service, setting or time are chosen. Undefined
   * where people's own characteristics are chosen alone, and for tables of counts, whose dates need the whole.
   */
  #partFor(selection: Selection): Cube | undefined {
    const names = Object.keys(selection);
    if (this.cube.kind !== "records" || this.cubeFor(names) !== this.cube) return undefined;
    return this.#parts()(selectedCells(this.cube, selection));
  }

  #parts(): (cells?: Uint32Array) => Cube {
    this.#collapsePart ??= collapser(this.cube, peopleCharacteristics(this.cube));
    return this.#collapsePart;
  }

  /** The smallest stored cube that holds these characteristics. */
  cubeFor(wanted: readonly string[]): Cube {
    const has = new Set(this.#people.characteristics.map((one) => one.name));
    return wanted.every((name) => has.has(name)) ? this.#people : this.cube;
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
function filterChoices(cube: Cube, people: Cube): Selection[] {
  const ofPeople = new Set(people.characteristics.map(({ name }) => name));
  return cube.characteristics
    .filter(({ name }) => !ofPeople.has(name))
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
    new LoadedData(
      dataset,
      ...(await Promise.all([readCube(dataset.cubePath), readCube(dataset.peopleCubePath)])),
      openEngine,
    );
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
