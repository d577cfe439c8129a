import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from app import i18n
from app.domain.customer import PointDraft
from app.domain.lists import ListQuery
from app.domain.vocabulary import PointKind, Role
from app.errors import Conflict
from app.i18n import Message
from app.services.import_plan import Verdict
from app.ui.imports.screen import CHOOSE, DONE, DRY, MAP, ImportScreen
from app.ui.widgets.text import Elided
from tests import factories

HEADER = ["客户名称", "编号", "手机", "地址", "备忘2"]


def names(stage):
    customers = stage.services.customers
    ids = customers.ids(stage.actor, ListQuery())
    return {row.name for row in customers.rows(stage.actor, ids)}


def reach(stage, screen, step):
    stage.until(lambda: screen.step() == step and stage.tasks.idle())


def open_and_check(stage, screen, path):
    screen.open(path)
    reach(stage, screen, MAP)
    screen.forward()
    stage.until(lambda: screen.plan is not None and stage.tasks.idle())


def test_from_a_file_to_customers_and_back_again_with_undo(stage, screen, write, verdicts):
    path = write(HEADER, ["甲公司", "1", "13800000001", "", ""], ["乙公司", "2", "1380000", "", ""])
    assert screen.step() == CHOOSE
    screen.choose_page.chosen.emit(path)
    reach(stage, screen, MAP)
    assert [box.value() for box in screen.mapping_page.fields] == [
        "name", "code", "phone", "address", ""
    ]  # fmt: skip
    screen.next_button.click()
    reach(stage, screen, DRY)
    assert [line[:3] for line in verdicts()] == [
        ("2", "New", "甲公司, 13800000001"), ("3", "Refused", "乙公司")
    ]  # fmt: skip
    assert "手机" in verdicts()[1][3]
    assert names(stage) == set()
    assert screen.next_button.text() == "Import 1 customer"
    screen.next_button.click()
    reach(stage, screen, DONE)
    assert names(stage) == {"甲公司"}
    stage.until(lambda: stage.said() == ["1 customer imported"])
    stage.undo_last()
    assert names(stage) == set()


def test_the_list_shows_one_kind_of_verdict_at_a_time(stage, screen, write, verdicts):
    factories.customer(stage.services.database, stage.actor, "丙公司", code="3")
    path = write(HEADER, ["甲公司", "1", "", "", ""], ["丙公司", "3", "", "", ""])
    open_and_check(stage, screen, path)
    counts = {
        verdict.name: tile.accessibleName().split(": ")[1].split()[0]
        for verdict, tile in screen.dry_page.tiles.items()
    }
    assert counts == {"NEW": "1", "UPDATE": "0", "DUPLICATE": "1", "REFUSED": "0"}
    screen.dry_page.filter.set_current(3)
    assert [line[1:] for line in verdicts()] == [("Duplicate", "丙公司", "Same code as 丙公司: 3")]
    screen.dry_page.filter.set_current(0)
    assert len(verdicts()) == 2


def test_another_rule_for_duplicates_is_worked_out_at_once(stage, screen, write, verdicts):
    phone = (PointDraft(PointKind.PHONE, "13800000001"),)
    one = factories.customer(
        stage.services.database, stage.actor, "甲公司", points=phone, address="旧"
    )
    open_and_check(stage, screen, write(HEADER, ["甲公司", "", "13800000001", "新", ""]))
    assert verdicts()[0][1] == "Duplicate"
    assert not screen.next_button.isEnabled()
    screen.dry_page.aside.duplicates.choose("update")
    stage.until(lambda: verdicts() and verdicts()[0][1] == "Update")
    assert verdicts()[0][3] == "Address 旧 → 新"
    screen.next_button.click()
    reach(stage, screen, DONE)
    assert stage.services.customers.get(stage.actor, one).draft.address == "新"


def test_enter_on_a_duplicate_opens_the_customer_it_is(stage, screen, write, qtbot):
    one = factories.customer(stage.services.database, stage.actor, "甲公司", code="1")
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    table = screen.dry_page.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Home)
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert stage.navigated == [("customers", one)]


