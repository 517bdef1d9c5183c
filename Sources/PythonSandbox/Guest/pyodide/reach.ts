// This watches how far Python reaches into JavaScript. Its program calls JavaScript only by the functions
// that it imports. They notice when an object of JavaScript is used that is not ours. No path in Python leads
// round them.
import type { EmscriptenModule } from "./emscripten.ts";
import { wrapFunctions } from "./wrappers.ts";

/**
 * The functions that use only Python's own memory and files, the clock, or values that they make or look at.
 */
const FREE = new Set(
  ("fcntl64 openat faccessat chdir chmod fchownat dup dup3 fchdir fchmod fchmodat2 fchown32 fdatasync fstat64 " +
    "stat64 newfstatat lstat64 ftruncate64 getcwd getdents64 mkdirat mknodat pipe poll fadvise64 fallocate " +
    "readlinkat unlinkat rmdir renameat statfs64 fstatfs64 symlinkat truncate64 utimensat ioctl getuid32_js umask_js")
    .split(" ").map((name) => `__syscall_${name}`).concat(
      ("environ_sizes_get environ_get fd_close fd_read fd_write fd_sync fd_seek fd_fdstat_get fd_pread fd_pwrite " +
        "clock_res_get clock_time_get random_get _tzset_js _timegm_js _mktime_js _localtime_js _gmtime_js " +
        "emscripten_date_now emscripten_get_now emscripten_get_heap_max emscripten_resize_heap _mmap_js _munmap_js " +
        "_msync_js _try_fcntl64 _Py_emscripten_runtime _Py_CheckEmscriptenSignals_Helper _PyEM_TrampolineCall_JS " +
        "_emscripten_get_progname set_suspender get_suspender can_run_sync_js JsvUTF8ToString JsvNum_fromInt " +
        "JsvNum_fromDouble JsvNum_toInt JsvBigInt_fromInt JsvBigInt_fromDigits js2python_js js2python_immutable_js " +
        "_python2js_ascii _python2js_ucs1 _python2js_ucs2 _python2js_ucs4 JsvError_Check JsvNoValue_Check " +
        "JsvFunction_Check JsvPromise_Check JsvGenerator_Check JsvAsyncGenerator_Check JsvArray_Check JsvArray_Get " +
        "pyproxy_Check is_comlink_proxy JsProxy_compute_typeflags").split(" "),
    ),
);

/** The number of turns of the event loop that the end of a run waits for. */
const MOST_TURNS = 8;

// deno-lint-ignore no-explicit-any
type Call = ((...values: any[]) => any) & { sig?: string };

export class Reach {
  /** The object of ours that Python may use at any time, and its functions. */
  private host: object = {};
  private functions = new Set<unknown>();
  private schedule: EmscriptenModule["API"]["scheduleCallback"] = () => {};
  private isWatching = false;
  private isExceeded = false;
  /** The arrays, callbacks and proxies that Python has made. */
  private arrays = new WeakSet<object>();
  private callbacks = new WeakSet<object>();
  private proxies = new WeakSet<object>();
  /** The functions that settle the promises by which JavaScript waits for Python. */
  private settlers = new WeakSet<object>();
  /** The stacks that wait in the event loop. */
  private readonly waiting = new Set<unknown>();
  /**
   * The number of callbacks that have begun and not ended. Pyodide enters Python a turn of the event loop
   * later.
   */
  private entered = 0;
  private isStopped = false;
  private era = 0;
  /** The numbers under which Python holds JavaScript's objects. */
  private numbers = new Map<unknown, unknown>();

  /** @param onExceed called once, when another object is used */
  constructor(private readonly onExceed: () => void) {}

  /** True when work of Python's goes on in the event loop. */
  get isAtWork(): boolean {
    return this.waiting.size > 0 || this.entered > 0;
  }

  /** Keeps callbacks and tasks from beginning. It resolves when those that have begun have ended, or wait. */
  async stop(): Promise<void> {
    this.isStopped = true;
    for (let turn = 0; turn < MOST_TURNS && this.entered > this.waiting.size; turn++) {
      await new Promise<void>((resolve) => this.schedule(resolve, 0));
    }
  }

  get heldNumbers(): [unknown, unknown][] {
    return [...this.numbers];
  }

