"""`repl --url https://…`: the client's TLS, with certificates that are right and wrong."""

import datetime

import pytest
from support import product
from support.http_server import HTTPServer
from support.tls_front import TLSFront


@pytest.fixture(scope="module")
def server():
    with HTTPServer("--state", "keep") as server:
        yield server


def repl(front, **environment: object):
    return product.run("repl", "--url", front.url, stdin="x = 'a' * 300_000\nlen(x)\nprint(x)\n", **environment)


def test_a_trusted_server_is_talked_to(server, tmp_path):
    """With more than one record in an answer."""
    with TLSFront(server.port, tmp_path) as front:
        ended = repl(front, SSL_CERT_FILE=front.authority)
    assert (ended.returncode, ended.stdout) == (0, "300000\n" + "a" * 300_000 + "\n"), ended.stderr


def test_an_unknown_authority_is_refused(server, tmp_path):
    with TLSFront(server.port, tmp_path) as front:
        ended = repl(front)
    assert ended.returncode != 0 and ended.stdout == ""
    assert f"cannot be reached at {front.url}: TLS: unable to get local issuer certificate" in ended.stderr


def test_a_certificate_for_another_name_is_refused(server, tmp_path):
    with TLSFront(server.port, tmp_path, name="example.test") as front:
        ended = repl(front, SSL_CERT_FILE=front.authority)
    assert ended.returncode != 0 and "TLS: hostname mismatch" in ended.stderr


def test_an_old_certificate_is_refused(server, tmp_path):
    with TLSFront(server.port, tmp_path, age=-datetime.timedelta(days=1)) as front:
        ended = repl(front, SSL_CERT_FILE=front.authority)
    assert ended.returncode != 0 and "TLS: certificate has expired" in ended.stderr


def test_a_server_without_tls_is_named(server):
    ended = product.run("repl", "--url", server.url.replace("http:", "https:"), "-c", "1")
    assert ended.returncode != 0 and "TLS: wrong version number" in ended.stderr
