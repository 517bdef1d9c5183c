// This goes through a WebAssembly memory, in WebAssembly. JavaScript would take several times as long, and
// ten times while it is not compiled.
import type { Span } from "./heap.ts";

// These are taken now, since code that runs here later may replace the global ones.
const { Instance, Memory, Module } = WebAssembly;

/** The number of bytes of the other memory that fit in at once. */
export const CHUNK = 1 << 20;

/** The shortest run of free memory that is worth knowing, and the most runs that there may be. */
const SHORTEST_FREE = 1 << 16;
const MOST_FREE = 1 << 14;

/** The bytes at the beginning of free memory that are the allocator's. */
const NOTES = 48;

/**
 * `d` writes the difference of the memory from the others; `f` writes the allocator's free runs. The bytes are
 * those that `wat2wasm --enable-multi-memory` makes of
 *
 *     (module
 *       (memory $memory (import "e" "m") 0)
 *       (memory $others (import "e" "o") 0)
 *       (func $number (param $out i32) (param $value i32) (result i32)
 *         (loop $more
 *           (if (i32.ge_u (local.get $value) (i32.const 128)) (then
 *             (i32.store8 $others (local.get $out) (i32.or (local.get $value) (i32.const 128)))
 *             (local.set $out (i32.add (local.get $out) (i32.const 1)))
 *             (local.set $value (i32.shr_u (local.get $value) (i32.const 7)))
 *             (br $more))))
 *         (i32.store8 $others (local.get $out) (local.get $value))
 *         (i32.add (local.get $out) (i32.const 1)))
 *       (func (export "d")
 *         (param $at i32) (param $end i32) (param $other i32) (param $written i32) (param $out i32)
 *         (result i32 i32)
 *         (local $last i32) (local $size i32)
 *         (local.set $other (i32.sub (local.get $other) (local.get $at)))
 *         (loop $scan
 *           (if (i32.ge_u (i32.sub (local.get $end) (local.get $at)) (i32.const 16)) (then
 *             (if (i32.eqz (v128.any_true (v128.xor
 *               (v128.load $memory align=4 (local.get $at))
 *               (v128.load $others align=4 (i32.add (local.get $at) (local.get $other)))))) (then
 *               (local.set $at (i32.add (local.get $at) (i32.const 16)))
 *               (br $scan)))))
 *           (if (i32.eq (local.get $at) (local.get $end)) (then
 *             (return (local.get $out) (local.get $written))))
 *           (if (i32.eq (i32.load $memory (local.get $at))
 *             (i32.load $others (i32.add (local.get $at) (local.get $other)))) (then
 *             (local.set $at (i32.add (local.get $at) (i32.const 4)))
 *             (br $scan)))
 *           (local.set $last (local.get $at))
 *           (local.set $out (call $number (local.get $out)
 *             (i32.shr_u (i32.sub (local.get $at) (local.get $written)) (i32.const 2))))
 *           (local.set $written (local.get $at))
 *           (loop $run
 *             (local.set $at (i32.add (local.get $at) (i32.const 4)))
 *             (if (i32.and
 *               (i32.ne (local.get $at) (local.get $end))
 *               (i32.le_u (i32.sub (local.get $at) (local.get $last)) (i32.const 8))) (then
 *               (if (i32.ne (i32.load $memory (local.get $at))
 *                 (i32.load $others (i32.add (local.get $at) (local.get $other)))) (then
 *                 (local.set $last (local.get $at))))
 *               (br $run))))
 *           (local.set $at (i32.add (local.get $last) (i32.const 4)))
 *           (local.set $size (i32.sub (local.get $at) (local.get $written)))
 *           (local.set $out (call $number (local.get $out) (i32.shr_u (local.get $size) (i32.const 2))))
 *           (memory.copy $others $memory (local.get $out) (local.get $written) (local.get $size))
 *           (local.set $out (i32.add (local.get $out) (local.get $size)))
 *           (local.set $written (local.get $at))
 *           (br $scan))
 *         unreachable)
 *       (func (export "f")
 *         (param $at i32) (param $end i32) (param $least i32) (param $out i32) (param $limit i32) (result i32)
 *         (local $head i32) (local $next i32)
 *         (loop $chunk
 *           (if (i32.lt_u (i32.sub (local.get $end) (local.get $at)) (i32.const 56)) (then
 *             (return (i32.const 0))))
 *           (local.set $head (i32.load $memory offset=4 (local.get $at)))
 *           (local.set $next (i32.add (local.get $at) (i32.and (local.get $head) (i32.const -8))))
 *           (if (i32.or
 *             (i32.lt_u (i32.sub (local.get $next) (local.get $at)) (i32.const 16))
 *             (i32.gt_u (i32.sub (local.get $next) (local.get $at))
 *               (i32.sub (i32.sub (local.get $end) (i32.const 8)) (local.get $at)))) (then
 *             (return (i32.const 0))))
 *           (if (i32.eqz (i32.and (local.get $head) (i32.const 2))) (then
 *             (if (i32.and
 *               (i32.ge_u (i32.sub (local.get $next) (local.get $at)) (local.get $least))
 *               (i32.lt_u (local.get $out) (local.get $limit))) (then
 *               (i32.store $others (local.get $out) (local.get $at))
 *               (i32.store $others offset=4 (local.get $out) (local.get $next))
 *               (local.set $out (i32.add (local.get $out) (i32.const 8)))))
 *             (if (i32.lt_u (i32.sub (local.get $end) (local.get $next)) (i32.const 64)) (then
 *               (return (local.get $out))))
 *             (if (i32.ne (i32.load $memory (local.get $next))
 *               (i32.sub (local.get $next) (local.get $at))) (then (return (i32.const 0))))))
 *           (local.set $at (local.get $next))
 *           (br $chunk))
 *         unreachable))
 */