  /** Allows only this object from now on. */
  watch(host: object, module: EmscriptenModule): void {
    this.host = host;
    this.functions = new Set(Object.values(host));
    this.schedule = module.API.scheduleCallback;
    this.isWatching = true;
  }

  /** Forgets the callbacks and tasks of Python, which holds again the objects that it held then. */
  forget(numbers: [unknown, unknown][]): void {
    this.era += 1;
    this.isStopped = false;
    this.arrays = new WeakSet();
    this.callbacks = new WeakSet();
    this.proxies = new WeakSet();
    this.settlers = new WeakSet();
    this.numbers.clear();
    for (const [object, number] of numbers) this.numbers.set(object, number);
  }

  /** Guards the imports of the program and its libraries. */
  guard(env: Record<string, unknown>): void {
    const special = this.special();
    for (const [name, call] of Object.entries(env)) {
      if (typeof call !== "function" || FREE.has(name) || name.startsWith("invoke_")) continue;
      const original = call as Call;
      const guarded = special[name]?.(original) ?? ((...values) => {
        this.exceed();
        return original(...values);
      });
      env[name] = Object.assign(guarded, original);
    }
  }

  /** The program's exports for Pyodide, with guards. */
  exports(exports: WebAssembly.Exports): WebAssembly.Exports {
    const ensure = exports._pyproxy_ensure_future as CallableFunction;
    const noting = (awaitable: number, resolve: object, reject: object) => {
      this.settlers.add(resolve);
      this.settlers.add(reject);
      return ensure(awaitable, resolve, reject);
    };
    const [_pyproxy_ensure_future] = wrapFunctions([{ call: noting, sig: "iiee" }]);
    return { ...exports, _pyproxy_ensure_future };
  }

  /** Notes that another object is used. */
  exceed(): void {
    if (!this.isWatching || this.isExceeded) return;
    this.isExceeded = true;
    this.onExceed();
  }

  /** The imports that may be called with some values only. */
  private special(): Record<string, (call: Call) => Call> {
    const when = (isOurs: (...values: unknown[]) => boolean) => (call: Call): Call => (...values) => {
      if (this.isWatching && !isOurs(...values)) this.exceed();
      return call(...values);
    };
    const ofNumbers = when((map) => map === this.numbers);
    const ownArray = when((array) => this.arrays.has(array as object));
    const making = (made: () => WeakSet<object>) => (call: Call): Call => (...values) => {
      const object = call(...values);
      if (object) made().add(object);
      return object;
    };
    return {
      JsProxy_GetAttr_js: when((object) => object === this.host),
      JsvArray_New: making(() => this.arrays),
      JsvArray_Push: ownArray,
      destroy_proxies: ownArray,
      create_once_callable: making(() => this.callbacks),
      pyproxy_new: making(() => this.proxies),
      pyproxy_new_ex: making(() => this.proxies),
      destroy_proxy: when((proxy) => this.proxies.has(proxy as object)),
      JsvFunction_Call_OneArg: when((settle) => this.settlers.has(settle as object)),
      JsvFunction_CallBound: (call) => (target, self, values) => {
        if (!this.isWatching) return call(target, self, values);
        const isOwn = this.arrays.has(values);
        if (isOwn && target === this.schedule && this.callbacks.has(values[0])) {
          return call(target, self, [this.inThisEra(values[0]), values[1]]);
        }
        if (!isOwn || !this.functions.has(target)) this.exceed();
        return call(target, self, values);
      },
      saveState: (call) => () => {
        const state = call();
        if (typeof state.threadState === "number") this.waiting.add(state);
        return state;
      },
      restoreState: (call) => (state) => {
        if (!this.waiting.delete(state)) this.exceed();
        return call(state);
      },
      __hiwire_deduplicate_new: (call) => () => this.numbers = call(),
      __hiwire_deduplicate_get: ofNumbers,
      __hiwire_deduplicate_set: ofNumbers,
      __hiwire_deduplicate_delete: ofNumbers,
    };
  }

  private inThisEra(callback: Call): Call {
    const { era } = this;
    return async () => {
      if (this.era !== era || this.isStopped) return;
      this.entered += 1;
      try {
        await callback();
      } finally {
        this.entered -= 1;
      }
    };
  }
}
