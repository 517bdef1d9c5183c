/// The Python code of the prompt's commands. Each piece is an expression that is None and leaves no name
/// behind. So any server of `run_python_code` can be asked, and `_` stays the user's.
enum PythonSnippets {
  static let resetVariables = run(
    """
    for name in [name for name in variables if not name.startswith("__")]:
        del variables[name]
    """)

  static let showVariables = run(
    """
    import reprlib
    short = reprlib.Repr(maxstring=80, maxother=80, maxlong=80, maxlist=10, maxtuple=10)

    def summary(value):
        shape = getattr(value, "shape", None)
        if type(shape) is not tuple or not shape:
            return short.repr(value)
        words = [" x ".join(map(str, shape))]
        if hasattr(value, "dtype"):
            words.append(str(value.dtype))
        if hasattr(value, "columns"):
            words.append("columns " + ", ".join(map(str, list(value.columns)[:20])))
        return ", ".join(words)

    for name, value in list(variables.items()):
        if name.startswith("_"):
            continue
        try:
            text = " ".join(summary(value).split())
        except Exception as error:
            text = f"({type(error).__name__} in its repr)"
        print(f"{name:<20} {type(value).__name__:<16} {text[:100]}")
    """)

  static let showDependencies = run(
    """
    from importlib.metadata import distributions
    for name, version in sorted({(d.name, d.version) for d in distributions()}):
        print(name, version)
    """)

  /// Shows signature and docstring of a name's value; with the source where there is one.
  static func inspect(_ name: String, withSource: Bool) -> String {
    let source = """

      try:
          print("", inspect.getsource(thing), sep="\\n")
      except (OSError, TypeError):
          print("", "no source", sep="\\n")
      """
    let script = """
      import inspect
      try:
          print(name + str(inspect.signature(thing)))
      except (TypeError, ValueError):
          print(name)
      print("type:", type(thing).__name__)
      print("", inspect.getdoc(thing) or "no documentation", sep="\\n")
      """
    return run(withSource ? script + source : script, #""name": "\#(name)", "thing": (\#(name))"#)
  }

  /// Runs the script in a namespace of its own, where `variables` are the session's.
  private static func run(_ script: String, _ namespace: String = #""variables": globals()"#) -> String {
    "exec(r'''\(script)''', {\(namespace)})"
  }
}
