/** Points and weights of Gauss–Legendre integration over [from, to]. */
export interface QuadratureRule {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** The rule of a given size, by Newton's method on the Legendre polynomial. */
export function gaussLegendre(size: number, from: number, to: number): QuadratureRule {
  const nodes = new Float64Array(size);
  const weights = new Float64Array(size);
  const half = (to - from) / 2;
  const middle = (to + from) / 2;
  for (let k = 0; k < size; k++) {
    let x = Math.cos((Math.PI * (k + 0.75)) / (size + 0.5));
    let slope = 1;
    for (let step = 0; step < 100; step++) {
      let previous = 1;
      let value = x;
      for (let n = 2; n <= size; n++) {
        const next = ((2 * n - 1) * x * value - (n - 1) * previous) / n;
        previous = value;
        value = next;
      }
      slope = (size * (x * value - previous)) / (x * x - 1);
      const change = value / slope;
      x -= change;
      if (Math.abs(change) < 1e-15) break;
    }
    nodes[k] = middle - half * x;
    weights[k] = (2 * half) / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
