# packages: httpx
# network

# --- get
import httpx
r = httpx.get("HTTP_URL/json", params={"q": "a b"})
print(r.status_code, r.headers["content-type"], r.is_success)
r.json()

# --- response
import httpx
httpx.get("HTTP_URL/text")

# --- post
import httpx
httpx.post("HTTP_URL/echo", json={"a": 1}).json(), httpx.post("HTTP_URL/echo", data={"b": "x"}).json()

# --- client
import httpx
with httpx.Client(headers={"X-Mine": "c"}, base_url="HTTP_URL") as c:
    print(c.get("/headers").json(), c.get("/status/404").status_code)

# --- async-client
import httpx
async with httpx.AsyncClient() as c:
    r = await c.get("HTTP_URL/text")
r.text

# --- async-client-in-run
import asyncio
import httpx

async def main():
    async with httpx.AsyncClient() as c:
        rs = await asyncio.gather(*(c.get(f"HTTP_URL/json?n={n}") for n in range(3)))
        return [r.json()["path"] for r in rs]

asyncio.run(main())

# --- sync-in-run
import asyncio
import httpx

async def main():
    return httpx.get("HTTP_URL/text").status_code

asyncio.run(main())

# --- raise-for-status
import httpx
httpx.get("HTTP_URL/status/500").raise_for_status()

# --- redirect
import httpx
httpx.get("HTTP_URL/redirect", follow_redirects=True).json()

# --- refused
import httpx
httpx.get("CLOSED_URL/")

# --- tls
import httpx
httpx.get("TLS_URL/json").json()

# --- tls-async
import httpx
async with httpx.AsyncClient() as c:
    print((await c.get("TLS_URL/text")).text)

# --- anyio-run
import anyio

async def main():
    await anyio.sleep(0.01)
    return "from anyio"

anyio.run(main)

# --- anyio-task-group
import anyio

async def main():
    out = []

    async def work(n):
        for _ in range(n * 3):
            await anyio.sleep(0)
        out.append(n)

    async with anyio.create_task_group() as tg:
        for n in (2, 1):
            tg.start_soon(work, n)
    return out

anyio.run(main)

# --- anyio-httpx
import anyio
import httpx

async def main():
    async with httpx.AsyncClient() as c:
        return (await c.get("HTTP_URL/json")).json()["list"]

anyio.run(main)

# --- anyio-timeout
import anyio

async def main():
    with anyio.move_on_after(0.01) as scope:
        await anyio.sleep(5)
    return scope.cancelled_caught

anyio.run(main)

# --- anyio-in-top-level
import anyio
with anyio.fail_after(1):
    await anyio.sleep(0)
"done"
