/** The cells' numbers: the mixed radix of their groups' codes, the first characteristic slowest. */
export function numbersOf(
  groups: readonly (Uint16Array | undefined)[],
  sizes: readonly number[],
  characteristics: readonly number[],
): Uint32Array {
  const [first, ...rest] = characteristics;
  if (first === undefined) return new Uint32Array(groups.find((one) => one)?.length ?? 0);
  const numbers = Uint32Array.from(groups[first]!);
  for (const index of rest) addDigit(numbers, sizes[index]!, groups[index]!);
  return numbers;
}

function addDigit(numbers: Uint32Array, size: number, codes: Uint16Array): void {
  for (let cell = 0; cell < numbers.length; cell++)
    numbers[cell] = Math.imul(numbers[cell]!, size) + codes[cell]!;
}
