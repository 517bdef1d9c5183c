extension HostileCase {
  private static let readOnly = "OSError: [Errno 69] Read-only file system"
  private static let notThere = "FileNotFoundError: [Errno 44]"

  /// The host's files, and the image's.
  static let files: [HostileCase] = [
    .init("no host file by its path", "open('/etc/passwd')", .error(notThere)),
    .init("no host file over the image", "open('/site/../../../etc/passwd')", .error(notThere)),
    .init("no process's environment", "open('/proc/self/environ')", .error(notThere)),
    .init("no process's memory", "open('/proc/self/mem', 'rb')", .error(notThere)),
    .init("no home", "import os\nos.listdir('/root')", .error(notThere)),
    .init(
      "a link leads no further than Python's own files",
      "import os\nos.symlink('/site/../../../etc', '/tmp/link')\nopen('/tmp/link/passwd')", .error(notThere)),
    .init("no link into the image's folder", "import os\nos.symlink('/etc', '/site/link')", .error(readOnly)),
    .init("no new file in the image", "open('/site/evil.py', 'w')", .error(readOnly)),
    .init("no change of a file in the image", "open('/site/pydantic/__init__.py', 'a')", .error(readOnly)),
    .init("no truncation", "import os\nos.truncate('/site/pydantic/__init__.py', 0)", .error(readOnly)),
    .init("no removal", "import os\nos.remove('/site/pydantic/__init__.py')", .error(readOnly)),
    .init("no renaming", "import os\nos.rename('/site/pydantic', '/site/other')", .error(readOnly)),
    .init("no folder", "import os\nos.mkdir('/site/folder')", .error(readOnly)),
    .init("no other mode", "import os\nos.chmod('/site/pydantic/__init__.py', 0o777)", .error(readOnly)),
    .init("no other time", "import os\nos.utime('/site/pydantic/__init__.py', (0, 0))", .error(readOnly)),
    .init(
      "no mapping that writes", "import mmap\nf = open('/site/pydantic/__init__.py', 'r+b')", .error(readOnly)
    ),
    .init(
      "the host is not told apart", "import os\n(os.getuid(), os.environ.get('PATH'), 'HOME' in os.environ)",
      .value("(0, '/', True)")),
    .init(
      "no secret in the environment",
      "import os\nsorted(k for k in os.environ if 'PROXY' in k or 'TOKEN' in k or 'KEY' in k)", .value("[]")),
  ]

  /// Other processes, and the end of one's own.
  static let processes: [HostileCase] = [
    .init(
      "os.system", "import os\nos.system('true')",
      .error("PermissionError: the sandbox cannot start processes")),
    .init(
      "posix.system", "import posix\nposix.system('true')",
      .error("PermissionError: the sandbox cannot start processes")),
    .init("the C library's system", "import ctypes\nctypes.CDLL(None).system(b'true')", .value("-1")),
    .init("subprocess", "import subprocess\nsubprocess.run(['true'])", .error("OSError: [Errno 138]")),
    .init("os.popen", "import os\nos.popen('true')", .error("OSError: [Errno 138]")),
    .init("os.fork", "import os\nos.fork()", .error("OSError: [Errno 52]")),
    .init("os.execv", "import os\nos.execv('/bin/true', ['true'])", .error("OSError: [Errno 45]")),
    .init(
      "a thread", "import threading\nthreading.Thread(target=print).start()",
      .error("RuntimeError: can't start new thread")),
    .init(
      "multiprocessing", "import multiprocessing\nmultiprocessing.Process(target=print).start()", .error("")),
    .init("sys.exit", "import sys\nsys.exit(3)", .error("SystemExit: 3")),
    .init("os._exit", "import os\nos._exit(3)", .lost("exit(3)")),
    .init("os.abort", "import os\nos.abort()", .lost("")),
    .init("a signal to oneself", "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", .lost("")),
  ]
}
