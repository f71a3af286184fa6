import { existsSync } from "node:fs";
import type { CodedReferrals } from "./coded-referrals.ts";
import { countReferrals } from "./count-referrals.ts";
import { type Cube, type CubeDescription, characteristicIndex } from "./cube.ts";
import { readCube } from "./cube-file.ts";
import type { Dataset } from "./dataset-folder.ts";
import { partOfReferrals } from "./part-of-referrals.ts";
import { PartRoom } from "./part-room.ts";
import { readReferrals } from "./referrals-file.ts";
import type { Selection } from "./selection.ts";

/** How many crossings are kept: a page asks more than one question of the same people. */
const KEPT = 12;

/** People of a part of a service: a cube, and which of its cells they are. */
export interface CubePart {
  readonly cube: Cube;
  readonly selection: Selection;
}

/**
 * The stored counts of a dataset, in memory: everything that is asked of them is answered without an engine. Records are
 * stored as coded referrals, tables of counts as one cube; the cube of people and places is stored beside either.
 */
export class StoredCounts {
  /** Everything but the numbers: all characteristics, of people, places, services and time. */
  readonly description: CubeDescription;
  /** The cube over the characteristics of people and places. */
  readonly people: Cube;
  /** Every cell, where the dataset is a table of counts. */
  readonly table: Cube | undefined;
  readonly #stored: CodedReferrals | Cube;
  readonly #crossings = new Map<string, Cube>();
  readonly #room = new PartRoom();
  /** The part that is in the room. */
  #latest: { readonly key: string; readonly cube: Cube } | undefined;

  constructor(people: Cube, stored: CodedReferrals | Cube) {
    this.description = stored;
    this.people = people;
    this.table = stored.kind === "counts" ? (stored as Cube) : undefined;
    // Parts then share their numbering with the whole.
    this.#stored =
      "crossed" in stored && stored.cells === people.cells
        ? { ...stored, groups: people.groups }
        : stored;
  }

  /** The referrals as small numbers, in memory that threads may share; undefined where counts are stored instead. */
  get referrals(): CodedReferrals | undefined {
    return "crossed" in this.#stored ? this.#stored : undefined;
  }

  /**
   * A part of the service over a few characteristics. Referrals are counted over these alone; a table of counts holds others
   * besides, and its part is yet to be picked.
   */
  over(characteristics: readonly string[], selection: Selection = {}): CubePart {
    const stored = this.#stored;
    if (!("crossed" in stored)) {
      const held = [...characteristics, ...Object.keys(selection)];
      return { cube: this.#holding(stored, held), selection };
    }
    const place = (name: string) => characteristicIndex(stored, name);
    const names = [...new Set(characteristics)].sort((a, b) => place(a) - place(b));
    const key = JSON.stringify([names, conditionsOf(selection)]);
    const cube =
      this.#crossings.get(key) ?? countReferrals(stored, { characteristics: names, selection });
    // The latest asked for is the last to go.
    this.#crossings.delete(key);
    this.#crossings.set(key, cube);
    const [oldest] = this.#crossings.keys();
    if (this.#crossings.size > KEPT && oldest !== undefined) this.#crossings.delete(oldest);
    return { cube, selection: {} };
  }

  /**
   * The people of a part of the service, by every characteristic of people and places. A part is there until the next is
   * asked for; reading it later throws.
   */
  part(selection: Selection): CubePart {
    if (!("crossed" in this.#stored))
      return { cube: this.#holding(this.#stored, Object.keys(selection)), selection };
    const key = JSON.stringify(conditionsOf(selection));
    if (this.#latest?.key !== key) {
      this.#latest = undefined;
      const cube = partOfReferrals(this.#stored, selection, undefined, this.#room);
      this.#latest = { key, cube };
    }
    return { cube: this.#latest.cube, selection: {} };
  }

  /** The smaller of the cubes of a table of counts that holds these characteristics. */
  #holding(table: Cube, characteristics: readonly string[]): Cube {
    const has = new Set(this.people.characteristics.map((one) => one.name));
    return characteristics.every((name) => has.has(name)) ? this.people : table;
  }
}

/** The same part has the same conditions, in whatever order they were chosen. */
function conditionsOf(selection: Selection) {
  return Object.entries(selection).sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Reads what is stored of a dataset. */
export async function readCounts(dataset: Dataset): Promise<StoredCounts> {
  const [people, stored] = await Promise.all([
    readCube(dataset.peopleCubePath),
    // Tables of counts have no referrals, nor have workspaces from before referrals were stored.
    existsSync(dataset.referralsPath)
      ? readReferrals(dataset.referralsPath)
      : readCube(dataset.cubePath),
  ]);
  return new StoredCounts(people, stored);
}
