import pytest

from app.domain.customer import CustomerDraft
from app.services.workspaces import WorkspaceService
from tests.databases import CLOCK


@pytest.fixture
def watch(program, qtbot):
    made = program.application._watch
    qtbot.waitUntil(lambda: made._newest is not None)
    return made


@pytest.fixture
def elsewhere(program):
    """The same workspace, open in another program."""
    opened = WorkspaceService(CLOCK).open(program.workspace)
    yield opened.services
    opened.close()


def test_what_another_window_wrote_is_announced(watch, elsewhere, program, qtbot):
    elsewhere.editing.add(program.actor, CustomerDraft("别处来的"))
    with qtbot.waitSignal(program.application.changes.changed) as told:
        watch.look()
    assert "customer" in told.args[0]


def test_what_was_written_here_is_not_announced_twice(watch, program, qtbot):
    told = []
    with qtbot.waitSignal(program.application.changes.changed):
        program.services.editing.add(program.actor, CustomerDraft("这里的"))
    program.application.changes.changed.connect(told.append)
    before = watch._newest
    watch.look()
    qtbot.waitUntil(lambda: watch._newest > before)
    assert told == []
