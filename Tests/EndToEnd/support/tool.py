"""The facts that the tool's users rely on, as issue 2 gives them: literals, not computed from the product."""

NAME = "run_python_code"
TITLE = "Run Python code"

INPUT_SCHEMA = {
    "type": "object",
    "properties": {
        "python_code": {"type": "string", "description": "Python code to run"},
        "global_variables": {
            "type": "object",
            "additionalProperties": {},
            "default": {},
            "description": "Map of global variables in context when the code is executed",
        },
    },
    "required": ["python_code"],
    "additionalProperties": False,
    "$schema": "http://json-schema.org/draft-07/schema#",
}

CODE = """\
print('working')
{'answer': factor * 7, 'list': [1, 2]}"""
VARIABLES = {"factor": 6}
TEXT = """\
<status>success</status>
<output>
working
</output>
<return_value>
{
  "answer": 42,
  "list": [
    1,
    2
  ]
}
</return_value>"""
STRUCTURE = {
    "status": "success",
    "output": ["working"],
    "return_value": {"answer": 42, "list": [1, 2]},
    "repr": "{'answer': 42, 'list': [1, 2]}",
}

WRONG_CODE = """\
def divide(a):
    return a / 0
divide('</error>')"""
TRACEBACK = """\
Traceback (most recent call last):
  File "main.py", line 3, in <module>
    divide('</error>')
    ~~~~~~^^^^^^^^^^^^
  File "main.py", line 2, in divide
    return a / 0
           ~~^~~
TypeError: unsupported operand type(s) for /: 'str' and 'int'
"""
WRONG_TEXT = """\
<status>run-error</status>
<error>
Traceback (most recent call last):
  File "main.py", line 3, in <module>
    divide('&lt;/error&gt;')
    ~~~~~~^^^^^^^^^^^^
  File "main.py", line 2, in divide
    return a / 0
           ~~^~~
TypeError: unsupported operand type(s) for /: 'str' and 'int'

</error>"""
WRONG_STRUCTURE = {"status": "run-error", "output": [], "error": TRACEBACK}

TALKING_CODE = """\
import sys, time
print('first')
print('careful', file=sys.stderr)
time.sleep(2)
print('second')"""
"""Says something, sleeps, says something else: what it says must arrive while it sleeps."""
