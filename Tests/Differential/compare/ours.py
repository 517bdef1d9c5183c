"""The product: its tool over stdio, and its prompt with the program piped."""

import re
import subprocess

from compare.corpus import Program
from compare.outcome import Outcome, tidy
from support import product
from support.peer import Peer

_RUN = re.compile(r"<run \d+>")
"""The name that the code of a run has under `keep`, where functions outlive the run that made them."""

_VALUE = re.compile(r"(?s).*^<return_value>\n(.*?)\n</return_value>", re.MULTILINE)

_NOTICE = re.compile(r"^\[sandbox\] .*\n", re.MULTILINE)
"""The prompt's sentences beside Python's own text; the tool has them in a member of their own."""

_FORGET = "(lambda names: [names.pop(n) for n in list(names) if not n.startswith('__')] and None)(globals())"
"""Takes away the variables that a program has left to the next, which is not meant to find them."""

WAYS = ("reset", "keep", "prompt")


class Tool:
    """A server, and one conversation with it."""

    def __init__(self, state: str, packages: str, network: str, **environment: str) -> None:
        command = [product.EXECUTABLE, "stdio", "--state", state, "--network", network]
        command += ["--deps", packages] if packages else []
        self._keeps = state == "keep"
        self._peer = Peer(command, "2025-11-25", **environment)
        self._peer.greet()

    def run(self, program: Program) -> Outcome:
        result = self._peer.answer(self._peer.start_call(program.code))["result"]
        if self._keeps:
            self._peer.call(_FORGET)
        structure, text = result["structuredContent"], result["content"][0]["text"]
        outcome = Outcome(tidy("\n".join(structure["output"])))
        if "error" in structure:
            outcome.error = tidy(structure["error"])
        elif found := _VALUE.match(text):
            outcome.value = tidy(found[1].replace("&lt;/return_value&gt;", "</return_value>"))
        elif structure["return_value"] == "":
            outcome.value = ""
        return outcome.mapped(lambda text: _RUN.sub("main.py", text))

    def end(self) -> None:
        self._peer.end()


def prompt(program: Program, packages: str, network: str, **environment: str) -> Outcome:
    command = [product.EXECUTABLE, "repl", "--network", network, *(["--deps", packages] if packages else [])]
    ended = subprocess.run(
        [*command, *(["-c", program.code] if program.is_whole else [])],
        input=b"" if program.is_whole else f"{program.code}\n".encode(),
        capture_output=True,
        timeout=product.PATIENCE,
        env=product.environment(**environment),
    )
    stdout, stderr = (tidy(written.decode(errors="replace")) for written in (ended.stdout, ended.stderr))
    return Outcome(stdout, error=_NOTICE.sub("", stderr), status=ended.returncode)
