"""The reference: plain Pyodide in the product's own Deno."""

import json
import pathlib
import subprocess
import threading

from compare.corpus import Program
from compare.outcome import Outcome, tidy
from support import product

_SCRIPT = pathlib.Path(__file__).with_name("reference.ts")
_GUEST = pathlib.Path(__file__).resolve().parents[3] / "Sources/PythonSandbox/Guest"
_MARK = "answer: "
_HEADER = "Traceback (most recent call last):\n"


class Plain:
    """A process that runs program after program."""

    def __init__(self, packages: str, network: str, **environment: str) -> None:
        [runtime] = (product.CACHE / "runtime").glob("deno-*")
        options = ["run", "--quiet", "--no-prompt", "--no-lock", "--config", _GUEST / "deno.json"]
        options += ["--allow-read", "--allow-env", "--allow-sys"]
        options += [] if network == "none" else [f"--allow-net={network}"]
        # Deeper stacks than Deno's own, as the product has them: else some programs end the reference.
        options += ["--v8-flags=--stack-size=7000,--wasm-stack-switching-stack-size=7000"]
        environment |= {"DENO_DIR": str(product.CACHE / "deno"), "DENO_NO_UPDATE_CHECK": "1", "NO_COLOR": "1"}
        self._process = subprocess.Popen(
            [runtime / "deno", *options, _SCRIPT, runtime / "pyodide", packages],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            # Python's locale comes from the language of the user's system, if nobody sets it.
            env=product.environment(DENO_TLS_CA_STORE="system,mozilla", LC_ALL="en_US.UTF-8", **environment),
        )

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def run(self, program: Program, way: str) -> Outcome:
        """By `runPythonAsync` with the value's text for `tool`, statement by statement for `prompt`."""
        answer = self._ask(program, way)
        if way == "prompt":
            told = answer["stderr"]
            if program.is_whole and told.startswith("  File "):
                told = _HEADER + told  # `-c` tells errors as the tool does
            return Outcome(tidy(answer["stdout"]), error=tidy(told), status=answer.get("status"))
        outcome = Outcome(tidy("\n".join(answer["output"])))
        if "error" in answer:
            outcome.error = tidy(answer["error"])
        elif answer["value"] is not None:
            outcome.value = tidy(answer["value"])
        return outcome

    def _ask(self, program: Program, way: str) -> dict:
        order = {"code": program.code, "way": way, "whole": program.is_whole}
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        # It answers no more when Pyodide has ended in the middle of a program.
        patience = threading.Timer(product.PATIENCE, self._process.kill)
        patience.start()
        answer = next((line for line in self._process.stdout if line.startswith(_MARK)), None)
        patience.cancel()
        if not answer:
            raise RuntimeError(f"plain Pyodide has ended with status {self._process.wait()}")
        return json.loads(answer.removeprefix(_MARK))

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
