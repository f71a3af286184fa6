import * as Plot from "@observablehq/plot";
import { count } from "../words/numbers.ts";
import { FOCUS, INK, OTHERS } from "./palette.ts";
import { plotSvg } from "./plot-svg.ts";

interface Rows {
  readonly records: number;
  readonly quarantined: number;
  readonly duplicates: number;
}

/** Every row of the file in one bar: counted, set aside, duplicates. Each part is named beside it with its number. */
export function reconciliationChart(rows: Rows, width: number, sentence: string): string {
  const wide = width >= 600;
  const parts = [
    { name: "counted", value: rows.records, fill: OTHERS, symbol: "square" },
    { name: "set aside", value: rows.quarantined, fill: FOCUS, symbol: "circle" },
    { name: "duplicates", value: rows.duplicates, fill: "#8a6100", symbol: "triangle" },
  ] as const;
  const total = Math.max(1, rows.records + rows.quarantined + rows.duplicates);
  let from = 0;
  const drawn = parts.map((part) => {
    const start = from;
    from += part.value;
    return { ...part, start, end: from };
  });
  return plotSvg(
    {
      width,
      height: wide ? 96 : 150,
      margin: 8,
      marginBottom: wide ? 42 : 96,
      x: { domain: [0, total], axis: null },
      y: { domain: ["rows"], axis: null, padding: 0 },
      marks: [
        Plot.barX(drawn, {
          x1: "start",
          x2: "end",
          y: () => "rows",
          fill: "fill",
          insetRight: 1,
          title: (part) => `${count(part.value)} ${part.name}`,
        }),
        ...drawn.flatMap((part, index) => {
          const dx = wide ? index * 250 : 0;
          const dy = wide ? 26 : 26 + index * 26;
          return [
            Plot.dot([part], {
              frameAnchor: "bottom-left",
              dx: dx + 8,
              dy: dy - 5,
              r: 6,
              symbol: part.symbol,
              fill: part.fill,
            }),
            Plot.text([part], {
              frameAnchor: "bottom-left",
              dx: dx + 24,
              dy,
              text: (one) => `${count(one.value)} ${one.name}`,
              fontWeight: "bold",
              fill: INK,
            }),
          ];
        }),
      ],
    },
    sentence,
  );
}
