// Pyodide gives back Python's reference when JavaScript does not need a handle on a Python object any more.
// With another heap in the old one's place, handles of the old one must not do so.
const Original = globalThis.FinalizationRegistry;

let age = 0;

interface Aged {
  value: unknown;
  age: number;
}

class AgedRegistry {
  private readonly registry: FinalizationRegistry<Aged>;

  constructor(finish: (value: unknown) => void) {
    this.registry = new Original((held) => {
      if (held.age === age) finish(held.value);
    });
  }

  register(target: WeakKey, value: unknown, token?: WeakKey): void {
    this.registry.register(target, { value, age }, token);
  }

  unregister(token: WeakKey): boolean {
    return this.registry.unregister(token);
  }
}

/** Runs `load`. All finalizers that it makes obey `forgetHandles`. */
export async function withForgettable<T>(load: () => Promise<T>): Promise<T> {
  // deno-lint-ignore no-explicit-any
  const realm = globalThis as any;
  realm.FinalizationRegistry = AgedRegistry;
  try {
    return await load();
  } finally {
    realm.FinalizationRegistry = Original;
  }
}

/** Keeps the handles that exist now from having any effect later. */
export function forgetHandles(): void {
  age += 1;
}
