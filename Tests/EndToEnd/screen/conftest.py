"""Screens for the tests."""

import pytest
from support.full_screen import FullScreen


@pytest.fixture
def start(tmp_path):
    """Starts a REPL that ends with the test. Those of one test share a home, and so the history."""
    screens = []

    def start(*arguments: object, **settings: object) -> FullScreen:
        screen = FullScreen(*arguments, **{"home": tmp_path} | settings)
        screens.append(screen)
        return screen

    yield start
    for screen in screens:
        screen.stop()


class Shared:
    """A REPL that tests share, replaced when one of them broke it."""

    def __init__(self, new_home) -> None:
        self._new_home = new_home
        self._screen = None

    def screen(self) -> FullScreen:
        if self._screen is None:
            self._screen = FullScreen(home=self._new_home("shared"))
            self._screen.wait_ready()
            # The interpreter starts with the first run.
            self._screen.run("None")
        try:
            self._screen.go_home()
        except BaseException:
            self.discard()
            raise
        return self._screen

    def discard(self) -> None:
        if self._screen:
            self._screen.stop()
        self._screen = None


@pytest.fixture(scope="session")
def shared_screen(tmp_path_factory):
    shared = Shared(tmp_path_factory.mktemp)
    yield shared
    shared.discard()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash.setdefault(_FAILED, False)
    if report.failed:
        item.stash[_FAILED] = True
    return report


_FAILED = pytest.StashKey[bool]()


@pytest.fixture
def repl(shared_screen, request):
    """A REPL whose interpreter runs, for tests that leave it ready: its variables, panes and traffic are empty."""
    screen = shared_screen.screen()
    yield screen
    if request.node.stash.get(_FAILED, False) or not screen.is_ready:
        shared_screen.discard()
