// These are sums over the pages of a WebAssembly memory. They show which pages have changed. The sums have a
// key that no code in the memory knows. A change keeps both sums of a page in one of 2^64 cases.
import { PAGE_BYTES } from "./heap.ts";

// These are taken now, since code that runs here later may replace the global ones.
const { Instance, Memory, Module } = WebAssembly;

/** The number of bytes in a page's sums. */
const SUMS = 32;

/** The number of bytes in the key: one for each of a page, and those by which the second sum is ahead. */
const KEY = PAGE_BYTES + 32;

/** The number of pages in one call. Between two calls the engine can make the function faster. */
const STEP = 256;

/**
 * `s` takes the sums of pages. It notes them, or writes the numbers of the pages whose sums differ.
 *
 * A sum is the hash function NH of UMAC (RFC 4418): words are added to the key's, multiplied in pairs, and
 * summed. The second sum uses the same key 32 bytes further on, which is as good as another key. The bytes are
 * those that `wat2wasm` makes of
 *
 *     (module
 *       (memory $heap (import "e" "m") 0)
 *       (memory $own (import "e" "o") 0)
 *       (func (export "s")
 *         (param $page i32) (param $end i32) (param $sum i32) (param $out i32) (param $notes i32) (result i32)
 *         (local $at i32) (local $key i32) (local $k v128) (local $l v128)
 *         (local $x v128) (local $y v128) (local $p v128) (local $q v128) (local $a v128) (local $b v128)
 *         (loop $pages
 *           (if (i32.ge_u (local.get $page) (local.get $end)) (then (return (local.get $out))))
 *           (local.set $at (i32.shl (local.get $page) (i32.const 12)))
 *           (local.set $key (i32.const 0))
 *           (local.set $a (v128.const i64x2 0 0))
 *           (local.set $b (v128.const i64x2 0 0))
 *           (local.set $k (v128.load $own (i32.const 0)))
 *           (local.set $l (v128.load $own offset=16 (i32.const 0)))
 *           (loop $more
 *             (local.set $x (v128.load $heap (local.get $at)))
 *             (local.set $y (v128.load $heap offset=16 (local.get $at)))
 *             (local.set $p (i32x4.add (local.get $x) (local.get $k)))
 *             (local.set $q (i32x4.add (local.get $y) (local.get $l)))
 *             (local.set $a (i64x2.add (local.get $a) (i64x2.add
 *               (i64x2.extmul_low_i32x4_u (local.get $p) (local.get $q))
 *               (i64x2.extmul_high_i32x4_u (local.get $p) (local.get $q)))))
 *             (local.set $k (v128.load $own offset=32 (local.get $key)))
 *             (local.set $l (v128.load $own offset=48 (local.get $key)))
 *             (local.set $p (i32x4.add (local.get $x) (local.get $k)))
 *             (local.set $q (i32x4.add (local.get $y) (local.get $l)))
 *             (local.set $b (i64x2.add (local.get $b) (i64x2.add
 *               (i64x2.extmul_low_i32x4_u (local.get $p) (local.get $q))
 *               (i64x2.extmul_high_i32x4_u (local.get $p) (local.get $q)))))
 *             (local.set $x (v128.load $heap offset=32 (local.get $at)))
 *             (local.set $y (v128.load $heap offset=48 (local.get $at)))
 *             (local.set $p (i32x4.add (local.get $x) (local.get $k)))
 *             (local.set $q (i32x4.add (local.get $y) (local.get $l)))
 *             (local.set $a (i64x2.add (local.get $a) (i64x2.add
 *               (i64x2.extmul_low_i32x4_u (local.get $p) (local.get $q))
 *               (i64x2.extmul_high_i32x4_u (local.get $p) (local.get $q)))))
 *             (local.set $k (v128.load $own offset=64 (local.get $key)))
 *             (local.set $l (v128.load $own offset=80 (local.get $key)))
 *             (local.set $p (i32x4.add (local.get $x) (local.get $k)))
 *             (local.set $q (i32x4.add (local.get $y) (local.get $l)))
 *             (local.set $b (i64x2.add (local.get $b) (i64x2.add
 *               (i64x2.extmul_low_i32x4_u (local.get $p) (local.get $q))
 *               (i64x2.extmul_high_i32x4_u (local.get $p) (local.get $q)))))
 *             (local.set $at (i32.add (local.get $at) (i32.const 64)))
 *             (local.set $key (i32.add (local.get $key) (i32.const 64)))
 *             (br_if $more (i32.lt_u (local.get $key) (i32.const 4096))))
 *           (if (local.get $notes) (then
 *             (v128.store $own (local.get $sum) (local.get $a))
 *             (v128.store $own offset=16 (local.get $sum) (local.get $b)))
 *           (else
 *             (if (v128.any_true (v128.or
 *               (v128.xor (local.get $a) (v128.load $own (local.get $sum)))
 *               (v128.xor (local.get $b) (v128.load $own offset=16 (local.get $sum))))) (then
 *               (i32.store $own (local.get $out) (local.get $page))
 *               (local.set $out (i32.add (local.get $out) (i32.const 4)))))))
 *           (local.set $sum (i32.add (local.get $sum) (i32.const 32)))
 *           (local.set $page (i32.add (local.get $page) (i32.const 1)))
 *           (br $pages))
 *         unreachable))
 */
