"""`code_sandbox` does what the original's did, and more."""

import base64

import pytest

TRACEBACK = """\
Traceback (most recent call last):
  File "main.py", line 1, in <module>
    print(unknown)
          ^^^^^^^
NameError: name 'unknown' is not defined
"""


@pytest.mark.parametrize(
    ("dependencies", "code", "expected"),
    [
        ([], "a = 1\na + 1", {"status": "success", "output": [], "return_value": 2}),
        (None, "print(123)", {"status": "success", "output": ["123"], "return_value": None}),
        ([], "print(unknown)", {"status": "run-error", "output": [], "error": TRACEBACK}),
        (
            ["numpy"],
            "import numpy\na = numpy.array([1, 2, 3])\nprint(a)\na",
            {"status": "success", "output": ["[1 2 3]"], "return_value": [1, 2, 3]},
        ),
    ],
    ids=["value", "output", "error", "numpy"],
)
def test_a_result(evaluate, dependencies, code, expected):
    body = f"async with code_sandbox(dependencies={dependencies!r}) as sandbox:\n    return await sandbox.eval({code!r})"
    assert evaluate(body) == expected


def test_several_evaluations_and_sandboxes(evaluate):
    first, numpy, without = evaluate(
        """
async with code_sandbox(dependencies=['numpy']) as one, code_sandbox() as other:
    first = [await other.eval(f'print({n})\\n{n}') for n in (1, 2)]
    return first, await one.eval('import numpy\\nnumpy.arange(2)'), await other.eval('import numpy')
"""
    )
    assert first == [{"status": "success", "output": [f"{n}"], "return_value": n} for n in (1, 2)]
    assert numpy["return_value"] == [0, 1]
    assert without["status"] == "run-error" and "ModuleNotFoundError" in without["error"]


def test_variables(evaluate):
    result, refused = evaluate(
        """
async with code_sandbox() as sandbox:
    result = await sandbox.eval('a["b"] + len(c)', {'a': {'b': 40}, 'c': [1, None]})
    try:
        await sandbox.eval(5)
    except ValueError as error:
        return result, str(error)
"""
    )
    assert result["return_value"] == 42
    assert "'python_code' must be a string" in refused


def test_the_log_handler_gets_output_before_the_result(evaluate):
    logs = evaluate(
        """
logs = []
async with code_sandbox(log_handler=lambda level, message: logs.append((level, message))) as sandbox:
    logs.append(await sandbox.eval('print("hello", 123)'))
return logs
""",
        "-W",
        "error",
    )
    assert logs[-2] == ("info", "hello 123")
    assert logs[-1]["output"] == ["hello 123"]
    # The installation came first.
    assert any(message.startswith("Python ") for _, message in logs[:-2])


def test_the_level_of_the_log_handler(evaluate):
    body = """
logs = []
log = lambda level, message: logs.append(message)
async with code_sandbox(log_handler=log, logging_level='emergency') as sandbox:
    await sandbox.eval('print("hello")')
return logs
"""
    assert "hello" not in evaluate(body)
    assert "hello" in evaluate(body.replace("emergency", "debug"))


def test_no_network(evaluate):
    result = evaluate(
        """
async with code_sandbox(allow_networking=False) as sandbox:
    return await sandbox.eval('import urllib.request\\nurllib.request.urlopen("http://example.org")')
"""
    )
    assert result["status"] == "run-error"
    assert "network" in result["error"]


def test_packages_that_cannot_be_installed(evaluate):
    logs, error = evaluate(
        """
logs = []
try:
    async with code_sandbox(dependencies=['no/name'], log_handler=lambda *log: logs.append(log)):
        pass
except RuntimeError as error:
    return logs, str(error)
"""
    )
    assert error.startswith("Failed to install dependencies: ") and "no/name" in error
    assert any(level == "error" for level, _ in logs)


PNG = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PICTURE = """
import base64
class Picture:
    def _repr_png_(self):
        return base64.b64decode(png)
Picture()
"""


def test_images(evaluate):
    result = evaluate(
        f"""
async with code_sandbox() as sandbox:
    return await sandbox.eval({PICTURE!r}, {{'png': {PNG!r}}})
"""
    )
    assert result["status"] == "success"
    assert [image["mime_type"] for image in result["images"]] == ["image/png"]
    assert base64.b64decode(result["images"][0]["data"]).startswith(b"\x89PNG")


def test_errors_of_the_caller_come_out_as_they_are(evaluate):
    """The SDK hands them on in groups."""
    told = evaluate(
        """
told = []
for state in ('reset', 'keep'):
    try:
        async with code_sandbox(state=state) as sandbox:
            if state == 'keep':
                await sandbox.restore(Checkpoint(b''))
            {}['key']
    except Exception as error:
        told.append(type(error).__name__)
try:
    async with code_sandbox(resume=Checkpoint(b'nonsense')) as sandbox:
        pass
except Exception as error:
    told.append(type(error).__name__)
return told
"""
    )
    assert told == ["KeyError", "SandboxError", "SandboxError"]


