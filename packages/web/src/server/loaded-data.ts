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
import { nextChoices } from "./next-choices.ts";
import { QuietWork } from "./quiet-work.ts";

/** How many answers are kept, so that going back is at once. */
const KEPT = 40;

/** How many reports of what was found are kept: each is small, and takes the longest to work out. */
const KEPT_FINDINGS = 200;

/** Past this many cells an answer takes long enough to be worth having ready. */
const MANY_CELLS = 50_000;
/** The most parts that are looked at ahead of each question. */
const MOST_AHEAD = 40;

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
  readonly #findings = new Map<string, FindingsReport>();
  /** The part that somebody looked at last. */
  #looksAt: Selection = {};

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
    const ofPeople = new Set(this.people.characteristics.map(({ name }) => name));
    this.#ahead = new QuietWork(() => {
      if (this.people.cells < manyCells) return undefined;
      const next = nextChoices(this.about, ofPeople, this.#looksAt)
        .slice(0, MOST_AHEAD)
        .find((selection) => !this.#findings.has(keyOf(selection)));
      return next && (() => this.#findingsOf(next));
    });
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

  /** What was found in a part of the service. Of many cells, what may be asked next is looked at while it is quiet. */
  findings(selection: Selection): FindingsReport {
    const report = this.#findingsOf(selection);
    this.#looksAt = selection;
    this.#ahead.somebodyAsks();
    return report;
  }

  /** True where what was found in a part is at hand. */
  hasFindings(selection: Selection): boolean {
    return this.#findings.has(keyOf(selection));
  }

  #findingsOf(selection: Selection): FindingsReport {
    const key = keyOf(selection);
    let report = this.#findings.get(key);
    if (!report) {
      const part = this.part(selection);
      report = findings(part.cube, { selection: part.selection });
    }
    // The latest asked for is the last to go.
    this.#findings.delete(key);
    this.#findings.set(key, report);
    const [oldest] = this.#findings.keys();
    if (this.#findings.size > KEPT_FINDINGS && oldest !== undefined) this.#findings.delete(oldest);
    return report;
  }

  reach(characteristic: string | undefined, selection: Selection): ReachTable {
    return this.answer(["reach", characteristic, selection], () => {
      const part = this.over(characteristic ? [characteristic] : [], selection);
      return reachBy(part.cube, {
        ...(characteristic ? { characteristic } : {}),
        selection: part.selection,
      });
    });
  }

  waits(
    characteristic: string | undefined,
    selection: Selection,
    of: "referred" | "accepted" | undefined,
  ): WaitsTable {
    return this.answer(["waits", characteristic, selection, of], () => {
      const part = this.over(characteristic ? [characteristic] : [], selection);
      return waitsBy(part.cube, {
        ...(characteristic ? { characteristic } : {}),
        selection: part.selection,
        ...(of ? { of } : {}),
      });
    });
  }

  /** The people of a part of the service, by every characteristic of people and places: see StoredCounts. */
  part(selection: Selection): CubePart {
    return this.#counts.part(selection);
  }

  /** A part of the service over a few characteristics: see StoredCounts. */
  over(characteristics: readonly string[], selection: Selection = {}): CubePart {
    return this.#counts.over(characteristics, selection);
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

/** The same part has the same key, in whatever order its filters were chosen. */
function keyOf(selection: Selection): string {
  return JSON.stringify(Object.entries(selection).sort(([a], [b]) => (a < b ? -1 : 1)));
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
