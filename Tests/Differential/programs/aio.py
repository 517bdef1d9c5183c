# --- top-level-await
import asyncio
await asyncio.sleep(0.01, "done")

# --- run
import asyncio

async def main():
    await asyncio.sleep(0.01)
    print("in main")
    return 42

asyncio.run(main())

# --- run-twice
import asyncio

async def main(n):
    await asyncio.sleep(0)
    return n

asyncio.run(main(1)), asyncio.run(main(2))

# --- run-then-await
import asyncio

async def f():
    return "x"

print(asyncio.run(f()))
await f()

# --- await-coroutine-value
async def f():
    return [1, 2]

await f()

# --- value-is-coroutine
async def f():
    return "awaited"

f()

# --- value-is-task
import asyncio

async def f():
    return "from the task"

asyncio.ensure_future(f())

# --- gather
import asyncio

async def work(n):
    for _ in range(3 - n):
        await asyncio.sleep(0)
    print("done", n)
    return n * n

await asyncio.gather(*(work(n) for n in range(3)))

# --- gather-exceptions
import asyncio

async def bad(n):
    raise ValueError(n)

print(await asyncio.gather(bad(1), bad(2), return_exceptions=True))
await asyncio.gather(bad(3), asyncio.sleep(0))

# --- gather-in-run
import asyncio

async def main():
    return await asyncio.gather(asyncio.sleep(0.01, "a"), asyncio.sleep(0, "b"))

asyncio.run(main())

# --- task-group
import asyncio

async def main():
    async with asyncio.TaskGroup() as tg:
        a = tg.create_task(asyncio.sleep(0.01, "a"))
        b = tg.create_task(asyncio.sleep(0, "b"))
    return a.result(), b.result()

asyncio.run(main())

# --- task-group-error
import asyncio

async def bad():
    await asyncio.sleep(0)
    raise ValueError("bad task")

async def main():
    async with asyncio.TaskGroup() as tg:
        tg.create_task(bad())
        tg.create_task(asyncio.sleep(5))

try:
    asyncio.run(main())
except* ValueError as group:
    print(group.message, group.exceptions)

# --- error-in-run
import asyncio

async def inner():
    await asyncio.sleep(0)
    1 / 0

async def main():
    await inner()

try:
    asyncio.run(main())
except ZeroDivisionError as e:
    print("caught", e)

# --- error-after-await
import asyncio

async def f():
    await asyncio.sleep(0)
    raise KeyError("late")

await f()

# --- wait-for-timeout
import asyncio
try:
    await asyncio.wait_for(asyncio.sleep(5), 0.01)
except TimeoutError as e:
    print("timeout", repr(e))

# --- timeout-context
import asyncio

async def main():
    async with asyncio.timeout(0.01):
        await asyncio.sleep(5)

try:
    asyncio.run(main())
except TimeoutError:
    print("too late")

# --- cancel-task
import asyncio

async def worker():
    try:
        await asyncio.sleep(5)
    except asyncio.CancelledError as e:
        print("cancelled", e.args)
        raise

async def main():
    t = asyncio.create_task(worker())
    await asyncio.sleep(0)
    t.cancel("reason")
    try:
        await t
    except asyncio.CancelledError:
        print("seen", t.cancelled())

asyncio.run(main())

# --- queue
import asyncio

async def main():
    q = asyncio.Queue(maxsize=1)

    async def producer():
        for n in range(3):
            await q.put(n)
        await q.put(None)

    t = asyncio.create_task(producer())
    got = []
    while (x := await q.get()) is not None:
        got.append(x)
    await t
    return got

asyncio.run(main())

# --- locks-events
import asyncio

async def main():
    lock, event, order = asyncio.Lock(), asyncio.Event(), []

    async def a():
        async with lock:
            order.append("a in")
            await asyncio.sleep(0.01)
            order.append("a out")
        event.set()

    async def b():
        await asyncio.sleep(0)
        async with lock:
            order.append("b")

    await asyncio.gather(a(), b(), event.wait())
    return order

asyncio.run(main())

# --- semaphore-barrier
import asyncio

async def main():
    s, n, most = asyncio.Semaphore(2), 0, 0

    async def w():
        nonlocal n, most
        async with s:
            n += 1
            most = max(most, n)
            await asyncio.sleep(0)
            n -= 1

    await asyncio.gather(*(w() for _ in range(6)))
    return most

asyncio.run(main())

# --- condition
import asyncio

async def main():
    c, ready = asyncio.Condition(), []

    async def waiter():
        async with c:
            await c.wait_for(lambda: ready)
            return ready[0]

    t = asyncio.create_task(waiter())
    await asyncio.sleep(0)
    async with c:
        ready.append(5)
        c.notify_all()
    return await t

asyncio.run(main())

# --- async-generator
import asyncio

async def numbers(n):
    try:
        for i in range(n):
            yield i
            await asyncio.sleep(0)
    finally:
        print("closed")

async def main():
    print([x async for x in numbers(3)])
    async for x in numbers(9):
        if x == 1:
            break
    return {x: x async for x in numbers(2)}

asyncio.run(main())

# --- async-iteration-at-top
async def numbers():
    for i in range(3):
        yield i

async for n in numbers():
    print(n)
[n async for n in numbers()]

# --- async-with-at-top
from contextlib import asynccontextmanager

@asynccontextmanager
async def resource():
    print("open")
    yield "r"
    print("close")

async with resource() as r:
    print(r)

# --- async-exit-stack
from contextlib import AsyncExitStack, aclosing

async def g():
    yield 1