const CODE =
  "0061736d01000000011a0360027f7f017f60057f7f7f7f7f027f7f60057f7f7f7f7f017f020f020165016d0200000165016f" +
  "02000003040300010207090201640001016600020ab403033700034020014180014f044020002001418001723a4001002000" +
  "41016a2100200141077621010c010b0b200020013a400100200041016a0bdc0101027f200220006b21020340200120006b41" +
  "104f04402000fd000200200020026afd00420100fd51fd53450440200041106a21000c020b0b20002001460440200420030f" +
  "0b2000280200200020026a28420100460440200041046a21000c010b200021052004200020036b4102761000210420002103" +
  "0340200041046a21002000200147200020056b41084d7104402000280200200020026a28420100470440200021050b0c010b" +
  "0b200541046a2100200020036b21062004200641027610002104200420032006fc0a0100200420066a2104200021030c000b" +
  "000b9b0101027f0340200120006b413849044041000f0b20002802042105200020054178716a2106200620006b4110492006" +
  "20006b200141086b20006b4b72044041000f0b2005410271450440200620006b20024f200320044971044020032000364201" +
  "002003200636420104200341086a21030b200120066b41c00049044020030f0b2006280200200620006b47044041000f0b0b" +
  "200621000c000b000b";

const module = new Module(Uint8Array.from(CODE.match(/../g)!, (byte) => parseInt(byte, 16)));

export class HeapScan {
  /** The bytes to compare with: `CHUNK` of them, all zero at first. */
  readonly others: Uint8Array<ArrayBuffer>;
  private readonly memory: WebAssembly.Memory;
  private readonly functions: {
    d(at: number, end: number, other: number, written: number, out: number): [out: number, written: number];
    f(at: number, end: number, least: number, out: number, limit: number): number;
  };
  /** The address at which the functions write. */
  private readonly out = CHUNK;
  /** The address in the memory at which the last written difference ends. */
  private written = 0;

  constructor(memory: WebAssembly.Memory) {
    // A difference has fewer bytes than the memory that was compared, but for the number with which it
    // begins.
    const pages = 2 * CHUNK / 65536 + 1;
    this.memory = new Memory({ initial: pages, maximum: pages });
    this.others = new Uint8Array(this.memory.buffer as ArrayBuffer, 0, CHUNK);
    const { exports } = new Instance(module, { e: { m: memory, o: this.memory } });
    this.functions = exports as unknown as typeof this.functions;
  }

  /**
   * Gives the difference of the memory from the others, word by word.
   *
   * Until their end the bytes are: the number of words to skip, the number of words that follow (both in
   * LEB128), and those words. A word between two others that differ is one of them. The words to skip are
   * counted from the last difference before.
   *
   * @param start, end bytes of the memory, in fours: at most `CHUNK`, and behind those of the last call
   * @param other the place of `start` in the others
   * @returns bytes that the next call writes over
   */
  difference(start: number, end: number, other: number): Uint8Array<ArrayBuffer> {
    const [length, written] = this.functions.d(start, end, other, this.written, this.out);
    this.written = written >>> 0;
    return new Uint8Array(this.others.buffer, this.out, length - this.out);
  }

  /**
   * The larger runs of free memory in a heap of dlmalloc (Emscripten's allocator).
   *
   * Their content does not matter. The allocator's own notes at their beginning are not among them.
   *
   * @param heap the part that the allocator has got so far
   * @returns none when the heap has another form
   */
  free([start, end]: Span): Span[] {
    const limit = this.out + MOST_FREE * 8;
    const length = this.functions.f(start, end, SHORTEST_FREE, this.out, limit);
    const found = new Uint32Array(this.others.buffer, this.out, Math.max(0, length - this.out) / 4);
    return Array.from({ length: found.length / 2 }, (_, index) => {
      return [found[2 * index] + NOTES, found[2 * index + 1]];
    });
  }
}