def test_a_hidden_duplicate_shows_its_owner_only(stage, db, write, qtbot):
    seller = factories.staff(db, "周凯", Role.SALESPERSON)
    factories.customer(db, stage.actor, "秘密公司", code="1")
    stage.actor = seller
    screen = ImportScreen(stage.context)
    stage.show(screen)
    open_and_check(stage, screen, write(HEADER, ["别的", "1", "", "", ""]))
    words = screen.dry_page.model.columns[3].words(screen.dry_page.model.row_at(0))
    assert words == "A customer of 老板, whom you may not see, has the same code"


def test_a_column_put_into_a_field_in_use_takes_it_over(stage, screen, write):
    screen.open(write(HEADER, ["甲公司", "1", "", "", "别名"]))
    reach(stage, screen, MAP)
    screen.mapping_page.choose(4, "name")
    assert [box.value() for box in screen.mapping_page.fields] == [
        "", "code", "phone", "address", "name"
    ]  # fmt: skip


def test_a_column_left_out_can_be_kept_as_a_note(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", "爱喝茶"]))
    button = screen.dry_page.aside.left_out.findChild(type(screen.back_button), "note_4")
    button.click()
    stage.until(lambda: stage.tasks.idle() and 4 in screen.plan.mapping.columns)
    screen.forward()
    reach(stage, screen, DONE)
    (one,) = stage.services.customers.ids(stage.actor, ListQuery())
    assert stage.services.customers.get(stage.actor, int(one)).draft.notes == "爱喝茶"


def test_the_encoding_is_chosen_by_what_can_be_read(stage, screen, write, verdicts):
    path = write(["客戶名稱", "編號"], ["陳柏翰精密工業", "1"], encoding="big5")
    open_and_check(stage, screen, path)
    encodings = screen.dry_page.aside.encodings
    assert not encodings.isHidden()
    assert encodings.value() == "big5hkscs"
    assert verdicts()[0][2] == "陳柏翰精密工業"
    encodings.choose("gb18030")
    stage.until(lambda: stage.tasks.idle() and screen.options.encoding == "gb18030")
    assert screen.plan.table.encoding == "gb18030"


def test_a_file_that_cannot_be_read_says_why_and_waits_for_another(stage, screen, tmp_path):
    path = tmp_path / "empty.csv"
    path.write_bytes(b"")
    screen.show_target(path)
    stage.until(lambda: screen.choose_page.problem())
    assert screen.step() == CHOOSE
    assert "empty.csv" in screen.choose_page.problem()
    screen.show_target(tmp_path / "gone.xlsx")
    stage.until(lambda: "gone.xlsx" in screen.choose_page.problem())
    assert stage.failures == []


def test_a_file_dropped_on_the_page_is_opened(stage, screen, write):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write(HEADER, ["甲公司", "1", "", "", ""])))])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.choose_page.dropEvent(event)
    reach(stage, screen, MAP)


def test_what_somebody_writes_meanwhile_is_taken_into_account(stage, screen, write, verdicts):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    assert verdicts()[0][1] == "New"
    factories.customer(stage.services.database, stage.actor, "甲", code="1")
    stage.until(lambda: stage.tasks.idle() and verdicts() and verdicts()[0][1] == "Duplicate")


def test_a_conflict_at_the_last_moment_is_said_and_nothing_is_imported(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    screen._not_imported(Conflict(Message("Try again")))
    stage.until(lambda: stage.said() == ["Try again"])
    assert screen.step() == DRY
    assert screen.next_button.isEnabled()


def test_stopping_the_check_goes_back_to_the_columns(stage, screen, write):
    rows = [[f"客户{n}公司", n, "", "", ""] for n in range(20_000)]
    screen.open(write(HEADER, *rows))
    reach(stage, screen, MAP)
    screen.forward()
    stop = screen.dry_page._progress.stop
    stop.click()
    reach(stage, screen, MAP)
    assert screen.plan is None
    assert screen.next_button.isEnabled()
    assert stage.failures == []


def test_refused_rows_can_be_saved(stage, screen, write, tmp_path):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "1380000", "", ""]))
    assert screen.rejected_button.text() == "Save the 1 refused row…"
    target = tmp_path / "refused.xlsx"
    screen.save_rejected(target)
    stage.until(stage.said)
    assert target.exists()
    assert "refused.xlsx" in stage.said()[0]