async with AsyncExitStack() as stack:
    stack.push_async_callback(g().aclose)
    it = await stack.enter_async_context(aclosing(g()))
    print(await anext(it), await anext(it, "default"))

# --- get-event-loop (own)
import asyncio
loop = asyncio.get_event_loop()
loop.run_until_complete(asyncio.sleep(0.01, 5)), loop.is_running(), loop.is_closed()

# --- runner-closed (own)
import asyncio
runner = asyncio.Runner()
runner.close()
runner.run(asyncio.sleep(0))

# --- call-soon-later
import asyncio
loop = asyncio.get_running_loop()
loop.call_soon(print, "soon")
later, at = loop.create_future(), loop.create_future()
loop.call_later(0.01, later.set_result, "later")
loop.call_at(loop.time() + 0.01, at.set_result, "at")
await later, await at

# --- future
import asyncio
f = asyncio.get_running_loop().create_future()
f.add_done_callback(lambda f: print("callback", f.result()))
f.set_result(5)
await f, f.done()

# --- future-errors
import asyncio
f = asyncio.get_running_loop().create_future()
f.set_result(1)
f.set_result(2)

# --- as-completed
import asyncio

async def w(n):
    for _ in range(n * 3):
        await asyncio.sleep(0)
    return n

[await c for c in asyncio.as_completed([w(3), w(1), w(2)])]

# --- wait-first
import asyncio
done, pending = await asyncio.wait(
    [asyncio.ensure_future(asyncio.sleep(0, "fast")), asyncio.ensure_future(asyncio.sleep(5))],
    return_when=asyncio.FIRST_COMPLETED,
)
for t in pending:
    t.cancel()
[t.result() for t in done], len(pending)

# --- shield
import asyncio

async def main():
    inner = asyncio.get_running_loop().create_future()
    try:
        await asyncio.wait_for(asyncio.shield(inner), 0.001)
    except TimeoutError:
        inner.set_result("kept")
    return await inner

asyncio.run(main())

# --- to-thread
import asyncio
await asyncio.to_thread(lambda: 5)

# --- run-in-executor
import asyncio
await asyncio.get_running_loop().run_in_executor(None, pow, 2, 3)

# --- subprocess
import asyncio
await asyncio.create_subprocess_exec("echo")

# --- open-connection
import asyncio
await asyncio.open_connection("127.0.0.1", 9)

# --- not-awaited
async def f():
    pass

f()
print("after")

# --- run-not-a-coroutine
import asyncio
asyncio.run(5)

# --- await-not-awaitable
await 5

# --- task-exception-unseen
import asyncio

async def bad():
    raise ValueError("unseen")

t = asyncio.ensure_future(bad())
await asyncio.sleep(0.01)
t.exception()

# --- context-in-tasks
import asyncio
import contextvars
v = contextvars.ContextVar("v", default=0)

async def f(n):
    v.set(n)
    await asyncio.sleep(0)
    return v.get()

print(await asyncio.gather(f(1), f(2)), v.get())

# --- task-names
import asyncio
print((t := asyncio.create_task(asyncio.sleep(0), name="named")).get_name(), t in asyncio.all_tasks())
await t

# --- sleep-in-async
import asyncio
import time

async def main():
    time.sleep(0.01)
    await asyncio.sleep(0.01)
    return "slept"

asyncio.run(main())

# --- async-comprehension-values
import asyncio

async def f(x):
    await asyncio.sleep(0)
    return x * 2

[await f(x) for x in range(3)], {await f(1)}, (await f(5)) + 1

# --- await-in-fstring
async def f():
    return 5

f"{await f()} {(await f()):03d}"

# --- await-in-function-default
import asyncio

def f(x=await asyncio.sleep(0, 7)):
    return x

f()

# --- run-sync
from pyodide.ffi import run_sync
import asyncio
run_sync(asyncio.sleep(0.01, "sync"))

# --- run-sync-in-function
from pyodide.ffi import run_sync
import asyncio

def wait(n):
    return run_sync(asyncio.sleep(0, n))

[wait(1), wait(2)], list(map(wait, [3]))

# --- run-inside-callback
import asyncio

class C:
    def __repr__(self):
        return asyncio.run(asyncio.sleep(0, "from repr"))

repr(C())

# --- sorted-with-run
import asyncio
sorted([3, 1, 2], key=lambda x: asyncio.run(asyncio.sleep(0, x)))

# --- eager-tasks
import asyncio

async def f():
    print("started")
    return 1

t = asyncio.eager_task_factory(asyncio.get_running_loop(), f())
print("made", t.done())
await t

# --- streams-reader
import asyncio
r = asyncio.StreamReader()
r.feed_data(b"line\nrest")
r.feed_eof()
await r.readline(), await r.read()

# --- coroutine-methods
async def f():
    return 5

c = f()
try:
    c.send(None)
except StopIteration as e:
    print(e.value)
c.send(None)

# --- custom-awaitable
class A:
    def __await__(self):
        yield from []
        return "own"

await A()

# --- unittest-async (own)
import unittest

class T(unittest.IsolatedAsyncioTestCase):
    async def test_it(self):
        self.assertEqual(1, 1)

r = unittest.TestResult()
T("test_it").run(r)
r.wasSuccessful(), r.errors and r.errors[0][1].splitlines()[-1]

# --- runner (own)
import asyncio
with asyncio.Runner() as runner:
    print(runner.run(asyncio.sleep(0, 1)), runner.run(asyncio.sleep(0, 2)))

# --- loop-run-until-complete (own)
import asyncio

def run():
    loop = asyncio.new_event_loop()
    return loop.run_until_complete(asyncio.sleep(0, "result"))

run()
