"""The parts that the executable is made of: their versions in SPDX, and their licences."""

import hashlib
import json
import pathlib
import re
import subprocess
import sys

from common import ROOT, date, output, version

ARCHIVES = {
    "libedit": ("libedit.so", "libedit-dev"),
    "ncurses": ("libncursesw.so", "libncurses-dev"),
    "zlib": ("libz.so", "zlib1g-dev"),
    "libbsd": ("libbsd.so", "libbsd-dev"),
    "libmd": ("libmd.so", "libmd-dev"),
    "openssl": ("libssl.so", "libssl-dev"),
    "libstdc++": ("libstdc++.so", "libstdc++"),
}
"""The libraries that may be inside, each with its name as a shared one and Debian's package of the archive."""


def swift_packages() -> list[dict]:
    """The Swift packages that the executable is built from, as SPDX describes them."""
    resolved = ROOT / "Package.resolved"
    if not resolved.exists():
        sys.exit(".ci/package: Package.resolved is missing. Build first: swift package resolve.")
    found = []
    for pin in sorted(json.loads(resolved.read_text())["pins"], key=lambda pin: pin["identity"]):
        state = pin["state"]
        found.append(
            {
                "SPDXID": "SPDXRef-" + re.sub("[^A-Za-z0-9.-]", "-", pin["identity"]),
                "name": pin["identity"],
                "versionInfo": state.get("version", state["revision"]),
                "downloadLocation": f"git+{pin['location']}@{state['revision']}",
                "filesAnalyzed": False,
            }
        )
    return found


def wanted(executable: pathlib.Path) -> list[str]:
    """The shared libraries that the executable names."""
    return re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", executable))


def archives(executable: pathlib.Path) -> dict[str, tuple[str, str]]:
    """The libraries inside, each with Debian's package and its version."""
    names = wanted(executable)
    if not any(name.startswith("libc.so") for name in names):
        sys.exit(f".ci/package: {executable} is not linked as it was expected.")
    if any(name.startswith("libedit.so") for name in names):
        # This one was built for the tests, with the libraries outside.
        return {}
    found = {}
    for library, (shared, package) in ARCHIVES.items():
        if not any(name.startswith(shared) for name in names):
            found[library] = installed(package)
    return found


def installed(package: str) -> tuple[str, str]:
    """The name and version of a package of this machine; that of the C++ library has the compiler's number."""
    pattern = "libstdc++-*-dev" if package == "libstdc++" else package
    query = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n", pattern]
    listed = subprocess.run(query, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8").stdout
    words = (listed.splitlines() or [f"{package} unknown"])[-1].split()
    return words[0], words[1]


def licences(executable: pathlib.Path) -> dict[str, bytes]:
    """The texts that go with the libraries inside, by the libraries' names."""
    found = {}
    for library, (package, _) in archives(executable).items():
        file = pathlib.Path(f"/usr/share/doc/{package}/copyright")
        if file.exists():
            found[library] = file.read_bytes()
    return found


def bill(executable: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Writes the parts of the executable in the form of SPDX 2.3."""
    number = version(executable)
    digest = hashlib.sha256(executable.read_bytes()).hexdigest()
    product = {
        "SPDXID": "SPDXRef-mcp-run-python",
        "name": "mcp-run-python",
        "versionInfo": number,
        "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False,
        "licenseDeclared": "MIT",
        "checksums": [{"algorithm": "SHA256", "checksumValue": digest}],
    }
    contained = swift_packages()
    for library, (package, its) in archives(executable).items():
        contained.append(
            {
                "SPDXID": f"SPDXRef-system-{library.replace('+', 'p')}",
                "name": library,
                "versionInfo": its,
                "downloadLocation": "NOASSERTION",
                "filesAnalyzed": False,
                "externalRefs": [
                    {
                        "referenceCategory": "PACKAGE-MANAGER",
                        "referenceType": "purl",
                        "referenceLocator": f"pkg:deb/debian/{package.replace('+', '%2B')}@{its.replace('+', '%2B')}",
                    }
                ],
            }
        )
    links = [("SPDXRef-DOCUMENT", "DESCRIBES", product["SPDXID"])]
    links += [(product["SPDXID"], "CONTAINS", part["SPDXID"]) for part in contained]
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"mcp-run-python-{number}",
        # The name must be unique, and the digest makes it so.
        "documentNamespace": f"urn:mcp-run-python:{number}:{digest}",
        "creationInfo": {"created": date("%Y-%m-%dT%H:%M:%SZ"), "creators": ["Tool: .ci/package"]},
        "packages": [product, *contained],
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in links
        ],
    }
    file = folder / "mcp-run-python.spdx.json"
    file.write_text(json.dumps(document, indent=2) + "\n")
    return file


def sums(folder: pathlib.Path) -> None:
    """Writes the digests of all packages in the form of sha256sum."""
    packages = sorted(path for path in folder.iterdir() if path.is_file() and path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in packages]
    (folder / "SHA256SUMS").write_text("".join(lines))
