"""The module and a program that uses it pass the strict checks of pyright and mypy."""

import importlib.metadata
import json
import subprocess
import sys

import pytest
from support import product

pytestmark = pytest.mark.skipif(
    int(importlib.metadata.version("mcp").split(".")[0]) >= 2, reason="the checkers are in the other environment"
)

PROGRAM = """
import asyncio

from mcp_run_python import Checkpoint, CodeSandbox, JsonData, Limits, LoggingLevel, RunError, RunSuccess
from mcp_run_python import async_prepare_deno_env, code_sandbox, code_sandbox_sync, prepare_deno_env, run_mcp_server
from mcp_run_python.pydantic_ai import python_toolset


def log(level: LoggingLevel, message: str) -> None:
    print(level.upper(), message.upper())


async def ask(sandbox: CodeSandbox) -> JsonData:
    result: RunSuccess | RunError = await sandbox.eval('1', {'a': [1]})
    if result['status'] == 'success':
        lines: list[str] = [line.upper() for line in result['output']]
        return [*lines, result['return_value'], [image['data'] for image in result.get('images', [])]]
    return result['error'].upper()


async def main() -> None:
    async with code_sandbox(dependencies=['numpy'], log_handler=log, state='keep') as sandbox:
        saved: Checkpoint = await sandbox.checkpoint()
        await ask(await sandbox.fork(reseed=True))
    with code_sandbox_sync(resume=saved, limits=Limits(timeout=1.5)) as again:
        print(again.eval('1')['output'])
    async with async_prepare_deno_env('stdio') as environment:
        print(environment.cwd / 'file', [*environment.args], environment.command.upper())
    with prepare_deno_env('streamable_http', http_port=3001) as environment:
        print(environment)
    code: int = run_mcp_server('example', return_mode='json')
    print(code, python_toolset())


asyncio.run(main())
"""

WRONG = PROGRAM.replace("code: int", "code: str").replace("'example'", "'exemple'").replace("'keep'", "'kept'")


@pytest.fixture
def check(site, tmp_path):
    """Gives what a checker says of the module and of a program."""

    def check(checker: str, program: str) -> tuple[int, str]:
        file = tmp_path / "program.py"
        file.write_text(program)
        if checker == "mypy":
            # The tests share what mypy has found out about libraries.
            words = ["mypy", "--strict", "--python-version=3.10", "--no-error-summary"]
            words += [f"--cache-dir={tmp_path.parent / 'mypy'}"]
            words += ["--python-executable", sys.executable, "-p", "mcp_run_python", "-m", "program"]
        else:
            # This is the version of pyright that pip can install; it fetches no Node by itself.
            configuration = tmp_path / "pyrightconfig.json"
            folders = [str(site / "mcp_run_python"), str(file)]
            strict = {"typeCheckingMode": "strict", "pythonVersion": "3.10", "extraPaths": [str(site)]}
            configuration.write_text(json.dumps(strict | {"include": folders}))
            words = ["basedpyright", "--project", str(configuration), "--pythonpath", sys.executable]
        result = subprocess.run(
            [sys.executable, "-m", *words],
            capture_output=True,
            encoding="utf-8",
            timeout=5 * product.PATIENCE,
            env=product.environment(MYPYPATH=site),
            cwd=tmp_path,
        )
        return result.returncode, result.stdout + result.stderr

    return check


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_right_types(check, checker):
    status, said = check(checker, PROGRAM)
    assert status == 0, said


@pytest.mark.parametrize("checker", ["mypy", "pyright"])
def test_wrong_types_are_found(check, checker):
    status, said = check(checker, WRONG)
    assert status == 1
    assert all(word in said for word in ("exemple", "kept", "str"))
