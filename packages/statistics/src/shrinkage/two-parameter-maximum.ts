/** Slope and curvature of a log-likelihood in two parameters. */
export interface Slopes {
  readonly value: number;
  readonly gradient: readonly [number, number];
  /** Second derivatives: first–first, first–second, second–second. */
  readonly hessian: readonly [number, number, number];
}

/**
 * The maximum of a smooth function of two parameters by Newton steps, each halved until the value rises; where
 * the curvature is not that of a maximum, along the slope. Undefined where it does not settle.
 */
export function twoParameterMaximum(
  at: (a: number, b: number) => Slopes,
  start: readonly [number, number],
): readonly [number, number] | undefined {
  let [a, b] = start;
  let here = at(a, b);
  for (let step = 0; step < 200; step++) {
    const [ga, gb] = here.gradient;
    const [haa, hab, hbb] = here.hessian;
    const determinant = haa * hbb - hab * hab;
    const concave = haa < 0 && determinant > 0;
    const da = concave ? (hab * gb - hbb * ga) / determinant : ga;
    const db = concave ? (hab * ga - haa * gb) / determinant : gb;
    // A step that would raise the value by less than the value is exact to is the last: the sum of many terms has no more digits.
    if (concave && (ga * da + gb * db) / 2 <= 1e-15 * Math.abs(here.value)) return [a + da, b + db];
    const longest = Math.max(Math.abs(da), Math.abs(db));
    let scale = longest > 2 ? 2 / longest : 1;
    let next = at(a + scale * da, b + scale * db);
    while (!(next.value >= here.value) && scale > 1e-12) {
      scale /= 2;
      next = at(a + scale * da, b + scale * db);
    }
    a += scale * da;
    b += scale * db;
    here = next;
    if (longest < 1e-10) return [a, b];
    if (Math.abs(a) > 40 || Math.abs(b) > 40) return undefined;
    if (scale <= 1e-12) return Math.abs(ga) + Math.abs(gb) < 1e-4 ? [a, b] : undefined;
  }
  return undefined;
}
