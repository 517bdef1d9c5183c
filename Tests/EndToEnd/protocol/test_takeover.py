"""A run that replaces what the sandbox's own code uses: it gets neither the next run's orders nor its results."""

import pytest
from support.peer import success

# Sees each order of the warden where Deno puts it, and answers it itself.
ORDERS = """
import importlib, json
js = importlib.import_module('js')
from pyodide.ffi import create_proxy
def setter(this, v): this.zz_d = v
def getter(this):
    v = this.zz_d
    if getattr(v, 'kind', None) == 'run':
        m = js.Object.new(); m.kind = 'done'; m.run = v.run
        m.result = json.dumps({'status': 'success', 'value': json.dumps('forged ' + v.globals), 'repr': 'forged'})
        this.target.postMessage(m)
        w = js.Object.new(); w.kind = 'nothing'
        return w
    return v
nd = js.Object.new()
js.Reflect.set(nd, 'get', create_proxy(getter, capture_this=True))
js.Reflect.set(nd, 'set', create_proxy(setter, capture_this=True))
nd.configurable = True
js.Object.defineProperty(js.MessageEvent.prototype, 'data', nd)
None
"""

# The runner's functions, and whatever it calls.
RUNNER = """
import _runner, _values, _waiting, sys
def forge(*values, **named): return '{"status": "success", "value": "\\\\"forged\\\\"", "repr": "forged"}'
for module in (_runner, _values, _waiting):
    for name, value in list(vars(module).items()):
        if callable(value) and not isinstance(value, type) and name not in ('_success', '_encode', '_start', 'serialise'):
            setattr(module, name, forge)
_runner._start.__code__ = (lambda *a: forge()).__code__
_runner._start.__globals__['forge'] = forge
None
"""

# The code that watches the next run.
SPY = """
import sys
def spy(code, *_):
    print('SPY', sys._getframe(1).f_globals.get('password'))
sys.monitoring.use_tool_id(2, 'spy')
sys.monitoring.register_callback(2, sys.monitoring.events.PY_RETURN, spy)
sys.monitoring.set_events(2, sys.monitoring.events.PY_RETURN)
None
"""


@pytest.mark.parametrize("plant", [ORDERS, RUNNER, SPY], ids=["orders", "runner", "spy"])
def test_takeover(start, plant):
    peer = start()
    peer.call(plant)
    for code in ("password[::-1]", "import json\njson.loads(json.dumps(password))[::-1]"):
        assert peer.call(code, {"password": "hunter2"}) == success("2retnuh")
