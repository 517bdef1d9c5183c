"""Commands: typed, from the palette, in the help."""

import base64
import re

import pytest

COMMANDS = "help quit reset restart deps vars time run save history clear layout filter trace send tools call ping cancel copy save-image open checkpoint rewind fork session checkpoints".split()


def test_help_lists_every_command(repl):
    repl.press("F1")
    repl.wait_for("Commands, typed at the prompt")
    seen = []
    for _ in range(20):
        seen += repl.pane
        top = repl.rule
        repl.press("PgDn")
        repl.wait_for(lambda: repl.rule != top or "name?  name??" in repl.text())
        if "name?  name??" in repl.text():
            break
    text = "\n".join(seen + repl.pane)
    for name in COMMANDS:
        assert re.search(rf"(?m)^  :{name}\b", text), name
    for key in ("F1", "Ctrl-C", "Ctrl-D", "Ctrl-R", "Ctrl-P", "Ctrl-Z", "Tab", "Alt-Enter", "PgUp"):
        assert key in text, key
    repl.press("Escape")
    repl.wait_until_gone("Esc closes")


def test_the_palette(repl):
    repl.run("in_the_list = 1")
    repl.press("C-p")
    repl.wait_for("Command:")
    repl.type("vrs")
    repl.wait_for("Command: vrs")
    assert ":vars" in repl.rows()[2]
    repl.press("Enter")
    repl.wait_for(re.compile(r"^in_the_list +int +1$", re.M))
    repl.press("C-p")
    repl.type("zzzz")
    repl.wait_for("Nothing fits.")
    repl.press("Escape")
    repl.wait_until_gone("Command:")


def test_the_palette_puts_what_wants_an_argument_at_the_prompt(repl):
    repl.press("C-p")
    repl.type("filt")
    repl.wait_for("Command: filt")
    repl.press("Enter")
    repl.wait_for_prompt(">>> :filter")


def test_vars(repl):
    repl.run("number, text = 42, 'hello'")
    repl.enter(":vars")
    repl.wait_for(re.compile(r"^number +int +42$", re.M))
    assert re.search(r"(?m)^text +str +'hello'$", repl.text())
    # A table is told in a line, and what cannot be shown does no harm.
    repl.type("class Table: shape, columns, __repr__ = (3, 2), ['a', 'b'], lambda self: 1 / 0\r\r")
    repl.run("table, broken = Table(), type('Broken', (), {'__repr__': lambda self: 1 / 0})()")
    repl.enter(":vars")
    repl.wait_for(re.compile(r"^table +Table +3 x 2, columns a, b$", re.M))
    assert re.search(r"(?m)^broken +Broken +\S+", repl.text())


def test_deps(repl):
    repl.enter(":deps")
    repl.wait_for(re.compile(r"^    ▏ :deps\n\w+", re.M))


def test_tools(repl):
    repl.command(":tools", '"openWorldHint": false')
    repl.press("F2", "g")
    repl.wait_for('"name": "run_python_code"')
    repl.press("G", "i")
    repl.command(":save tools.txt", "Saved to tools.txt.")
    names = re.findall(r'^    "name": "(\w+)"', (repl.home / "tools.txt").read_text(), re.M)
    assert names == ["run_python_code", "checkpoint", "restore", "fork"]


def test_call(repl):
    repl.command(':call run_python_code {"python_code": "6 * 7"}', '"return_value": 42')
    repl.command(":call run_python_code {", "The arguments are not JSON")
    repl.command(":call no_such_tool {}", "no_such_tool")
    assert repl.is_ready


def test_send(repl):
    repl.enter(':send {"jsonrpc":"2.0","id":4321,"method":"no/such/method"}')
    repl.show(5)
    repl.wait_for(re.compile("← 4321 +error no/such/method"))
    repl.enter(":send this is not JSON")
    repl.wait_for(re.compile("→ +invalid"))
    repl.wait_for(re.compile("←.*error"))
    assert repl.is_ready


def test_ping(repl):
    repl.enter(":ping")
    repl.wait_for(re.compile(r"^The server answered after [\d.]+ ms\.$", re.M))


def test_time(repl):
    repl.enter(":time sum(range(1000))")
    repl.wait_for("\n499500\n")
    repl.wait_for(re.compile(r"^time: [\d,. \u202f]+ µs", re.M))


def test_run(repl):
    (repl.home / "program.py").write_text("def f(n):\n\n    return n * 2\n\nresult = f(21)\nprint('ran')\n")
    repl.enter(":run program.py")
    repl.wait_for("\nran\n")
    repl.wait_ready()
    repl.enter("result")
    repl.wait_for("\n42\n")
    repl.command(":run missing.py", "The file missing.py cannot be read: No such file or directory.")


def test_save(repl):
    repl.run("x = 6 * 7")
    repl.run("print(x)")
    repl.command(":save session.py", "Saved to session.py.")
    assert re.search(r"(?m)^x = 6 \* 7 #\d+#\nprint\(x\) #\d+#\n\Z", (repl.home / "session.py").read_text())
    repl.command(":save session.txt", "Saved to session.txt.")
    assert "\n42\n" in (repl.home / "session.txt").read_text()
    repl.command(":save /nowhere/at/all.txt", "cannot be written")


def test_reset(repl):
    repl.run("gone = 1")
    repl.command(":reset", "All variables are forgotten.")
    repl.enter("gone")
    repl.wait_for("NameError: name 'gone' is not defined")


def test_restart(repl):
    repl.run("gone = 1")
    repl.command(":restart", "Restarting the interpreter.")
    # Text that is typed before the server is back waits for it.
    repl.enter("'gone' in globals()")
    repl.wait_for("\nFalse\n")


def test_clear(repl):
    repl.run("print('some output')")
    repl.enter(":clear console")
    repl.wait_for(lambda: repl.pane == [])
    repl.enter(":clear stdout")
    repl.show(2)
    repl.wait_for(lambda: repl.pane == [])
    repl.show(1)
    repl.command(":clear everything", 'There is no pane "everything"')


@pytest.mark.parametrize(("command", "text"), [(":copy", "'a value'"), (":copy stdout", "printed\n")])
def test_copy(repl, command, text):
    repl.run("print('printed')")
    repl.run("'a value'")
    start = len(repl.raw)
    repl.command(command, "Copied ")
    copied = base64.b64decode(re.search(rb"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", repl.raw[start:])[1]).decode()
    assert copied.strip().splitlines()[-1] == text.strip()


def test_what_is_no_command(repl):
    repl.command(":tols", 'There is no command ":tols". Is ":tools" meant?')
    repl.command(":time", '":time" wants CODE')
    repl.command(":re", '":re" may be :reset, :restart, :rewind.')


def test_the_beginning_of_a_name_is_enough(repl):
    repl.enter(":pi")
    repl.wait_for("The server answered after")


def test_exit_leaves(start):
    for line in ("exit()", ":quit"):
        repl = start()
        repl.wait_ready()
        repl.enter(line)
        assert repl.wait() == 0
