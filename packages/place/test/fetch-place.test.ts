import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "@taproot/engine-duckdb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type DownloadProgress,
  fetchPlace,
  placeEntries,
  RELEASES,
  type Release,
} from "../src/index.ts";
import { welshFile, welshRows } from "./synthetic-files.ts";

let home: string;
let server: Server;
let address: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let ranges: (string | undefined)[];

const body = Buffer.from(welshFile(welshRows()));

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "taproot-fetch-"));
  ranges = [];
  server = createServer((request, response) => {
    ranges.push(request.headers.range);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ranks.csv`;
});

afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  rmSync(home, { recursive: true });
});

function releases(file = address): readonly Release[] {
  return RELEASES.map((release) =>
    release.name === "wales-wimd-2019"
      ? { ...release, published: { ...release.published, file, megabytes: 1 } }
      : release,
  );
}

const progress: DownloadProgress[] = [];
const fetchWales = (file?: string) =>
  fetchPlace("wales-wimd-2019", {
    home,
    openEngine: openDuckDb,
    releases: releases(file),
    onProgress: (each) => progress.push(each),
  });

/** Serves the bytes with ranges, and stops after some of them where told. */
function serve(bytes: Buffer, etag: string, stopAfter = Number.POSITIVE_INFINITY) {
  return (request: IncomingMessage, response: ServerResponse) => {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
    const continues = from > 0 && request.headers["if-range"] === etag;
    const part = continues ? bytes.subarray(from) : bytes;
    response.writeHead(continues ? 206 : 200, {
      etag,
      "content-length": part.length,
      ...(continues
        ? { "content-range": `bytes ${from}-${bytes.length - 1}/${bytes.length}` }
        : {}),
    });
    if (stopAfter >= part.length) response.end(part);
    else
      response.write(part.subarray(0, stopAfter), () => setTimeout(() => response.destroy(), 20));
  };
}

const partPath = () => join(home, "places", ".downloads", "wales-wimd-2019.part");

describe("fetchPlace", () => {
  test("downloads, checks and keeps, and leaves no download behind", async () => {
    answer = serve(body, '"one"');
    progress.length = 0;
    expect(await fetchWales()).toMatchObject({ name: "wales-wimd-2019", rows: 1909 });
    expect(progress.at(-1)).toEqual({ receivedBytes: body.length, totalBytes: body.length });
    expect(readdirSync(join(home, "places", ".downloads"))).toEqual([]);
  });

  test("goes on where it stopped", async () => {
    answer = serve(body, '"one"', 20_000);
    await expect(fetchWales()).rejects.toThrow(
      /stopped after 0.0 MB of 0.1 MB. Run the command again/,
    );
    expect(readFileSync(partPath())).toEqual(body.subarray(0, 20_000));
    answer = serve(body, '"one"');
    expect(await fetchWales()).toMatchObject({ rows: 1909 });
    expect(ranges).toEqual([undefined, "bytes=20000-"]);
  });

  test("begins again when the file has changed meanwhile", async () => {
    answer = serve(Buffer.from("x".repeat(body.length)), '"old"', 20_000);
    await expect(fetchWales()).rejects.toThrow("stopped");
    answer = serve(body, '"new"');
    expect(await fetchWales()).toMatchObject({ rows: 1909 });
  });

  test("begins again when the part is longer than the file", async () => {
    answer = serve(Buffer.concat([body, body]), '"one"', body.length + 100);
    await expect(fetchWales()).rejects.toThrow("stopped");
    answer = (request, response) => {
      if (request.headers.range) response.writeHead(416).end();
      else serve(body, '"one"')(request, response);
    };
    expect(await fetchWales()).toMatchObject({ rows: 1909 });
  });

  test("says that the server cannot be reached, and how else to get the file", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const failed = fetchWales(`http://127.0.0.1:${port}/ranks.csv`);
    await expect(failed).rejects.toThrow(
      /^127\.0\.0\.1:\d+ cannot be reached \(ECONNREFUSED\)\. .*Or download it from https:.*taproot places add FILE/,
    );
    await expect(failed).rejects.toMatchObject({ code: "unreachable" });
  });

  test("says that the file is gone", async () => {
    answer = (_, response) => response.writeHead(404).end("gone");
    await expect(fetchWales()).rejects.toThrow("answered 404");
    expect(existsSync(partPath())).toBe(false);
  });

  test.each([
    ["a web page", Buffer.from("<!doctype html><p>Sign in</p>"), "is a web page"],
    [
      "a shortened file",
      body.subarray(0, body.lastIndexOf("\r\n", body.length - 100) + 2),
      "incomplete",
    ],
    ["another table", Buffer.from("a,b\r\n1,2\r\n"), "not place data that Taproot knows"],
  ])("refuses %s and keeps nothing of it", async (_, bytes, message) => {
    answer = serve(bytes, '"one"');
    await expect(fetchWales()).rejects.toThrow(message);
    expect(await placeEntries(home)).toEqual([]);
    expect(readdirSync(join(home, "places", ".downloads"))).toEqual([]);
  });

  test("refuses a file far larger than the published one", async () => {
    answer = (_, response) => {
      response.writeHead(200, { "content-length": 50_000_000 }).write("x");
    };
    await expect(fetchWales()).rejects.toThrow("50.0 MB where about 1 MB were expected");
  });

  test("refuses another publication at the address", async () => {
    answer = serve(body, '"one"');
    const others = RELEASES.map((release) =>
      release.name === "scotland-simd-2020"
        ? { ...release, published: { ...release.published, file: address } }
        : release,
    );
    const fetched = fetchPlace("scotland-simd-2020", {
      home,
      openEngine: openDuckDb,
      releases: others,
    });
    await expect(fetched).rejects.toThrow(
      "is “Welsh Index of Multiple Deprivation 2019”, not “Scottish",
    );
    expect(await placeEntries(home)).toEqual([]);
  });

  test("says where to download by hand what has no lasting address", async () => {
    const fetched = fetchPlace("postcodes-uk", { home, openEngine: openDuckDb });
    await expect(fetched).rejects.toThrow(/Download it from https:\/\/geoportal.*places add FILE/);
  });

  test("names all publications when asked for another", async () => {
    const fetched = fetchPlace("atlantis", { home, openEngine: openDuckDb });
    await expect(fetched).rejects.toThrow(/no place data called “atlantis”.*england-imd-2025/);
  });
});