def test_refused_rows_can_be_saved_after_the_import_too(stage, screen, write, tmp_path):
    path = write(HEADER, ["甲公司", "1", "", "", ""], ["乙公司", "2", "1380000", "", ""])
    open_and_check(stage, screen, path)
    screen.forward()
    reach(stage, screen, DONE)
    assert screen.done_page.refused_button.isVisible()
    assert screen.done_page.refused_button.text() == "Save the 1 refused row…"
    target = tmp_path / "refused.xlsx"
    screen.save_rejected(target)
    stage.until(lambda: len(stage.said()) == 2)
    assert target.exists()
    screen.open(target)
    reach(stage, screen, MAP)
    assert "客户名称" in screen.look.table.columns
    assert screen._imported_plan is None


def test_where_nothing_was_refused_there_is_nothing_to_save(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    screen.forward()
    reach(stage, screen, DONE)
    assert not screen.done_page.refused_button.isVisible()


def test_less_than_a_second_is_not_worth_saying(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    screen._took = 0.4
    assert " s," not in screen.subtitle()
    assert "checked" in screen.subtitle()
    screen._took = 2.34
    assert "2.3 s" in screen.subtitle()


def test_a_check_is_shown_on_the_page(stage, screen, write):
    screen.open(write(HEADER, *([f"客户{n}公司", n, "", "", ""] for n in range(20_000))))
    reach(stage, screen, MAP)
    screen.forward()
    assert screen._task.is_shown()
    screen.dry_page._progress.stop.click()
    reach(stage, screen, MAP)


def test_left_and_shown_again_it_stands_where_it_stood(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    screen.dry_page.aside.duplicates.choose("fill")
    stage.until(stage.tasks.idle)
    state = screen.state()
    again = ImportScreen(stage.context)
    stage.show(again)
    again.restore(state)
    stage.until(lambda: again.plan is not None and stage.tasks.idle())
    assert again.step() == DRY
    assert again.options.duplicates == "fill"


def test_the_keyboard_alone_goes_through_all_steps(stage, screen, write, qtbot):
    commands = {command.name: command for command in screen.commands()}
    screen.open(write(HEADER, ["甲公司", "1", "", "", ""]))
    reach(stage, screen, MAP)
    assert screen.mapping_page.fields[0].hasFocus()
    assert commands["import.next"].is_possible()
    commands["import.next"].do()
    reach(stage, screen, DRY)
    assert screen.dry_page.table.hasFocus()
    commands["import.back"].do()
    assert screen.step() == MAP
    commands["import.next"].do()
    reach(stage, screen, DRY)
    stage.until(lambda: commands["import.next"].is_possible())
    commands["import.next"].do()
    reach(stage, screen, DONE)
    assert screen.done_page.show_button.hasFocus()
    qtbot.keyClick(screen.done_page.show_button, Qt.Key.Key_Space)
    assert stage.navigated == [("customers", ListQuery(sort="-created"))]


@pytest.mark.parametrize("language", ["zh_CN", "zh_TW", "en"])
def test_every_page_has_accessible_names(stage, write, language):
    from PySide6.QtWidgets import QAbstractButton, QComboBox

    from app import i18n

    i18n.use(language)
    screen = ImportScreen(stage.context)
    stage.show(screen)
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "1", "", ""]))
    silent = [
        one.objectName()
        for kind in (QAbstractButton, QComboBox)
        for one in screen.findChildren(kind)
        if one.isVisible() and not one.accessibleName()
    ]
    assert silent == []
    i18n.use("en")


