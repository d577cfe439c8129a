from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app import bootstrap, i18n
from app.config import Workspace
from app.domain.vocabulary import SYSTEM, Role
from app.services.workspaces import WorkspaceService
from app.ui.application import Application, Start
from app.ui.first_start.start import StartPage
from app.ui.first_start.who import WhoPage
from tests.databases import CLOCK


@pytest.fixture
def start(application) -> StartPage:
    application.begin(Start())
    page = application.window.centralWidget()
    assert isinstance(page, StartPage)
    return page


def opened(application, qtbot) -> WhoPage:
    qtbot.waitUntil(lambda: isinstance(application.window.centralWidget(), WhoPage), timeout=20_000)
    return application.window.centralWidget()


def test_without_a_workspace_it_asks_how_to_begin(start):
    assert start.choice() == "empty"
    assert start.folder.text().endswith("Shuke")


def test_the_key_that_closes_the_program_works_from_the_first_page_on(application, start, qtbot):
    with qtbot.waitSignal(application.window.leaving):
        qtbot.keyClick(start, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)


def test_nothing_moves_when_another_way_to_begin_is_chosen(start):
    def places():
        for _ in range(5):  # layouts follow one another
            QApplication.processEvents()
        return [one.mapTo(start, one.rect().topLeft()) for one in start._group.buttons()]

    start.choose("empty")
    before = places()
    start.choose("team")
    assert start.address.isVisible()
    assert places() == before


def test_the_list_of_people_is_as_high_as_its_cards(application, workspace):
    services = WorkspaceService(CLOCK).open(workspace)
    for name in ("李娜", "王磊", "周凯"):
        services.services.staff.add(SYSTEM, name, Role.DIRECTOR)
    services.close()
    application.begin(Start(workspace))
    page = application.window.centralWidget()
    assert isinstance(page, WhoPage)
    for _ in range(5):
        QApplication.processEvents()
    below = [one.mapTo(page, one.rect().bottomLeft()).y() for one in page._group.buttons()]
    assert page.go.mapTo(page, page.go.rect().topLeft()).y() - max(below) < 20


def test_an_empty_workspace_asks_for_the_name_of_its_director(application, start, qtbot, tmp_path):
    start.folder.setText(str(tmp_path / "mine"))
    start.begin()
    page = opened(application, qtbot)
    page.name.setText("  李娜 ")
    page.go.click()
    qtbot.waitUntil(lambda: application.shell is not None)
    actor = application.shell.context.actor
    assert (actor.name, actor.role) == ("李娜", Role.DIRECTOR)
    service = WorkspaceService(CLOCK)
    assert [one.folder for one in service.recent()] == [tmp_path / "mine"]
    assert service.remembered_actor(Workspace(tmp_path / "mine")) == actor.id


def test_a_missing_name_is_said_at_the_field(application, start, qtbot, tmp_path):
    start.folder.setText(str(tmp_path / "mine"))
    start.begin()
    page = opened(application, qtbot)
    page.go.click()
    qtbot.waitUntil(lambda: page._field.wrong() != "")
    assert page.go.isEnabled()


def test_a_sample_workspace_lets_choose_among_its_staff(qapp, machine, qtbot, tmp_path):
    def fill(made, progress) -> None:
        bootstrap.add_sample(made.services, bootstrap.SYSTEM, 20, 1, progress)

    application = Application(qapp, WorkspaceService(CLOCK), bootstrap.make_reports, fill)
    application.begin(Start())
    page = application.window.centralWidget()
    page.choose("sample")
    page.folder.setText(str(tmp_path / "sample"))
    page.begin()
    who = opened(application, qtbot)
    assert application.window.focusWidget() is who._group.checkedButton()
    person = next(one for one, _, role in who._people if role is Role.SALESPERSON)
    who.choose(person)
    who.go.click()
    qtbot.waitUntil(lambda: application.shell is not None)
    assert application.shell.context.actor.id == person
    assert application.shell.context.services.customers.count(bootstrap.SYSTEM) == 20
    application.window.close()
    application.window.deleteLater()
    application.deleteLater()


def test_the_sample_is_offered_only_where_it_can_be_made(start):
    assert "sample" not in start._choices


def test_a_server_that_does_not_answer_is_said_on_the_spot(start, qtbot):
    start.choose("team")
    start.address.setText("postgresql+psycopg://nobody@127.0.0.1:9/nothing")
    start.test.click()
    qtbot.waitUntil(start.test.isEnabled, timeout=20_000)
    assert "127.0.0.1" in start._said.text()


@pytest.mark.postgres
def test_a_team_is_joined_by_its_address(application, start, qtbot, tmp_path, postgres_template,
                                         postgres_server):  # fmt: skip
    from tests import postgres

    address = postgres.fresh_database(postgres_server, postgres_template)
    start.choose("team")
    start.address.setText(address)
    start.test.click()
    qtbot.waitUntil(lambda: "answers" in start._said.text(), timeout=20_000)
    start.folder.setText(str(tmp_path / "team"))
    start.begin()
    opened(application, qtbot)
    application.window.close()
    postgres.drop_database(address)


def test_a_folder_with_a_workspace_is_not_overwritten(start, workspace, qtbot):
    before = workspace.database.read_bytes()
    start.folder.setText(str(workspace.folder))
    start.begin()
    qtbot.waitUntil(lambda: "already" in start._said.text())
    assert workspace.database.read_bytes() == before
    assert start.go.isEnabled()


def test_a_workspace_used_before_opens_with_one_click(application, workspace, qtbot):
    WorkspaceService(CLOCK).remember(workspace)
    application.ask_workspace()
    page = application.window.centralWidget()
    page.findChild(type(page.go), "recent").click()
    opened(application, qtbot)


def test_the_offered_folder_is_free(application, workspace, qtbot):
    home = Path.home() / "Shuke"
    made = WorkspaceService(CLOCK).create(Workspace(home))
    made.close()
    application.ask_workspace()
    assert application.window.centralWidget().folder.text() == f"{home} 2"


def test_it_speaks_another_language_at_once_and_the_workspace_keeps_it(
    application, start, qtbot, tmp_path
):
    start.languages.set_current(2)
    page = application.window.centralWidget()
    assert i18n.language() == "zh_TW"
    assert page is not start
    page.folder.setText(str(tmp_path / "mine"))
    page.begin()
    opened(application, qtbot)
    assert application.settings.language == "zh_TW"


def test_without_a_folder_nothing_begins(start):
    start.folder.setText(" ")
    start.begin()
    assert "folder" in start._said.text()


def test_enter_in_a_field_begins_and_what_is_wrong_keeps_the_cursor(application, start, qtbot):
    application.window.show()
    start.choose("team")
    start.address.setText("mysql://nobody@127.0.0.1/nothing")
    start.folder.setFocus()
    QTest.keyClick(start.folder, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: start._said.text() != "" and start.go.isEnabled())
    assert application.window.focusWidget() is start.address


def test_the_cursor_stands_where_one_begins(application, start, qtbot, tmp_path):
    assert application.window.focusWidget().objectName() == "choice_empty"
    start.folder.setText(str(tmp_path / "mine"))
    start.begin()
    page = opened(application, qtbot)
    assert application.window.focusWidget() is page.name


def test_a_file_that_is_not_there_is_named_until_another_is_typed(start, tmp_path, qtbot):
    start.choose("file")
    start.file.setText(str(tmp_path / "gone.csv"))
    start.begin()
    assert start._said.text() == f"There is no file {tmp_path / 'gone.csv'}."
    qtbot.keyClick(start.file, Qt.Key.Key_A)
    assert start._said.text() == ""
