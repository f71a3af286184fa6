import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import type { Mapping } from "@taproot/model";
import { workspaceIntake } from "@taproot/web";
import { parseHTML } from "linkedom";
import { openWorkbench } from "./open-workbench.ts";

/** A workbench in which a small list is open, loaded the way that a person loads one. */
export interface ListedWorkbench {
  readonly page: (path: string) => Promise<Document>;
  /** A table as a file, row by row; the header is the first. */
  readonly file: (path: string) => Promise<readonly (readonly string[])[]>;
  close(): Promise<void>;
}

/** Opens a list by the mapping that is proposed, changed as wished. */
export async function workbenchWithList(
  text: string,
  change: (mapping: Mapping) => Mapping = (mapping) => mapping,
): Promise<ListedWorkbench> {
  const folder = await mkdtemp(join(tmpdir(), "taproot-web-list-"));
  const workspace = join(folder, "workspace");
  const path = join(folder, "list.csv");
  await writeFile(path, text);
  const intake = workspaceIntake({
    workspace,
    openEngine: openDuckDb,
    taprootHome: join(folder, "home"),
  });
  const { mapping } = await intake.inspect([{ path }]);
  await intake.load([{ path }], change(mapping), () => {}, new AbortController().signal);
  const workbench = await openWorkbench(workspace, { intake });
  const ask = async (address: string) => {
    const { status, body } = await workbench.see(address);
    if (status !== 200)
      throw new Error(`${address} answered ${status}: ${workbench.logged.join(" ")}`);
    return body;
  };
  return {
    page: async (address) => parseHTML(await ask(address)).document,
    file: async (address) =>
      (await ask(address)).replace("\uFEFF", "").trimEnd().split("\r\n").map(fieldsOf),
    close: async () => {
      await workbench.server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The fields of one line of a file, some of them in quotes. */
function fieldsOf(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}

/** The text of an element, every run of white space one space. */
export const textOf = (element: Element | null): string =>
  (element?.textContent ?? "").replace(/\s+/g, " ").trim();
