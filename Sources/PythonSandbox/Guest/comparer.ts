// Finds where a WebAssembly memory is not as other bytes are. JavaScript would take several times as long.

// Taken now: code that runs here later may replace the global ones.
const { Instance, Memory, Module } = WebAssembly;

/** Bytes of the others that fit in at once. */
export const CHUNK = 1 << 20;

/**
 *     (module
 *       (memory $memory (import "e" "m") 0)
 *       (memory $others (import "e" "o") 0)
 *       (func (export "f") (param $at i32) (param $other i32) (param $end i32) (result i32)
 *         (loop $next
 *           (if (i32.ge_u (local.get $at) (local.get $end)) (then (return (local.get $end))))
 *           (if (i64.ne (i64.load $memory (local.get $at)) (i64.load $others (local.get $other)))
 *             (then (return (local.get $at))))
 *           (local.set $at (i32.add (local.get $at) (i32.const 8)))
 *           (local.set $other (i32.add (local.get $other) (i32.const 8)))
 *           (br $next))
 *         unreachable))
 */
const CODE = Uint8Array.of(
  ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
  ...[0x01, 0x08, 0x01, 0x60, 0x03, 0x7f, 0x7f, 0x7f, 0x01, 0x7f],
  ...[0x02, 0x0f, 0x02, 0x01, 0x65, 0x01, 0x6d, 0x02, 0x00, 0x00, 0x01, 0x65, 0x01, 0x6f, 0x02, 0x00, 0x00],
  ...[0x03, 0x02, 0x01, 0x00],
  ...[0x07, 0x05, 0x01, 0x01, 0x66, 0x00, 0x00],
  ...[0x0a, 0x35, 0x01, 0x33, 0x00, 0x03, 0x40],
  ...[0x20, 0x00, 0x20, 0x02, 0x4f, 0x04, 0x40, 0x20, 0x02, 0x0f, 0x0b],
  ...[
    0x20,
    0x00,
    0x29,
    0x03,
    0x00,
    0x20,
    0x01,
    0x29,
    0x43,
    0x01,
    0x00,
    0x52,
    0x04,
    0x40,
    0x20,
    0x00,
    0x0f,
    0x0b,
  ],
  ...[0x20, 0x00, 0x41, 0x08, 0x6a, 0x21, 0x00, 0x20, 0x01, 0x41, 0x08, 0x6a, 0x21, 0x01, 0x0c, 0x00, 0x0b],
  ...[0x00, 0x0b],
);

export class Comparer {
  /** The bytes to compare with: `CHUNK` of them, all zero at first. */
  readonly others: Uint8Array<ArrayBuffer>;
  private readonly find: (at: number, other: number, end: number) => number;

  constructor(memory: WebAssembly.Memory) {
    const others = new Memory({ initial: CHUNK / 65536, maximum: CHUNK / 65536 });
    const { exports } = new Instance(new Module(CODE), { e: { m: memory, o: others } });
    this.others = new Uint8Array(others.buffer as ArrayBuffer);
    this.find = exports.f as typeof this.find;
  }

  /**
   * @param at, end bytes of the memory, in eights
   * @param other where `at` is in the others
   * @returns the first eight bytes that differ; `end` when none do
   */
  firstDifference(at: number, other: number, end: number): number {
    return this.find(at, other, end) >>> 0;
  }
}