const CODE =
  "0061736d01000000010a0160057f7f7f7f7f017f020f020165016d0200000165016f02000003020100070501017300000a" +
  "b80301b50302027f087b0340200020014f044020030f0b2000410c74210541002106fd0c00000000000000000000000000" +
  "000000210dfd0c00000000000000000000000000000000210e4100fd0044010021074100fd00440110210803402005fd00" +
  "040021092005fd000410210a20092007fdae01210b200a2008fdae01210c200d200b200cfdde01200b200cfddf01fdce01" +
  "fdce01210d2006fd0044012021072006fd00440130210820092007fdae01210b200a2008fdae01210c200e200b200cfdde" +
  "01200b200cfddf01fdce01fdce01210e2005fd00042021092005fd000430210a20092007fdae01210b200a2008fdae0121" +
  "0c200d200b200cfdde01200b200cfddf01fdce01fdce01210d2006fd0044014021072006fd00440150210820092007fdae" +
  "01210b200a2008fdae01210c200e200b200cfdde01200b200cfddf01fdce01fdce01210e200541c0006a2105200641c000" +
  "6a21062006418020490d000b200404402002200dfd0b4401002002200efd0b44011005200d2002fd00440100fd51200e20" +
  "02fd00440110fd51fd50fd5304402003200036420100200341046a21030b0b200241206a2102200041016a21000c000b00" +
  "0b";

const module = new Module(Uint8Array.from(CODE.match(/../g)!, (byte) => parseInt(byte, 16)));

interface Scan {
  s(page: number, end: number, sum: number, out: number, notes: number): number;
}

export class PageSums {
  private readonly own: WebAssembly.Memory;
  private readonly scan: Scan;
  /** The places of the numbers of changed pages, and of the sums. */
  private readonly list = KEY;
  private readonly sums: number;

  /** @param most the most pages that there may ever be */
  constructor(memory: WebAssembly.Memory, private readonly most: number) {
    this.sums = this.list + 16 * Math.ceil(most / 4);
    const bytes = this.sums + most * SUMS;
    this.own = new Memory({ initial: Math.ceil(bytes / 65536) });
    crypto.getRandomValues(new Uint8Array(this.own.buffer, 0, KEY));
    this.scan = this.over(memory);
    new Uint8Array(this.own.buffer, this.sums, most * SUMS).set(this.sumsOfZeros());
  }

  /** Notes these pages. All others count as pages of zeros. */
  note(first: number, end: number): void {
    for (let page = first; page < end; page += STEP) {
      this.scan.s(page, Math.min(page + STEP, end), this.sums + page * SUMS, this.list, 1);
    }
  }

  /** The numbers of those pages that have changed. The next call writes over them. */
  changed(first: number, end: number): Uint32Array<ArrayBuffer> {
    return this.compare(this.scan, 0, first, end);
  }

  /** Gives a function that compares the pages of another memory with those that begin with `first` here. */
  comparing(memory: WebAssembly.Memory): (pages: number, first: number) => Uint32Array<ArrayBuffer> {
    const scan = this.over(memory);
    return (pages, first) => this.compare(scan, first, 0, pages);
  }

  private compare(scan: Scan, offset: number, first: number, end: number): Uint32Array<ArrayBuffer> {
    if (offset + end > this.most) throw new RangeError("there are more pages than expected");
    let stop = this.list;
    for (let page = first; page < end; page += STEP) {
      stop = scan.s(page, Math.min(page + STEP, end), this.sums + (offset + page) * SUMS, stop, 0);
    }
    return new Uint32Array(this.own.buffer as ArrayBuffer, this.list, (stop - this.list) / 4);
  }

  private over(memory: WebAssembly.Memory): Scan {
    return new Instance(module, { e: { m: memory, o: this.own } }).exports as unknown as Scan;
  }

  private sumsOfZeros(): Uint8Array {
    const zeros = new Memory({ initial: 1 });
    const at = this.sums;
    this.over(zeros).s(0, 1, at, this.list, 1);
    const sums = new Uint8Array(this.own.buffer as ArrayBuffer, at, SUMS).slice();
    const all = new Uint8Array(this.most * SUMS);
    for (let page = 0; page < this.most; page++) all.set(sums, page * SUMS);
    return all;
  }
}
