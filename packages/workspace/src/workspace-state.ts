import { randomUUID } from "node:crypto";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { TaprootError } from "@taproot/model";
import { type NewPin, type Pin, tidyNote } from "./pin.ts";
import type { OpenStore, Store, StoreValue } from "./store.ts";

/** The form of the file; a file of a later form is left alone. */
const VERSION = 1;

const SCHEMA = [
  "create table if not exists state_version (version integer not null)",
  "create table if not exists pins (id varchar primary key, finding varchar not null, address varchar not null unique, sentence varchar not null, note varchar not null, pinned_at varchar not null, changed_at varchar not null)",
  "create table if not exists ready_views (name varchar primary key, settings varchar not null)",
] as const;

/**
 * What the workbench itself remembers about a workspace: pins, and ready views as the service changed them. It is kept in a
 * file beside the data, opened for each question and let go of at once, so that nobody is locked out.
 */
export class WorkspaceState {
  readonly #folder: string;
  readonly #openStore: OpenStore;
  readonly #now: () => Date;
  #last: Promise<unknown> = Promise.resolve();

  constructor(folder: string, openStore: OpenStore, now: () => Date = () => new Date()) {
    this.#folder = folder;
    this.#openStore = openStore;
    this.#now = now;
  }

  /** Every pin, the last one pinned first. */
  pins(): Promise<readonly Pin[]> {
    return this.#with(async (store) =>
      (await store.rows("select * from pins order by pinned_at desc, id")).map(pinOf),
    );
  }

  /** Pins a finding; one that is pinned already keeps its day and gets the new note. */
  async pin({ finding, address, sentence, note }: NewPin): Promise<void> {
    const tidy = tidyNote(note);
    const now = this.#now().toISOString();
    return this.#with((store) =>
      store.run(
        "insert into pins values (?, ?, ?, ?, ?, ?, ?) on conflict (address) do update set sentence = excluded.sentence, note = excluded.note, changed_at = excluded.changed_at",
        [randomUUID(), finding, address, sentence, tidy, now, now],
      ),
    );
  }

  /** Changes what is written about a pin; a pin that is gone stays gone. */
  async changeNote(id: string, note: string): Promise<void> {
    const tidy = tidyNote(note);
    const now = this.#now().toISOString();
    return this.#with((store) =>
      store.run("update pins set note = ?, changed_at = ? where id = ?", [tidy, now, id]),
    );
  }

  unpin(id: string): Promise<void> {
    return this.#with((store) => store.run("delete from pins where id = ?", [id]));
  }

  /** The settings of each ready view that the service changed, as JSON by the view's name. */
  readyViews(): Promise<ReadonlyMap<string, string>> {
    return this.#with(
      async (store) =>
        new Map(
          (await store.rows("select name, settings from ready_views")).map((row) => [
            String(row.name),
            String(row.settings),
          ]),
        ),
    );
  }

  /** Keeps a ready view as the service changed it; undefined sets it back. */
  changeReadyView(name: string, settings: string | undefined): Promise<void> {
    return this.#with((store) =>
      settings === undefined
        ? store.run("delete from ready_views where name = ?", [name])
        : store.run(
            "insert into ready_views values (?, ?) on conflict (name) do update set settings = excluded.settings",
            [name, settings],
          ),
    );
  }

  /** One question at a time: the file is locked while it is open. */
  #with<T>(work: (store: Store) => Promise<T>): Promise<T> {
    const turn = this.#last.then(() => this.#open(work));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #open<T>(work: (store: Store) => Promise<T>): Promise<T> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, "state.duckdb");
    const store = await this.#openStore({ path }).catch((error: unknown) => {
      throw new TaprootError(
        "stateBusy",
        "Your pins and ready views cannot be opened. Another workbench may be using them: close it and try again.",
        { cause: error },
      );
    });
    try {
      await chmod(path, 0o600);
      await prepare(store);
      return await work(store);
    } finally {
      await store.close();
    }
  }
}

async function prepare(store: Store): Promise<void> {
  for (const statement of SCHEMA) await store.run(statement);
  const [row] = await store.rows("select max(version) as version from state_version");
  const version = row?.version;
  if (version === null || version === undefined)
    await store.run("insert into state_version values (?)", [VERSION]);
  else if (Number(version) > VERSION)
    throw new TaprootError(
      "stateOfLaterVersion",
      "The pins of this workspace were written by a later Taproot. Update Taproot to see them.",
    );
}

function pinOf(row: Readonly<Record<string, StoreValue>>): Pin {
  const text = (name: string) => String(row[name]);
  return {
    id: text("id"),
    finding: text("finding"),
    address: text("address"),
    sentence: text("sentence"),
    note: text("note"),
    pinnedAt: text("pinned_at"),
    changedAt: text("changed_at"),
  };
}
