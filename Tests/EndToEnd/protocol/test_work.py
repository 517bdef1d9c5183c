"""The current folder: what lives on there, and what of it can be imported."""

import pytest
from support.peer import text

SUCCESS = "<status>success</status>"


@pytest.fixture
def run(start, request):
    """Runs code in a server of its own, in the state that the test names; gives the text of the answer."""
    peer = start("--state", request.param)
    return lambda code: text(peer.answer(peer.start_call(code)))


def state(name):
    return pytest.mark.parametrize("run", [name], indirect=True)


@state("reset")
def test_files_live_on_below_it_alone(run):
    for folder in ("/work", "/work/sub", "/tmp", "/home/pyodide"):
        assert SUCCESS in run(f"import os\nos.makedirs('{folder}', exist_ok=True)\nopen('{folder}/f', 'w').write('ab')")
    found = run("import os\n[os.path.exists(p + '/f') for p in ('/work', '/work/sub', '/tmp', '/home/pyodide')]")
    assert "[\n  true,\n  true,\n  false,\n  false\n]" in found
    assert "cd" in run("open('sub/f', 'w').write('cd')\nopen('/work/sub/f').read()")
    assert "cd" in run("open('/work/sub/f').read()")
    assert SUCCESS in run("import os\nos.remove('f')\nos.rename('sub', 'other')")
    assert "other" in run("import os\nstr(os.listdir())")


@state("reset")
def test_what_the_same_run_wrote_is_imported(run):
    written = "open('mine.py', 'w').write('value = 1')\nimport mine\nmine.value"
    assert "\n1\n" in run(written)
    assert "No module named 'mine'" in run("import mine")
    assert "\n2\n" in run(written.replace("1", "2"))


@state("reset")
def test_what_was_added_to_is_not_imported(run):
    assert SUCCESS in run("open('mine.py', 'w').write('value = 1\\n')")
    assert "No module named 'mine'" in run("open('mine.py', 'a').write('other = 2\\n')\nimport mine")


@state("reset")
def test_what_another_run_compiled_is_not_imported(run):
    planting = """
import os, py_compile, shutil
open('/tmp/evil.py', 'w').write('value = 2')
os.utime('/tmp/evil.py', (1, 1))
py_compile.compile('/tmp/evil.py', '/tmp/evil.pyc', dfile='/work/mine.py')
os.makedirs('/work/__pycache__', exist_ok=True)
shutil.copy('/tmp/evil.pyc', '/work/__pycache__/mine.cpython-314.pyc')
shutil.copy('/tmp/evil.pyc', '/work/other.pyc')
"""
    assert SUCCESS in run(planting)
    assert "\n1\n" in run(
        "import os\nopen('mine.py', 'w').write('value = 1')\nos.utime('mine.py', (1, 1))\nimport mine\nmine.value"
    )
    assert "No module named 'other'" in run("import other")


@state("reset")
@pytest.mark.parametrize(
    "importing",
    [
        "import mine",
        "import os\nos.symlink('mine.py', 'link.py')\nimport link",
        "import os\nos.rename('mine.py', 'new.py')\nimport new",
        "import sys\nsys.path.insert(0, '.')\nimport mine",
        "import sys\nsys.path.insert(0, '/tmp/../work')\nimport mine",
        "import os, sys\nos.symlink('/work', '/tmp/w')\nsys.path.insert(0, '/tmp/w')\nimport mine",
        "import pack.mine",
        "import sys\nsys.path.insert(0, '/work/pack.zip')\nimport zipped",
    ],
)
def test_no_way_leads_to_what_another_run_wrote(run, importing):
    planting = """
import os, zipfile
os.mkdir('pack')
for path in ('mine.py', 'pack/__init__.py', 'pack/mine.py'): open(path, 'w').write('print("EVIL")')
with zipfile.ZipFile('pack.zip', 'w') as archive: archive.writestr('zipped.py', 'print("EVIL")')
"""
    assert SUCCESS in run(planting)
    assert "No module named" in run(importing)


@state("reset")
def test_it_is_looked_in_last(run):
    shadowing = "open('json.py', 'w').write('print(1)')\nimport json, sys\n(json.loads('[5]'), sys.path[-1])"
    assert "/work" in run(shadowing)
    assert "[\n  5\n]" in run("import sys\nsys.modules.pop('json')\nimport json\njson.loads('[5]')")


@state("keep")
def test_everything_lives_on_where_variables_do(run):
    assert SUCCESS in run("open('mine.py', 'w').write('value = 1')\nopen('/tmp/f', 'w').write('ab')")
    assert "\n1\n" in run("import mine\nmine.value")
    assert "/work" in run("import os\nos.path.exists('/tmp/f') and os.getcwd()")


@state("fresh")
def test_nothing_lives_on_where_each_run_is_alone(run):
    assert SUCCESS in run("open('f', 'w').write('ab')")
    assert "[]" in run("import os\nos.listdir('/work')")
