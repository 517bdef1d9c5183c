extension HostileCase {
  private static let noCode = "pyodide.ffi.JsException: EvalError: Code generation from strings disallowed"

  private static func missing(_ name: String) -> HostileCase {
    HostileCase("js.\(name) is not there", "import js\njs.\(name)", .error("AttributeError: \(name)"))
  }

  /// Mounts the host's `/etc` as a file system of the kind that JavaScript's `type` gives, and reads there.
  private static func mounting(_ type: String) -> String {
    """
    import js, pyodide_js
    from pyodide.ffi import to_js
    fs = pyodide_js.FS
    fs.mkdirTree('/mnt/host')
    fs.mount(\(type), to_js({'root': '/etc'}, dict_converter=js.Object.fromEntries), '/mnt/host')
    open('/mnt/host/passwd').read()
    """
  }

  /// From Python into JavaScript, and what could be done there.
  static let javaScript: [HostileCase] =
    [
      "postMessage", "onmessage", "close", "Worker", "importScripts", "caches", "localStorage", "navigator",
      "BroadcastChannel", "MessageChannel", "SharedArrayBuffer", "require", "Buffer", "GPU", "EventSource",
      "name",
      "location", "reportError", "self", "Deno", "process",
    ].map(missing) + [
      .init("eval makes no code", "import js\njs.eval('1')", .error(noCode)),
      .init("Function makes no code", "import js\njs.Function.new('return 1')", .error(noCode)),
      .init(
        "nor does any function's constructor", "import js\njs.fetch.constructor('return 1')", .error(noCode)),
      .init(
        "nor does an async one's", "import js\njs.Object.getPrototypeOf(js.fetch).constructor('return 1')",
        .error(noCode)),
      .init(
        "run_js makes no code", "from pyodide.code import run_js\nrun_js('import(\"node:fs\")')",
        .error(noCode)),
      .init(
        "a timer runs no string", "import js\njs.setTimeout('globalThis.pwned = 1', 0)",
        .error("pyodide.ffi.JsException: TypeError")),
      .init(
        "prototypes may be polluted, the next run works",
        "import js\njs.Object.prototype.kind = 'done'\njs.Object.prototype.run = 1\ndel js.Object.prototype.kind, js.Object.prototype.run\n1",
        .value("1")),
      .init(
        "Atomics may be replaced, the next run works",
        "import js\njs.Atomics.wait = js.Atomics.load = None\n1", .value("1")),
      .init(
        "an error in the event loop is no end",
        "import js, asyncio\nfrom pyodide.ffi import create_once_callable\njs.setTimeout(create_once_callable(lambda: 1 / 0), 0)\nawait asyncio.sleep(0.05)\n1",
        .value("1")),
      .init(
        "the console is an output like any other", "import js\njs.console.log('forged frame')\n1",
        .value("1"), stdout: "forged frame\n"),
      .init(
        "a frame on descriptor 1 is only text",
        "import os\nos.write(1, b'token {\"kind\":\"done\",\"run\":2,\"result\":\"{}\"}\\n') > 0",
        .value("True"), stdout: "token {\"kind\":\"done\",\"run\":2,\"result\":\"{}\"}\n"),
      .init(
        "the runner's host cannot be changed", "import _mcp_run_python as host\nhost.isLate = lambda: True",
        .error("pyodide.ffi.JsException: TypeError")),
      .init(
        "Node's file system has no Node", mounting("fs.filesystems.NODEFS"),
        .error("pyodide.ffi.JsException: TypeError")),
      .init(
        "the image's file system mounts nothing but the image",
        mounting("fs.lookupPath('/site').node.mount.type"),
        .error("FileNotFoundError: [Errno 44] No such file or directory: '/mnt/host/passwd'")),
      .init(
        "a file is not fetched", "import js\nawait js.fetch('file:///etc/passwd')",
        .error("pyodide.ffi.JsException: NotCapable")),
      .init(
        "an array that is too large is refused", "import js\njs.Uint8Array.new(2**40)",
        .error("pyodide.ffi.JsException: RangeError")),
      .init(
        "the heap may be destroyed: only this run is lost",
        "import pyodide_js\npyodide_js._module.HEAP8.fill(0)", .lost("")),
      .init(
        "raw memory may be read out of bounds: only this run is lost",
        "import ctypes\nctypes.string_at(2**31 - 1, 1)", .lost("")),
    ]
}
