import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Engine,
  type FileTable,
  type OpenEngine,
  quoteIdentifier,
  quoteText,
  writeCsvFile,
  writeParquetFile,
} from "../src/index.ts";
import { describeCoding } from "./coding-contract.ts";
import { describeCounting } from "./counting-contract.ts";
import { describeCountingOnDemand } from "./counting-on-demand-contract.ts";

const endless =
  "select count(*) as n from range(100000000000) as many(i) where sqrt(i::double) < random() - 1";

/** Interrupts again and again until the statement ends: it may not have started at the first. */
async function interrupted(engine: Engine, statement: Promise<unknown>): Promise<unknown> {
  const timer = setInterval(() => engine.interrupt(), 20);
  try {
    return await statement.then(
      () => undefined,
      (error: unknown) => error,
    );
  } finally {
    clearInterval(timer);
  }
}

/** What every engine behind the port must do. Run it against each: `describeEngine("DuckDB", openDuckDb)`. */
export function describeEngine(name: string, open: OpenEngine): void {
  describe(`${name} as an engine`, () => {
    let engine: Engine;
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "taproot-engine-"));
      engine = await open({});
    });
    afterAll(async () => {
      await engine.close();
      await rm(folder, { recursive: true, force: true });
    });

    describe("tables as files", () => {
      const table: FileTable = {
        columns: [
          { name: 'the "group"; drop', type: "text" },
          { name: "share, lower", type: "number" },
        ],
        rows: () => [
          ['Zoë\'s, "quoted"', 0.1 + 0.2],
          ["=1+1", -1e-9],
          [undefined, undefined],
          ["two\nlines", 123_456_789_012.25],
        ],
      };

      test("a table comes back from Parquet as it was, to the last bit", async () => {
        const path = join(folder, "it's a table.parquet");
        await writeParquetFile(engine, table, path);
        const rows = await engine.rows(`select * from ${engine.parquet(path)}`);
        expect(rows.map((row) => Object.values(row))).toEqual(
          [...table.rows()].map((row) => row.map((value) => value ?? null)),
        );
        expect(Object.keys(rows[0]!)).toEqual(table.columns.map(({ name }) => name));
        expect(await readdir(folder)).not.toContain("it's a table.parquet.csv");
      });

      test("a CSV keeps a spreadsheet from reading a formula", async () => {
        const path = join(folder, "table.csv");
        await writeCsvFile(table, path);
        const [head, , second, third] = (await readFile(path, "utf8")).split("\r\n");
        expect(head).toBe('\uFEFF"the ""group""; drop","share, lower"');
        expect(second).toBe("'=1+1,-1e-9");
        expect(third).toBe(",");
      });

      test("a query's rows replace the file that was there", async () => {
        const path = join(folder, "replaced.parquet");
        await engine.writeParquet("select 1 as one", path);
        await engine.writeParquet("select 2 as two", path);
        expect(await engine.rows(`select * from ${engine.parquet(path)}`)).toEqual([{ two: 2 }]);
      });
    });

    describe("small results", () => {
      test("come row by row, with nulls, whole numbers of any size, and dates as ISO text", async () => {
        expect(
          await engine.rows(
            "select 1::integer as a, 9007199254740993::bigint as b, null as c, 'Zoë' as d, true as e, date '2024-02-29' as f, 2.5::double as g",
          ),
        ).toEqual([
          { a: 1, b: 9007199254740993n, c: null, d: "Zoë", e: true, f: "2024-02-29", g: 2.5 },
        ]);
        expect(await engine.rows("select 1 as a where false")).toEqual([]);
      });

      test("take parameters of every kind, in order", async () => {
        const [row] = await engine.rows(
          "select ?::varchar as text, ?::double as number, ?::bigint as whole, ?::boolean as yes, ?::varchar as none",
          ["a", 1.5, 12345678901234n, true, null],
        );
        expect(row).toEqual({
          text: "a",
          number: 1.5,
          whole: 12345678901234n,
          yes: true,
          none: null,
        });
      });

      test.each(["'); drop table kept; --", '"', "a' or '1'='1", "$1 ? :x", "\\", "line\nbreak"])(
        "keep %j a value, never SQL",
        async (text) => {
          await engine.run("create or replace table kept (value varchar)");
          await engine.run("insert into kept values (?)", [text]);
          expect(await engine.rows("select value from kept where value = ?", [text])).toEqual([
            { value: text },
          ]);
          expect(
            await engine.rows(`select ${quoteText(text)} as ${quoteIdentifier(text)}`),
          ).toEqual([{ [text]: text }]);
        },
      );

      test("a wrong statement rejects and the engine goes on", async () => {
        await expect(engine.rows("select nonsense from nowhere")).rejects.toThrow();
        await expect(engine.run("no statement at all")).rejects.toThrow();
        await expect(engine.columns("select nonsense from nowhere")).rejects.toThrow();
        expect(await engine.rows("select 1 as a")).toEqual([{ a: 1 }]);
      });
    });

    describe("large results", () => {
      const numericTypes = [
        "tinyint",
        "smallint",
        "integer",
        "bigint",
        "hugeint",
        "utinyint",
        "usmallint",
        "uinteger",
        "ubigint",
        "uhugeint",
        "float",
        "double",
        "decimal(9, 3)",
      ];
      test.each(numericTypes)("%s is a typed array with 0 for null", async (type) => {
        const { rows, columns } = await engine.columns(
          `select case when i % 3 = 0 then null else i % 100 end::${type} as holes, (i % 100)::${type} as full from range(5000) as many(i) order by i`,
        );
        expect(rows).toBe(5000);
        const index = Array.from({ length: 5000 }, (_, i) => i);
        expect(columns.full).toEqual(Float64Array.from(index, (i) => i % 100));
        expect(columns.holes).toEqual(Float64Array.from(index, (i) => (i % 3 === 0 ? 0 : i % 100)));
      });

      test("signs and fractions are kept", async () => {
        const { columns } = await engine.columns(
          "select -5::tinyint as a, -0.125::float as b, 1.234::decimal(9, 3) as c, 9007199254740991::bigint as d",
        );
        expect(columns).toEqual({
          a: Float64Array.of(-5),
          b: Float64Array.of(-0.125),
          c: Float64Array.of(1.234),
          d: Float64Array.of(9007199254740991),
        });
      });

      test("text stays text, null stays null, over many chunks and in order", async () => {
        const { rows, columns } = await engine.columns(
          "select i as number, case when i % 2 = 0 then null else 'é' || i end as text from range(300000) as many(i) order by i",
        );
        expect(rows).toBe(300_000);
        const numbers = columns.number as Float64Array;
        expect(numbers.length).toBe(300_000);
        expect(numbers.every((value, i) => value === i)).toBe(true);
        const text = columns.text as readonly (string | null)[];
        expect(text.every((value, i) => value === (i % 2 === 0 ? null : `é${i}`))).toBe(true);
      });

      test("nothing is no rows, and every column is there", async () => {
        const { rows, columns } = await engine.columns(
          "select 1::integer as a, 'x' as b where ? = 2",
          [1],
        );
        expect(rows).toBe(0);
        expect(columns).toEqual({ a: new Float64Array(0), b: [] });
      });
    });

    test("batches hold the same as the whole, in order", async () => {
      const sql =
        "select i as number, case when i % 2 = 0 then null else 'é' || i end as text from range(?) as many(i) order by i";
      for (const rows of [0, 1, 300_000]) {
        const whole = await engine.columns(sql, [rows]);
        const numbers: number[] = [];
        const text: (string | null)[] = [];
        let pieces = 0;
        for await (const batch of engine.batches(sql, [rows])) {
          pieces++;
          expect(Object.keys(batch.columns)).toEqual(["number", "text"]);
          numbers.push(...(batch.columns.number as Float64Array));
          text.push(...(batch.columns.text as readonly (string | null)[]));
        }
        expect(numbers).toEqual([...(whole.columns.number as Float64Array)]);
        expect(text).toEqual(whole.columns.text);
        if (rows === 300_000) expect(pieces).toBeGreaterThan(1);
      }
      await expect(async () => {
        for await (const _ of engine.batches("select nonsense from nowhere"));
      }).rejects.toThrow();
    });

    describe("delimited files", () => {
      const columns = ["id", "what's it", 'say "so"'];
      async function read(text: string, delimiter: string, unquoted: boolean, names = columns) {
        const path = join(folder, "it's a list.csv");
        await writeFile(path, text);
        return engine.rows(
          `select * from ${engine.csv(path, { delimiter, columns: names, unquoted })}`,
        );
      }

      test.each([",", ";", "\t", "|"])("are read with the delimiter %j, as text", async (mark) => {
        const text = [columns.map(() => "x"), ["007", "1e3", "2024-02-30"], ["", "é", " b "]]
          .map((cells) => cells.join(mark))
          .join("\n");
        const expected = [
          { id: "007", "what's it": "1e3", 'say "so"': "2024-02-30" },
          { id: null, "what's it": "é", 'say "so"': " b " },
        ];
        expect(await read(`${text}\n`, mark, true)).toEqual(expected);
        expect(await read(text.replaceAll("\n", "\r\n"), mark, false)).toEqual(expected);
      });

      test("quotes hold delimiters, quotes and line breaks", async () => {
        expect(
          await read('a,b,c\n"1,5","two\nlines, ""both"" kept",x\n2,,"\r\n"\n', ",", false),
        ).toEqual([
          { id: "1,5", "what's it": 'two\nlines, "both" kept', 'say "so"': "x" },
          { id: "2", "what's it": null, 'say "so"': "\r\n" },
        ]);
      });

      test("where nothing is quoted, a quote is a letter like any other", async () => {
        expect(await read('a,b,c\n5" tap,"x,"y"\n', ",", true)).toEqual([
          { id: '5" tap', "what's it": '"x', 'say "so"': '"y"' },
        ]);
      });

      test("a row of another width rejects rather than being guessed at", async () => {
        await expect(read("a,b,c\n1,2\n", ",", true)).rejects.toThrow();
        await expect(read("a,b,c\n1,2,3,4\n", ",", true)).rejects.toThrow();
        await expect(read('a,b,c\n1,2,"3\n', ",", false)).rejects.toThrow();
      });

      test.each([true, false])(
        "a large one comes in file order (unquoted: %s)",
        async (unquoted) => {
          const path = join(folder, "large.csv");
          const filler = unquoted
            ? "some words to fill the line"
            : '"some words, to\nfill the line"';
          const rows = 400_000;
          const lines = Array.from({ length: rows }, (_, i) => `${i},${filler}`);
          await writeFile(path, `n,filler\n${lines.join("\n")}\n`);
          const source = engine.csv(path, { delimiter: ",", columns: ["n", "filler"], unquoted });
          await engine.run(
            `create or replace table large as select n::integer as n from ${source}`,
          );
          const { columns } = await engine.columns("select n from large");
          const numbers = columns.n as Float64Array;
          expect(numbers.length).toBe(rows);
          expect(numbers.every((value, index) => value === index)).toBe(true);
          await engine.run("drop table large");
        },
      );
    });

    test("Parquet files are read with their types", async () => {
      const path = join(folder, "it's.parquet");
      await engine.run(
        `copy (select i::integer as i, 'a' || i as text, null::utinyint as none from range(3) as many(i)) to ${quoteText(path)} (format parquet)`,
      );
      expect(await engine.rows(`select * from ${engine.parquet(path)} order by i`)).toEqual([
        { i: 0, text: "a0", none: null },
        { i: 1, text: "a1", none: null },
        { i: 2, text: "a2", none: null },
      ]);
    });

    describe("long statements", () => {
      test.each([
        ["run", () => engine.run(`create or replace table nothing as ${endless}`)],
        ["rows", () => engine.rows(endless)],
        ["columns", () => engine.columns(endless)],
      ])(
        "%s is stopped by an interrupt, rejects, and the engine works afterwards",
        async (_, start) => {
          expect(await interrupted(engine, start())).toBeInstanceOf(Error);
          expect(await engine.rows("select 2 as a")).toEqual([{ a: 2 }]);
        },
      );

      test("an interrupt with nothing to stop does no harm", async () => {
        engine.interrupt();
        expect(await engine.rows("select 3 as a")).toEqual([{ a: 3 }]);
      });

      test("progress is a share where it is known at all", async () => {
        const seen: (number | undefined)[] = [engine.progress()];
        const look = setInterval(() => seen.push(engine.progress()), 5);
        await engine.run(
          "create or replace table busy as select i, hash(i) as h from range(1000000) as many(i)",
        );
        await engine.rows("select count(distinct h) as n from busy");
        clearInterval(look);
        await engine.run("drop table busy");
        for (const share of seen)
          if (share !== undefined) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
        expect(seen.length).toBeGreaterThan(1);
      });
    });

    describe("a file of its own", () => {
      test("keeps what was written once it is closed, and refuses writing when opened to read", async () => {
        const path = join(folder, "kept.db");
        const writer = await open({
          path,
          memoryMegabytes: 200,
          spillFolder: join(folder, "spill"),
        });
        await writer.run("create table kept as select 7 as a");
        await writer.close();
        const reader = await open({ path, readOnly: true });
        expect(await reader.rows("select a from kept")).toEqual([{ a: 7 }]);
        await expect(reader.run("insert into kept values (8)")).rejects.toThrow();
        await reader.close();
      });

      test("closing lets go of the file, may be repeated, and ends all use", async () => {
        const path = join(folder, "closed.db");
        const first = await open({ path });
        await first.close();
        await first.close();
        await expect(first.rows("select 1")).rejects.toThrow();
        const second = await open({ path });
        await second.run("create table again (a integer)");
        await second.close();
      });

      test("a file that is no database rejects", async () => {
        const path = join(folder, "no.db");
        await writeFile(
          path,
          "this is a letter, not a database, and long enough to look at ".repeat(200),
        );
        await expect(open({ path })).rejects.toThrow();
      });
    });
  });

  describeCounting(name, open);
  describeCountingOnDemand(name, open);
  describeCoding(name, open);
}
