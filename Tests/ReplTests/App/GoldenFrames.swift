// Recorded by GoldenFrameTests.
// swift-format-ignore-file

let goldenFrames: [String: String] = [
  "start 80x24": ##"""
     1 Console  2 stdout  3 stderr  4 Server  5 Traffic ────────────────────────────




















    ── Tab complete  Ctrl-R history  Ctrl-P palette ───────────── Console 0 lines ──
    >>>
     ⠋ connecting                                                           F1 help
    """##,
  "idle 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero








    ── Tab complete  Ctrl-R history  Ctrl-P palette ──────────── Console 13 lines ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "idle 60x15": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────

      2 ▏ print('total', total)                           3.0 ms
          total 45

      3 ▏ total / 0                                      1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero
    ── Tab complete  Ctrl-R history ──────── Console 13 lines ──
    >>>
     main ● ready  MCP 2025-11-25               82 MB · F1 help
    """##,
  "idle 200x60": ##"""
     1 Console ───────────────────────────────────────────────────────────────────────────────│ 2 stdout ───────────────────────────────────────────────────────────────────────────────────────────────────
      1 ▏ total = sum(range(10))                                                        4.0 ms│── run 2 ────────────────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │total 45
      2 ▏ print('total', total)                                                         3.0 ms│
          total 45                                                                            │
                                                                                              │
      3 ▏ total / 0                                                                    1.5 s ✗│
          careful                                                                             │
          Traceback (most recent call last):                                                  │
            File "<input>", line 1, in <module>                                               │
              total / 0                                                                       │
              ~~~~~~^~~                                                                       │
          ZeroDivisionError: division by zero                                                 │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │ 3 stderr  4 Server*─────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │── run 3 ────────────────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │careful
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │ 5 Traffic ──────────────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │ 14:13:20.025 → 0     initialize                                 88 B     25 ms {"protocolVersion":"2025-11-…
                                                                                              │ 14:13:20.050 ← 0     initialize                                 36 B     25 ms {}
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
    ── Tab complete  Ctrl-R history  Ctrl-P palette  Ctrl-O panes  F6 traffic ────────────────────────────────────────────────────────────────────────────────────────────────────────── Console 13 lines ──
    >>>
     main ● ready  mcp-run-python 0.1.0 · MCP 2025-11-25 · Python 3.14.2                                                                                                                    82 MB · F1 help
    """##,
  "split 100x45": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────────────────────────
      1 ▏ total = sum(range(10))                                                                  4.0 ms

      2 ▏ print('total', total)                                                                   3.0 ms
          total 45

      3 ▏ total / 0                                                                              1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero





























    ── Tab complete  Ctrl-R history  Ctrl-P palette  Ctrl-O panes  F6 traffic ────── Console 13 lines ──
    >>>
     main ● ready  mcp-run-python 0.1.0 · MCP 2025-11-25 · Python 3.14.2                82 MB · F1 help
    """##,
  "busy 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero

      4 ▏ while True: print('tick')                                          ⠹ 3.3 s
          tick
          tick
          tick
          no newline


    ── Tab complete  Ctrl-R history  Ctrl-P palette ──────────── Console 19 lines ──
    >>> next
     main ⠹ run 4 · 3.3 s  MCP 2025-11-25 · Python 3.14.2           82 MB · F1 help
    """##,
  "busy 200x60": ##"""
     1 Console ───────────────────────────────────────────────────────────────────────────────│ 2 stdout ───────────────────────────────────────────────────────────────────────────────────────────────────
      1 ▏ total = sum(range(10))                                                        4.0 ms│── run 2 ────────────────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │total 45
      2 ▏ print('total', total)                                                         3.0 ms│── run 4 ────────────────────────────────────────────────────────────────────────────────────────────────────
          total 45                                                                            │tick
                                                                                              │tick
      3 ▏ total / 0                                                                    1.5 s ✗│tick
          careful                                                                             │no newline
          Traceback (most recent call last):                                                  │
            File "<input>", line 1, in <module>                                               │
              total / 0                                                                       │
              ~~~~~~^~~                                                                       │
          ZeroDivisionError: division by zero                                                 │
                                                                                              │
      4 ▏ while True: print('tick')                                                    ⠹ 3.3 s│
          tick                                                                                │
          tick                                                                                │
          tick                                                                                │
          no newline                                                                          │ 3 stderr  4 Server*─────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │── run 3 ────────────────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │careful
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │ 5 Traffic ──────────────────────────────────────────────────────────────────────────────────────────────────
                                                                                              │ 14:13:20.025 → 0     initialize                                 88 B     25 ms {"protocolVersion":"2025-11-…
                                                                                              │ 14:13:20.050 ← 0     initialize                                 36 B     25 ms {}
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
                                                                                              │
    ── Tab complete  Ctrl-R history  Ctrl-P palette  Ctrl-O panes  F6 traffic ────────────────────────────────────────────────────────────────────────────────────────────────────────── Console 19 lines ──
    >>> next
     main ⠹ run 4 · 3.3 s  mcp-run-python 0.1.0 · MCP 2025-11-25 · Python 3.14.2                                                                                                            82 MB · F1 help
    """##,
  "question 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero

      4 ▏ while True: print('tick')                                          ⠹ 3.3 s
          tick
          tick
          tick
          no newline


    ── Restart the interpreter? All variables are lost. (y/n) ── Console 19 lines ──
    >>> next
     main ⠹ run 4 · 3.3 s  MCP 2025-11-25 · Python 3.14.2           82 MB · F1 help
    """##,
  "input 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero

      4 ▏ while True: print('tick')                                          ⠹ 3.3 s
          tick
          tick
          tick
          no newline
          First line

    ── Tab complete  Ctrl-R history  Ctrl-P palette ──────────── Console 20 lines ──
    Your name? Ada
     main input for run 4  MCP 2025-11-25 · Python 3.14.2           82 MB · F1 help
    """##,
  "block 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero







    ── Tab complete  Ctrl-R history  Ctrl-P palette ──────────── Console 13 lines ──
    >>> def area(r):
    ...     return 3.14 * (r ** 2)
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "completions 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero





     dict.clear(       dict.copy(        dict.fromkeys(    dict.get(
     dict.items(       dict.keys(        dict.pop(         dict.popitem(
     dict.setdefault(  dict.update(      dict.values(
    ── Enter take  Esc close  Tab complete  Ctrl-R history ───── Console 13 lines ──
    >>> dict.
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "traffic 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic ────────────────────────────
     14:13:20.025 → 0     initialize                       88 B     25 ms {"protoco…
     14:13:20.050 ← 0     initialize                       36 B     25 ms {}
     14:13:20.074 → 1     tools/call run_python_code      122 B     error {"python_…
     14:13:20.100 ← 1     tools/call run_python_code       63 B     error {"content…
     14:13:20.125 ←       invalid                          23 B           Segmentat…
     14:13:20.149 → 2     tools/list                       58 B     25 ms {}
     14:13:20.174 ← 2     tools/list                       46 B     25 ms {"tools":…
     14:13:20.199 → 3     tools/call run_python_code      122 B   pending {"python_…












    ── Enter open  f filter  : command  Esc prompt  ? keys ────────── Traffic 8/8 ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "message 80x24": ##"""
     5 ← invalid, 23 B                                        pretty  raw  exchange
    This is not JSON: Expected a value. (byte 0)

    Segmentation fault^[[31m

















    ── Esc close  : command  / search  n next  Tab view  ? keys ───── line 1 of 3 ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "exchange 80x24": ##"""
     7 ← response tools/list id 2, 46 B                       pretty  raw  exchange
    Exchange 2 client to server, done, 25 ms

    Request
    {
      "jsonrpc": "2.0",
      "id": 2,
      "method": "tools/list",
      "params": {}
    }

    Response
    {
      "jsonrpc": "2.0",
      "id": 2,
      "result": {
        "tools": []
      }
    }


    ── Esc close  : command  / search  n next  Tab view  ? keys ──── line 1 of 18 ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "search 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero








    ── Search: total ─────────────────────────────────────────── Console 13 lines ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "help 80x24": ##"""
     Help  Esc closes, / searches
    Commands, typed at the prompt
      :help                 Shows all keys and commands (F1)
      :tour                 Shows it all in ten steps
      :quit                 Leaves (Ctrl-Q)
      :reset                Forgets all variables
      :restart              Ends the interpreter and starts a new one
      :deps                 Lists the packages that are installed
      :vars                 Lists the variables
      :time CODE            Runs code and tells exactly how long it took
      :run FILE             Runs a file of Python code
      :save FILE            Saves the session: code as .py, traffic as .jsonl,
                            else the console's text
      :history [TEXT]       Lists the blocks in the history that hold a text
      :clear [PANE]         Empties the console, the pane that is named, or all
      :layout [MODE]        Arranges the panes: auto, tabs, split or all (F7)
      :filter [EXPR]        Shows only the messages that match; nothing shows all
      :trace [FILE]         Writes every message to a file; nothing ends that
      :send JSON            Sends a message as it is
      :tools                Lists the server's tools
      :call TOOL JSON       Calls a tool with arguments
    ── Esc close  : command  / search  Ctrl-P palette ───────────── line 1 of 203 ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "palette 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
     Command: cl
     :clear [PANE]  Empties the console, the pane that is named, or all
     :cancel  Cancels the run
     :call TOOL JSON  Calls a tool with arguments
     :checkpoints  Lists the checkpoints
     :copy [WHAT]  Copies the last value, or a pane's text, to the clipboard
     :time CODE  Runs code and tells exactly how long it took
     Goes to the console                                                         F2
     Shows the console                                                        Alt-1
     :save-image [N] FILE  Saves an image that code has shown, the last one or th…
     :checkpoint [NAME] [--save FILE]  Saves the state to go back to it, also to …
     :save FILE  Saves the session: code as .py, traffic as .jsonl, else the cons…
     Drops the block; cancels a run, and a second time within 2 s restarts … Ctrl-C
     :deps  Lists the packages that are installed
     :trace [FILE]  Writes every message to a file; nothing ends that
     :history [TEXT]  Lists the blocks in the history that hold a text




    ── Enter take  Esc close  Ctrl-P palette  Ctrl-O panes ───── Console 13 lines ──
    >>>
     main ● ready  mcp-run-python · MCP 2025-11-25 · Python 3.14.2  82 MB · F1 help
    """##,
  "disconnected 80x24": ##"""
     1 Console  2 stdout* 3 stderr* 4 Server* 5 Traffic*────────────────────────────
      1 ▏ total = sum(range(10))                                              4.0 ms

      2 ▏ print('total', total)                                               3.0 ms
          total 45

      3 ▏ total / 0                                                          1.5 s ✗
          careful
          Traceback (most recent call last):
            File "<input>", line 1, in <module>
              total / 0
              ~~~~~~^~~
          ZeroDivisionError: division by zero
          The server is gone: it exited with status 3







    ── Tab complete  Ctrl-R history  Ctrl-P palette ──────────── Console 14 lines ──
    >>>
     no server                                                      82 MB · F1 help
    """##,
  "too small 50x10": ##"""
    This terminal is too small for the panes: 60x15 is
    wanted, it has 50x10. The prompt works.






    >>> 1 + 1
     main ● ready  MCP 2025-11-25     82 MB · F1 help
    """##,
  "ascii 60x15": ##"""
     1 Console  2 stdout  3 stderr  4 Server  5 Traffic --------
      1 | 'gr??e > u'                                      12 ms
          'gr??e > u'









    -- Tab complete  Ctrl-R history --------- Console 2 lines --
    >>>
     main * ready  MCP 2025-11-25 - Python 3.14.2       F1 help
    """##,
]