def test_cancelling(evaluate):
    """The sandbox ends with the task that has it, and the task counts as cancelled."""
    assert evaluate(
        """
begun = asyncio.Event()
async def wait(log=lambda level, text: begun.set() if text == 'begun' else None):
    async with code_sandbox(log_handler=log) as sandbox:
        await sandbox.eval('print("begun")\\nwhile True: pass')
task = asyncio.create_task(wait())
await begun.wait()
task.cancel()
await asyncio.wait([task])
return task.cancelled()
"""
    )


def test_states(evaluate):
    kept, reset = evaluate(
        """
results = []
for state in ('keep', 'reset'):
    async with code_sandbox(state=state) as sandbox:
        await sandbox.eval('x = 41')
        results.append(await sandbox.eval('x + 1'))
return results
"""
    )
    assert kept == {"status": "success", "output": [], "return_value": 42}
    assert reset["status"] == "run-error"


def test_checkpoints_and_forks(evaluate):
    values, fork, again = evaluate(
        """
values = []
async with code_sandbox(state='keep') as sandbox:
    await sandbox.eval('numbers = iter(range(100)); next(numbers)')
    saved = await sandbox.checkpoint()
    fork = await sandbox.fork()
    for restored in (False, True):
        if restored:
            await sandbox.restore(saved)
        values.append((await sandbox.eval('next(numbers)'))['return_value'])
        values.append((await sandbox.eval('next(numbers)'))['return_value'])
    fork = await fork.eval('next(numbers)')
async with code_sandbox(resume=saved) as another:
    return values, fork, await another.eval('next(numbers)')
"""
    )
    assert values == [1, 2, 1, 2]
    assert fork == again == {"status": "success", "output": [], "return_value": 1}


def test_a_checkpoint_in_a_file(evaluate, tmp_path):
    file = tmp_path / "saved"
    (value, mode), again = (
        evaluate(
            f"""
import os
async with code_sandbox(state='keep') as sandbox:
    await sandbox.eval('x = 6')
    (await sandbox.checkpoint()).write({str(file)!r})
    return (await sandbox.eval('x * 7'))['return_value'], oct(os.stat({str(file)!r}).st_mode)
"""
        ),
        evaluate(
            f"""
async with code_sandbox(resume=Checkpoint.read({str(file)!r})) as sandbox:
    return (await sandbox.eval('x * 7'))['return_value']
"""
        ),
    )
    assert (value, again) == (42, 42)
    assert mode == "0o100600"
    assert [path.name for path in tmp_path.iterdir()] == ["saved"]


def test_states_that_cannot_be(evaluate):
    without, damaged = evaluate(
        """
async with code_sandbox() as sandbox:
    try:
        await sandbox.checkpoint()
    except SandboxError as error:
        without = str(error)
async with code_sandbox(state='keep') as sandbox:
    try:
        await sandbox.restore(Checkpoint(b'nonsense'))
    except SandboxError as error:
        return without, str(error)
"""
    )
    assert without == "This sandbox keeps no state to save. Begin it with state='keep'."
    assert damaged.startswith("The data ") and "/" not in damaged


def test_limits(evaluate):
    late, dropped = evaluate(
        """
async with code_sandbox(limits=Limits(timeout=1.5, max_output=10)) as sandbox:
    return await sandbox.eval('while True: pass'), await sandbox.eval('print("x" * 100)')
"""
    )
    assert late["status"] == "run-error" and "1.5" in late["error"]
    assert "notice" in dropped and "".join(dropped["output"]).count("x") <= 10


@pytest.mark.parametrize(
    "limits", ["timeout=2.0, memory=512, max_output=12345678, max_rss=2048", "timeout=0", "timeout=12345678"]
)
def test_limits_of_any_size_are_understood(evaluate, limits):
    body = f"async with code_sandbox(limits=Limits({limits})) as sandbox:\n    return await sandbox.eval('6 * 7')"
    assert evaluate(body)["return_value"] == 42


def test_without_an_event_loop(program):
    said = program(
        """
from mcp_run_python import code_sandbox_sync
logs = []
with code_sandbox_sync(state='keep', log_handler=lambda *log: logs.append(log)) as sandbox:
    sandbox.eval('x = 1; print(x)')
    saved = sandbox.checkpoint()
    fork = sandbox.fork()
    sandbox.eval('x = 2')
    sandbox.restore(saved)
    fork.eval('x = 3')
    print([one.eval('x + y', {'y': 10})['return_value'] for one in (sandbox, fork)], ('info', '1') in logs)
try:
    with code_sandbox_sync() as sandbox:
        raise KeyError('of the caller')
except KeyError as error:
    print(error)
"""
    )
    assert said == "[11, 13] True\n'of the caller'\n"
