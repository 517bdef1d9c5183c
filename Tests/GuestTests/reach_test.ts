import { deepStrictEqual, strictEqual } from "node:assert";
import type { EmscriptenModule } from "../../Sources/PythonSandbox/Guest/pyodide/emscripten.ts";
import { Reach } from "../../Sources/PythonSandbox/Guest/pyodide/reach.ts";

// deno-lint-ignore no-explicit-any
type Imports = Record<string, any>;

/** A program's imports under guard, and how often more was used than is Python's. */
function guarded() {
  let exceeded = 0;
  const later: (() => void)[] = [];
  const host = Object.freeze(Object.assign(Object.create(null), { ask: () => "answer" }));
  const reach = new Reach(() => exceeded += 1);
  const env: Imports = {
    __syscall_openat: () => 3,
    getaddrinfo: Object.assign(() => 0, { sig: "iiiii" }),
    nobodyKnows: () => 0,
    syncifyHandler: {},
    JsProxy_GetAttr_js: (object: Record<string, unknown>, name: string) => object[name],
    JsvArray_New: () => [],
    JsvArray_Push: (array: unknown[], value: unknown) => array.push(value),
    JsvFunction_CallBound: (call: CallableFunction, self: unknown, values: unknown[]) =>
      Reflect.apply(call, self, values),
    create_once_callable: (call: () => void) => () => call(),
    saveState: () => ({ threadState: 1 }),
    restoreState: () => {},
    __hiwire_deduplicate_new: () => new Map(),
    __hiwire_deduplicate_set: (map: Map<unknown, unknown>, key: unknown, value: unknown) =>
      map.set(key, value),
  };
  const schedule = (callback: () => void) => later.push(callback);
  reach.guard(env);
  const map = env.__hiwire_deduplicate_new();
  reach.watch(host, { API: { scheduleCallback: schedule } } as unknown as EmscriptenModule);
  return { env, host, reach, map, schedule, later, exceeded: () => exceeded };
}

function made(env: Imports, ...values: unknown[]): unknown[] {
  const array = env.JsvArray_New();
  for (const value of values) env.JsvArray_Push(array, value);
  return array;
}

Deno.test("Python's files and our own object are in reach", () => {
  const { env, host, exceeded } = guarded();
  strictEqual(env.__syscall_openat(), 3);
  const ask = env.JsProxy_GetAttr_js(host, "ask");
  strictEqual(env.JsvFunction_CallBound(ask, host, made(env, "prompt")), "answer");
  strictEqual(exceeded(), 0);
});

const beyond: [name: string, use: (guard: ReturnType<typeof guarded>) => void][] = [
  ["a function that nobody knows", ({ env }) => env.nobodyKnows()],
  ["the network", ({ env }) => env.getaddrinfo()],
  ["an attribute of another object", ({ env }) => env.JsProxy_GetAttr_js({}, "constructor")],
  ["an attribute of our function", ({ env, host }) => env.JsProxy_GetAttr_js(host.ask, "constructor")],
  ["another function", ({ env }) => env.JsvFunction_CallBound(() => {}, null, made(env))],
  ["values that Python has not made", ({ env, host }) => env.JsvFunction_CallBound(host.ask, host, ["x"])],
  ["an array of others", ({ env }) => env.JsvArray_Push([], 1)],
  [
    "another function in time",
    ({ env, schedule }) => env.JsvFunction_CallBound(schedule, null, made(env, () => {}, 0)),
  ],
  ["a stack that does not wait", ({ env }) => env.restoreState({})],
  ["another map", ({ env }) => env.__hiwire_deduplicate_set(new Map(), {}, 1)],
];

for (const [name, use] of beyond) {
  Deno.test(`${name} is out of reach, which is told once`, () => {
    const guard = guarded();
    use(guard);
    strictEqual(guard.exceeded(), 1);
    use(guard);
    strictEqual(guard.exceeded(), 1);
  });
}

Deno.test("a function keeps its signature under guard", () => {
  strictEqual(guarded().env.getaddrinfo.sig, "iiiii");
});

Deno.test("what was put off is forgotten with the rest", () => {
  const { env, reach, schedule, later, exceeded } = guarded();
  const called: number[] = [];
  const putOff = (number: number) =>
    env.JsvFunction_CallBound(
      schedule,
      null,
      made(env, env.create_once_callable(() => called.push(number)), 0),
    );
  putOff(1);
  later.shift()!();
  putOff(2);
  reach.forget([]);
  putOff(3);
  for (const callback of later) callback();
  deepStrictEqual(called, [1, 3]);
  strictEqual(exceeded(), 0);
});

Deno.test("a stack waits until it goes on", () => {
  const { env, reach, exceeded } = guarded();
  const state = env.saveState();
  strictEqual(reach.isAtWork, true);
  env.restoreState(state);
  strictEqual(reach.isAtWork, false);
  strictEqual(exceeded(), 0);
});

Deno.test("objects have the numbers that they had", () => {
  const { env, reach, map } = guarded();
  const object = {};
  env.__hiwire_deduplicate_set(map, object, 7);
  const held = reach.heldNumbers;
  env.__hiwire_deduplicate_set(map, {}, 8);
  env.__hiwire_deduplicate_set(map, object, 9);
  reach.forget(held);
  deepStrictEqual([...map], [[object, 7]]);
});

Deno.test("what has begun is waited for, and begins nothing more", async () => {
  const { env, reach, schedule, later } = guarded();
  const { promise, resolve } = Promise.withResolvers<void>();
  const called: string[] = [];
  const putOff = (name: string, work: () => unknown) => {
    const callback = env.create_once_callable(() => {
      called.push(name);
      return work();
    });
    env.JsvFunction_CallBound(schedule, null, made(env, callback, 0));
  };
  putOff("begun", () => promise);
  later.shift()!();
  putOff("after it", () => {});
  const stopped = reach.stop();
  strictEqual(reach.isAtWork, true);
  resolve();
  await promise;
  for (let callback = later.shift(); callback; callback = later.shift()) {
    callback();
    await Promise.resolve();
  }
  await stopped;
  strictEqual(reach.isAtWork, false);
  deepStrictEqual(called, ["begun"]);
});

Deno.test("what does not end is not waited for", async () => {
  const { env, reach, schedule, later } = guarded();
  const callback = env.create_once_callable(() => new Promise(() => {}));
  env.JsvFunction_CallBound(schedule, null, made(env, callback, 0));
  later.shift()!();
  let isStopped = false;
  const stopped = reach.stop().then(() => isStopped = true);
  while (!isStopped) {
    later.shift()?.();
    await Promise.resolve();
  }
  await stopped;
  strictEqual(reach.isAtWork, true);
});