def test_an_import_that_is_undone_is_not_said_to_be_there(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    screen.forward()
    reach(stage, screen, DONE)
    page, history = screen.done_page, stage.services.history
    undone = history.undo(stage.actor, history.last(stage.actor).id)
    stage.until(lambda: page._title.text() == "The import was undone")
    history.undo(stage.actor, undone.change_set_id)
    stage.until(lambda: page._title.text() == "1 customer imported")


def test_a_file_without_a_known_column_says_what_to_do(stage, screen, write):
    screen.open(write(["日期", "销量"], ["2015-03-01", "51"], ["2015-03-02", "2618.2"]))
    reach(stage, screen, MAP)
    page = screen.mapping_page
    assert page._remembered.text().startswith("None of these columns is known here.")
    assert not screen.next_button.isEnabled()
    page.choose(0, "name")
    assert screen.next_button.isEnabled()


def test_the_keys_stay_with_the_choices_while_they_are_tried(stage, db, screen, write):
    factories.customer(db, stage.actor, "甲公司", address="旧路")
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    assert screen.dry_page.table.hasFocus()
    assert not screen.dry_page.aside.undo_card.isVisible()  # nothing would be written
    choices = screen.dry_page.aside.duplicates
    radio, below = (choices.findChild(QAbstractButton, f"duplicates_{n}") for n in (0, 1))
    stage.until(lambda: below.y() > radio.y())  # they have their places
    radio.setFocus()
    for wanted in ("fill", "update"):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        stage.until(lambda wanted=wanted: screen.plan.options.duplicates == wanted)
        stage.settle()
        assert screen.dry_page.chooses()
    assert screen.dry_page.aside.undo_card.isVisible()


def test_rows_that_belong_to_one_customer_are_not_counted_as_customers(stage, screen, write):
    two = [["甲公司", "张三", "13800138000"], ["甲公司", "李四", "13900139000"]]
    open_and_check(stage, screen, write(["客户名称", "联系人", "手机"], *two))
    assert screen.next_button.text() == "Import 2 rows"
    screen.forward()
    reach(stage, screen, DONE)
    assert screen.done_page._title.text() == "2 rows imported"
    assert stage.said() == ["2 rows imported"]


def test_who_asks_for_an_import_after_one_is_done_chooses_the_next_file(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    screen.asked_for()
    assert screen.step() == DRY
    screen.forward()
    reach(stage, screen, DONE)
    screen.asked_for()
    assert screen.step() == CHOOSE


def test_the_order_of_dates_is_asked_only_where_it_helps(stage, screen, write):
    columns = ["客户名称", "建档日期"]
    open_and_check(stage, screen, write(columns, ["甲公司", "去年春天"]))
    assert not screen.dry_page.aside.orders.isVisible()
    open_and_check(stage, screen, write(columns, ["甲公司", "03/02/2026"]))
    stage.until(screen.dry_page.aside.orders.isVisible)


def test_the_choices_of_another_file_begin_at_the_top(stage, screen, write):
    rows = [["甲公司", "1", "", "", ""]]
    open_and_check(stage, screen, write(HEADER, *rows))
    bar = screen.dry_page.aside.verticalScrollBar()
    screen.dry_page.aside.setFixedHeight(120)
    stage.until(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    open_and_check(stage, screen, write(HEADER, *rows, name="other.csv"))
    assert bar.value() == 0


def test_an_address_book_has_no_headings_to_choose(stage, screen, tmp_path, write):
    path = tmp_path / "cards.vcf"
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ann Smith\r\nTEL:13800000001\r\nEND:VCARD\r\n"
    path.write_text(card + "BEGIN:VCARD\r\nFN:Bo\r\n", "utf-8")
    screen.open(path)
    reach(stage, screen, MAP)
    page = screen.mapping_page
    assert not page.header_row.isVisible()
    assert [box.value() for box in page.fields] == ["name", "phone"]
    screen.forward()
    reach(stage, screen, DRY)
    assert screen.rejected_button.text() == "Save the 1 refused row…"
    screen.next_button.click()
    reach(stage, screen, DONE)
    assert names(stage) == {"Ann Smith"}
    screen.start_again()
    screen.open(write(HEADER, ["甲公司", "1", "", "", ""]))
    reach(stage, screen, MAP)
    assert page.header_row.isVisible()


def test_several_columns_may_be_tags(stage, screen, write):
    screen.open(write(HEADER, ["甲公司", "1", "", "", "喜歡茶"]))
    reach(stage, screen, MAP)
    page = screen.mapping_page
    page.choose(3, "tags")
    page.choose(4, "tags")
    assert [box.value() for box in page.fields][3:] == ["tags", "tags"]
    page.choose(1, "name")
    assert [box.value() for box in page.fields][:2] == ["", "name"]


def test_new_rows_that_look_like_a_customer_say_so_and_can_be_left_out(
    stage, screen, write, verdicts
):
    known = factories.customer(stage.services.database, stage.actor, "上海华信科技有限公司")
    path = write(HEADER, ["华鑫科技", "1", "", "", ""], ["格力", "2", "", "", ""])
    open_and_check(stage, screen, path)
    page = screen.dry_page
    assert page.aside.alike.isVisibleTo(page)
    assert [line[1] for line in verdicts()] == ["New", "New"]
    page.filter.set_current(5)
    page.filter.chosen.emit(5)
    (line,) = verdicts()
    assert line[3] == "Looks like 上海华信科技有限公司 · Sounds the same: 华鑫 / 华信"
    opened = []
    page.opened.connect(opened.append)
    page.table.opened.emit(int(page.model.ids[0]))
    assert opened == [known]
    page.aside.alike.choose("skip")
    stage.until(lambda: stage.tasks.idle() and screen.options.alike == "skip")
    stage.until(lambda: [line[1] for line in verdicts()] == ["Duplicate"])
    assert screen.next_button.text() == "Import 1 customer"


def test_every_file_shows_its_own_words_in_each_encoding(stage, screen, write):
    for name, title in (("a.csv", "甲欄"), ("b.csv", "乙欄")):
        screen.start_again()
        header = ["客戶名稱", "編號", title]
        path = write(header, ["陳柏翰精密工業", "1", ""], name=name, encoding="big5")
        open_and_check(stage, screen, path)
        reach(stage, screen, DRY)
        shown = screen.dry_page.aside.encodings.findChildren(Elided)
        assert any(title in one.text() for one in shown)


def test_where_nothing_is_found_twice_nothing_is_asked_about_it(stage, screen, write):
    open_and_check(stage, screen, write(HEADER, ["甲公司", "1", "", "", ""]))
    assert screen.dry_page.aside.duplicates.isHidden()
    said = screen.dry_page.tiles[Verdict.DUPLICATE].accessibleName()
    assert said == "Duplicate: 0 none found"


def test_the_choice_about_duplicates_can_be_taken_back_after_all_of_them_are_added(
    stage, screen, write
):
    factories.customer(stage.services.database, stage.actor, "丙公司", code="3")
    open_and_check(stage, screen, write(HEADER, ["丙公司", "", "", "", ""]))
    duplicates = screen.dry_page.aside.duplicates
    duplicates.choose("create")
    stage.until(lambda: stage.tasks.idle() and screen.options.duplicates == "create")
    assert not duplicates.isHidden()


def test_between_chinese_words_and_a_chinese_name_there_is_no_space(stage, screen, write, verdicts):
    factories.customer(stage.services.database, stage.actor, "丙公司", code="3")
    factories.customer(stage.services.database, stage.actor, "Acme", code="4")
    i18n.use("zh_CN")
    path = write(HEADER, ["丙公司", "3", "", "", ""], ["Acme", "4", "", "", ""])
    open_and_check(stage, screen, path)
    assert [line[3] for line in verdicts()] == [
        "客户编号与丙公司相同：3",
        "客户编号与 Acme 相同：4",
    ]
