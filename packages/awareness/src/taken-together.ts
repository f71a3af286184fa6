/** Groups of a characteristic taken together: the class of each code, and a code that stands for each class. */
export interface TakenTogether {
  readonly classOf: Uint16Array;
  readonly codes: readonly number[];
}

/**
 * Where only a few groups of a characteristic are asked for, the known others are all alike: the unknown, each named group,
 * and the rest. Without names each group is by itself.
 *
 * @param size groups of the characteristic, the unknown (0) among them
 */
export function takenTogether(size: number, named?: readonly number[]): TakenTogether {
  const all = Array.from({ length: size }, (_, code) => code);
  if (!named) return { classOf: Uint16Array.from(all), codes: all };
  const codes = [0, ...new Set(named.filter((code) => code !== 0))];
  const rest = all.find((code) => !codes.includes(code));
  if (rest !== undefined) codes.push(rest);
  return {
    classOf: Uint16Array.from(all, (code) => {
      const own = codes.indexOf(code);
      return own < 0 ? codes.length - 1 : own;
    }),
    codes,
  };
}
