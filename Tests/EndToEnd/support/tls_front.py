"""Stands in front of an HTTP server and speaks TLS, with a certificate of its own authority."""

import contextlib
import datetime
import pathlib
import socket
import ssl
import threading

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

DAY = datetime.timedelta(days=1)


class TLSFront:
    """Listens on a port of its own for the server at `port`; `authority` is the file that a client has to trust."""

    def __init__(self, port: int, folder: pathlib.Path, *, name: str = "localhost", age: datetime.timedelta = DAY) -> None:
        self._port = port
        self.authority = folder / "authority.pem"
        files = _certificates(folder, self.authority, name, age)
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*files)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.origin = f"https://localhost:{self._listener.getsockname()[1]}"
        self.url = f"{self.origin}/mcp"
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> "TLSFront":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                raw, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(raw,), daemon=True).start()

    def _serve(self, raw: socket.socket) -> None:
        try:
            client = self._context.wrap_socket(raw, server_side=True)
        except (ssl.SSLError, OSError):
            return raw.close()
        server = socket.create_connection(("127.0.0.1", self._port))
        # One thread a direction would use the TLS state twice at once; a server's answers are read when they are there.
        client.settimeout(0.01)
        server.settimeout(0.01)
        with client, server, contextlib.suppress(OSError):
            while _hand_on(client, server) and _hand_on(server, client):
                pass


def _hand_on(source: socket.socket, target: socket.socket) -> bool:
    """Hand on what is there; false at the end."""
    try:
        data = source.recv(1 << 16)
    except TimeoutError:
        return True
    if data:
        target.settimeout(60)
        target.sendall(data)
        target.settimeout(0.01)
    return bool(data)


def _certificates(folder, authority_file, name, age) -> tuple[pathlib.Path, pathlib.Path]:
    now = datetime.datetime.now(datetime.timezone.utc)
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "an authority for tests")])
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])

    def builder(subject, key):
        start = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
        return start.serial_number(x509.random_serial_number()).not_valid_before(now - 10 * DAY)

    authority = builder(issuer, authority_key).not_valid_after(now + DAY)
    authority = authority.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    authority_file.write_bytes(authority.sign(authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    server = builder(subject, key).not_valid_after(now + age)
    server = server.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(server.sign(authority_key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return chain, secret
