"""A package index on this machine (PEP 503). No test asks the public one, and a test can hold this one up."""

import hashlib
import http.server
import io
import threading
import zipfile

from support.product import PATIENCE


class PackageIndex:
    """Serves the wheels that a test adds; knows nothing else."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}
        self.asked: list[str] = []
        """The paths that were asked for."""
        self.may_download = threading.Event()
        """Cleared, it holds up every download until it is set."""
        self.may_download.set()
        self.download_begun = threading.Event()

    def add_package(self, name: str, version: str = "1.0", source: str = "", metadata: str = "") -> str:
        """Add a pure-Python package of one module, with these further lines of metadata; gives its file name."""
        file_name = f"{name}-{version}-py3-none-any.whl"
        self.add_file(file_name, _wheel(name, version, source, metadata))
        return file_name

    def add_bomb(self, name: str) -> None:
        """Add a package that says it unpacks to 16 GB."""
        self.add_file(f"{name}-1.0-py3-none-any.whl", _claiming(_wheel(name, "1.0", ""), 0xFFFFFFF0))

    def add_file(self, name: str, content: bytes) -> None:
        self._files[name] = content

    def sha256(self, name: str) -> str:
        return hashlib.sha256(self._files[name]).hexdigest()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/simple"

    def __enter__(self):
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                index._answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.may_download.set()
        self._server.shutdown()
        self._server.server_close()

    def _answer(self, request: http.server.BaseHTTPRequestHandler) -> None:
        self.asked.append(request.path)
        kind, _, name = request.path.strip("/").partition("/")
        if kind == "files" and name in self._files:
            self.download_begun.set()
            self.may_download.wait(PATIENCE)
            return _send(request, self._files[name], "application/octet-stream")
        links = [self._link(file) for file in self._files if file.startswith(f"{name.strip('/').replace('-', '_')}-")]
        if kind == "simple" and links:
            return _send(request, f"<!DOCTYPE html><html><body>{''.join(links)}</body></html>".encode(), "text/html")
        request.send_error(404)

    def _link(self, file: str) -> str:
        return f'<a href="/files/{file}#sha256={self.sha256(file)}">{file}</a>'


def _send(request: http.server.BaseHTTPRequestHandler, content: bytes, kind: str) -> None:
    try:
        request.send_response(200)
        request.send_header("Content-Type", kind)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)
    except OSError:
        pass  # who asked was killed meanwhile


def _claiming(archive: bytes, size: int) -> bytes:
    """The archive with another uncompressed size of every file in its central directory."""
    signature, offset = b"PK\x01\x02", 24
    head, *entries = archive.split(signature)
    claim = size.to_bytes(4, "little")
    offset -= len(signature)
    return signature.join([head, *(entry[:offset] + claim + entry[offset + 4 :] for entry in entries)])


def _wheel(name: str, version: str, source: str, metadata: str = "") -> bytes:
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": source,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{metadata}",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return content.getvalue()
