# network

# --- urlopen
import urllib.request
with urllib.request.urlopen("HTTP_URL/text") as r:
    print(r.status, r.headers["Content-Type"])
    print(r.read().decode())

# --- urlopen-404
import urllib.request
urllib.request.urlopen("HTTP_URL/nothing")

# --- urlopen-post
import urllib.request
request = urllib.request.Request("HTTP_URL/echo", data=b"a=1", method="POST", headers={"X-Mine": "1"})
urllib.request.urlopen(request).read().decode()

# --- urlopen-refused
import urllib.request
urllib.request.urlopen("CLOSED_URL/x")

# --- urlopen-tls
import urllib.request
urllib.request.urlopen("TLS_URL/text").read().decode()

# --- http-client
import http.client
c = http.client.HTTPConnection("HTTP_URL".removeprefix("http://"))
c.request("GET", "/json?q=1")
r = c.getresponse()
r.status, r.read().decode()

# --- pyfetch
from pyodide.http import pyfetch
r = await pyfetch("HTTP_URL/json?q=1")
print(r.status, r.ok)
await r.json()

# --- pyfetch-tls
from pyodide.http import pyfetch
r = await pyfetch("TLS_URL/text")
await r.text()

# --- pyfetch-404
from pyodide.http import pyfetch
r = await pyfetch("HTTP_URL/status/404")
print(r.status)
r.raise_for_status()

# --- pyfetch-refused
from pyodide.http import pyfetch
await pyfetch("CLOSED_URL/")

# --- pyfetch-in-run
import asyncio
from pyodide.http import pyfetch

async def main():
    rs = await asyncio.gather(*(pyfetch(f"HTTP_URL/json?n={n}") for n in range(3)))
    return [(await r.json())["path"] for r in rs]

asyncio.run(main())

# --- js-fetch
from js import fetch
r = await fetch("HTTP_URL/text")
await r.text()

# --- open-url
from pyodide.http import open_url
open_url("HTTP_URL/text").read()

# --- urlretrieve (alone)
import urllib.request
urllib.request.urlretrieve("HTTP_URL/csv", "/tmp/x.csv")
open("/tmp/x.csv").read()

# --- asyncio-streams
import asyncio
host, port = "HTTP_URL".removeprefix("http://").split(":")
r, w = await asyncio.open_connection(host, int(port))
w.write(b"HEAD /text HTTP/1.0\r\n\r\n")
await r.readline()
