/** Numbers different keys from 0 in the order in which they are first met. Keys are whole numbers up to 2^53. */
export class NumberedKeys {
  #slots = new Int32Array(1024).fill(-1);
  #keys = new Float64Array(512);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The number of a key; a new one where it has not been met. */
  numberOf(key: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(key) & mask;
    let number = this.#slots[slot]!;
    while (number !== -1) {
      if (this.#keys[number] === key) return number;
      slot = (slot + 1) & mask;
      number = this.#slots[slot]!;
    }
    if (this.#count === this.#keys.length) {
      this.#grow();
      return this.numberOf(key);
    }
    this.#slots[slot] = this.#count;
    this.#keys[this.#count] = key;
    return this.#count++;
  }

  /** The keys by their number. */
  keys(): Float64Array {
    return this.#keys.slice(0, this.#count);
  }

  /** Twice the room; half of the slots stay free. */
  #grow(): void {
    const keys = new Float64Array(2 * this.#keys.length);
    keys.set(this.#keys);
    const slots = new Int32Array(2 * this.#slots.length).fill(-1);
    const mask = slots.length - 1;
    for (let number = 0; number < this.#count; number++) {
      let slot = hash(keys[number]!) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = number;
    }
    this.#keys = keys;
    this.#slots = slots;
  }
}

function hash(key: number): number {
  let mixed = Math.imul((key % 4294967296) ^ (key / 4294967296), 0x9e3779b1);
  mixed ^= mixed >>> 15;
  mixed = Math.imul(mixed, 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}
