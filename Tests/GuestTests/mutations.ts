// Changes by chance, the same for the same seed.

/** These take the place of values that have another kind. */
const STRANGE = [null, true, -1, 0.5, 2 ** 31, 2 ** 53, 1e308, "", "x", "__proto__", [], {}, [null], [[]], [
  {},
]];

export class Chance {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A whole number from 0, below `end`. */
  below(end: number): number {
    this.state = Math.imul(this.state, 1664525) + 1013904223 >>> 0;
    return Math.floor(this.state / 2 ** 32 * end);
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)];
  }

  bytes(count: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(count).map(() => this.below(256));
  }

  /** The bytes with some of them changed, removed or repeated. */
  changed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
    let changed = Uint8Array.from(bytes);
    for (let count = 1 + this.below(4); count > 0; count--) {
      const at = this.below(changed.length + 1), length = this.below(8);
      const kept = [changed.subarray(0, at), changed.subarray(Math.min(changed.length, at + length))];
      const between = this.of([new Uint8Array(), this.bytes(length), changed.subarray(at, at + 2 * length)]);
      changed = Uint8Array.from([...kept[0], ...between, ...kept[1]]);
    }
    return changed;
  }

  /** The value with some of its parts replaced by others, or removed. */
  distorted(value: unknown): unknown {
    const root = { value: structuredClone(value) };
    for (let count = 1 + this.below(3); count > 0; count--) {
      const places = placesIn(root);
      const [holder, key] = this.of(places);
      const other = this.of(places);
      const replacement = this.of([...STRANGE, other[0][other[1]], { [String(key)]: null }]);
      if (this.below(6) > 0 || holder === root) holder[key] = structuredClone(replacement);
      else if (Array.isArray(holder)) holder.splice(Number(key), 1);
      else delete holder[key];
    }
    return root.value;
  }
}

type Holder = Record<string | number, unknown>;

/** The parts of a value, each as its holder and the name that it has there. */
function placesIn(holder: Holder): [Holder, string | number][] {
  return Object.entries(holder).flatMap(([key, value]) => [
    [holder, key] as [Holder, string],
    ...(typeof value === "object" && value !== null ? placesIn(value as Holder) : []),
  ]);
}

/** Runs `round` with chances of its own; a failure names the seed that repeats it. */
export async function rounds(count: number, round: (chance: Chance) => void | Promise<void>): Promise<void> {
  const first = Deno.args[0] === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(Deno.args[0]);
  for (let seed = first; seed < first + count; seed++) {
    try {
      await round(new Chance(seed));
    } catch (cause) {
      throw new Error(`the seed ${seed}: ${cause}`, { cause });
    }
  }
}
