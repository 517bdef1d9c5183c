"""The executable in the wheel, and what it needs to know of its surroundings."""

from __future__ import annotations as _annotations

import os
import sys
import warnings

_FOLDER = os.path.dirname(os.path.abspath(__file__))


def executable() -> str:
    """Finds the executable.

    Returns:
        `MCP_RUN_PYTHON` of the environment, else the path of the one in this package.

    Raises:
        FileNotFoundError: when this package was installed without it.
    """
    if named := os.environ.get('MCP_RUN_PYTHON'):
        return named
    bundled = os.path.join(_FOLDER, 'bin', 'mcp-run-python')
    if not os.path.isfile(bundled):
        raise FileNotFoundError(
            f'The executable {bundled} is missing. Install the wheel of mcp-run-python-swift, or say with '
            'MCP_RUN_PYTHON where the executable is.'
        )
    return bundled


def own_environment() -> dict[str, str]:
    """The environment in which the executable fetches its runtime by the pip that belongs to this Python.

    The executable runs `python3 -m pip`. An isolated environment of uv or pipx is not on the PATH. The PATH's
    own Python may have no pip.
    """
    environment = dict(os.environ)
    if sys.executable:
        environment['MCP_RUN_PYTHON_WRAPPED_BY'] = sys.executable
        path = environment.get('PATH') or os.defpath
        environment['PATH'] = os.path.join(_FOLDER, 'path') + os.pathsep + path
    return environment


def cache_words() -> list[str]:
    """The option for the cache folder, if variables choose it: MCP clients do not hand them on."""
    if cache := os.environ.get('MCP_RUN_PYTHON_CACHE'):
        return ['--cache-dir', os.path.abspath(cache)]
    if (base := os.environ.get('XDG_CACHE_HOME')) and os.path.isabs(base):
        return ['--cache-dir', os.path.join(base, 'mcp-run-python')]
    return []


def warn_of_the_original() -> None:
    """Warns when pydantic's distribution is there too: each overwrites and removes the other's files."""
    try:
        neighbours = os.listdir(os.path.dirname(_FOLDER))
    except OSError:
        return
    if any(name.startswith('mcp_run_python-') and name.endswith('.dist-info') for name in neighbours):
        warnings.warn(
            "The distributions 'mcp-run-python' and 'mcp-run-python-swift' are both installed, and share the folder "
            'of this module. Remove both and install one: pip uninstall -y mcp-run-python mcp-run-python-swift, '
            'then pip install the wheel again.',
            stacklevel=3,
        )
