# packages: requests
# network

# --- get
import requests
r = requests.get("HTTP_URL/json", params={"q": "a b"})
print(r.status_code, r.ok, r.headers["content-type"], r.encoding)
r.json()

# --- response
import requests
requests.get("HTTP_URL/text")

# --- text-and-bytes
import requests
print(requests.get("HTTP_URL/text").text, requests.get("HTTP_URL/latin").text)
requests.get("HTTP_URL/bytes").content[:4]

# --- post
import requests
print(requests.post("HTTP_URL/echo", json={"a": 1}).json(), requests.post("HTTP_URL/echo", data={"b": "ä"}).json())
requests.put("HTTP_URL/echo", data=b"raw").json(), requests.delete("HTTP_URL/echo").json()["method"]

# --- post-files
import requests
requests.post("HTTP_URL/echo", files={"f": ("n.txt", b"data")}).json()

# --- status
import requests
r = requests.get("HTTP_URL/status/503")
print(r.status_code, bool(r))
r.raise_for_status()

# --- redirect
import requests
requests.get("HTTP_URL/redirect").json()

# --- headers-auth
import requests
requests.get("HTTP_URL/headers", headers={"X-Mine": "1"}, auth=("u", "p")).json()

# --- session
import requests
with requests.Session() as s:
    s.headers["X-Mine"] = "session"
    print(s.get("HTTP_URL/headers").json())

# --- head
import requests
r = requests.head("HTTP_URL/text")
r.status_code, r.text

# --- refused
import requests
requests.get("CLOSED_URL/")

# --- bad-url
import requests
requests.get("no-scheme")

# --- bad-json
import requests
requests.get("HTTP_URL/text").json()

# --- stream
import requests
with requests.get("HTTP_URL/csv", stream=True) as r:
    print(list(r.iter_lines()))

# --- tls
import requests
requests.get("TLS_URL/json").json()

# --- timeout
import requests
requests.get("HTTP_URL/text", timeout=5).text

# --- in-async
import asyncio
import requests

async def main():
    return requests.get("HTTP_URL/json").json()["list"]

asyncio.run(main())

# --- after-await
import asyncio
import requests
await asyncio.sleep(0)
requests.get("HTTP_URL/text").status_code

# --- urllib3
import urllib3
r = urllib3.request("GET", "HTTP_URL/json")
r.status, r.json(), r.headers["Content-Type"]

# --- urllib3-pool
import urllib3
http = urllib3.PoolManager()
r = http.request("POST", "HTTP_URL/echo", fields={"a": "1"})
r.status, r.json()["type"]

# --- urllib3-refused
import urllib3
urllib3.request("GET", "CLOSED_URL/", retries=False)

# --- urllib3-tls
import urllib3
urllib3.request("GET", "TLS_URL/text").data
