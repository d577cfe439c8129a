from datetime import date

import pytest
from sqlalchemy import event

from app.db import journal
from app.domain.customer import CustomerDraft
from app.domain.vocabulary import Stage
from app.errors import Refused
from app.i18n import Message
from app.models import Customer, CustomerShare
from app.reports.as_json import as_json
from app.reports.base import Month, Period
from app.reports.customers import CustomersReport
from app.reports.registry import REPORTS
from app.services.customer_editing import CustomerEditing
from tests import databases

REPORT = CustomersReport()


def loaded(runner, actor, period=None, filter_text=""):
    return runner.load(REPORT, actor, period or Period(), filter_text)


def test_customers_are_counted_by_stage_owner_source_and_month(runner, manager, customers):
    data = loaded(runner, manager).data
    assert data.total == 6
    assert dict(data.stages) == {
        "acquiring": 1, "keeping": 3, "growing": 1, "winning_back": 0, "lost": 1,
    }  # fmt: skip
    assert data.owners == (("周凯", 3), ("李娜", 2), ("", 1))
    assert data.sources == (("展会", 3), ("", 1), ("=1+1", 1), ("转介绍", 1))


def test_months_are_those_of_the_users_clock_and_have_no_gaps(runner, manager, customers):
    data = loaded(runner, manager).data
    assert data.months == (
        (2026, 7, 1), (2026, 8, 2), (2026, 9, 0), (2026, 10, 0), (2026, 11, 3),
    )  # fmt: skip
    assert data.unfinished


@pytest.mark.parametrize("filter_text", ["", "name is not empty"])
def test_every_way_to_count_months_gives_the_same(runner, manager, seller, customers, filter_text):
    whole = loaded(runner, manager, filter_text=filter_text).data.months
    assert whole == loaded(runner, manager).data.months
    own = loaded(runner, seller, filter_text=filter_text).data.months
    assert own == ((2026, 7, 1), (2026, 8, 2), (2026, 9, 0), (2026, 10, 0), (2026, 11, 0))


def test_a_period_counts_whole_local_days_at_both_ends(runner, manager, customers):
    data = loaded(runner, manager, Period(date(2026, 8, 1), date(2026, 11, 2))).data
    assert data.total == 4
    assert data.months == ((2026, 8, 2), (2026, 9, 0), (2026, 10, 0), (2026, 11, 2))
    one_day = loaded(runner, manager, Period(date(2026, 11, 1), date(2026, 11, 1))).data
    assert (one_day.total, one_day.months) == (1, ((2026, 11, 1),))


def test_a_period_that_is_over_ends_with_a_finished_month(runner, manager, customers):
    data = loaded(runner, manager, Period(None, date(2026, 9, 30))).data
    assert data.months[-1] == (2026, 9, 0)
    assert not data.unfinished


def test_a_salesperson_counts_only_what_they_may_see(db, runner, seller, manager, customers, add):
    assert loaded(runner, seller).data.owners == (("周凯", 3),)
    shared = add("2026-11-05T00:00:00", manager)
    with db.write(databases.director(), Message("Share")) as session:
        session.add(CustomerShare(customer_id=shared, staff_id=seller.id))
    data = loaded(runner, seller).data
    assert data.owners == (("周凯", 3), ("李娜", 1))
    assert sum(count for *_, count in data.months) == data.total == 4


def test_a_filter_narrows_every_table(runner, manager, customers):
    data = loaded(runner, manager, filter_text="stage = keeping").data
    assert data.total == sum(count for *_, count in data.months) == 3
    assert data.owners == (("", 1), ("周凯", 1), ("李娜", 1))
    assert data.sources == (("展会", 2), ("=1+1", 1))


def test_a_filter_that_cannot_be_read_is_refused(runner, manager):
    with pytest.raises(Refused):
        loaded(runner, manager, filter_text="stage = nonsense")


def test_what_is_in_the_recycle_bin_does_not_count(db, runner, manager, customers):
    with db.write(databases.director(), Message("Delete")) as session:
        journal.delete(session, session.get(Customer, 1))
    data = loaded(runner, manager).data
    assert data.total == sum(count for *_, count in data.months) == 5


def test_an_empty_workspace_has_no_months_and_only_zeros(runner, manager):
    data = loaded(runner, manager).data
    assert (data.total, data.months, data.owners, data.sources) == (0, (), (), ())
    figures = REPORT.figures(data)
    assert {one.value for one in figures.values()} == {0}


def test_every_group_adds_up_to_the_total(runner, manager, customers):
    tables = REPORT.tables(loaded(runner, manager).data)
    for table in tables:
        place = next(i for i, column in enumerate(table.columns) if column.total == "customers")
        assert sum(row[place] for row in table.rows) == 6, table.name


def test_a_report_takes_seven_statements_however_many_customers(db, runner, manager, customers):
    counted = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: counted.append(args[2]))
    with db.read(manager) as session:
        REPORT.load(session, runner._asked(Period(), ""))
    selects = [one for one in counted if "SELECT" in one]
    assert len(selects) == 7


def test_data_survive_being_kept(runner, manager, customers):
    data = loaded(runner, manager).data
    assert REPORT.unpack(REPORT.pack(data)) == data


def test_kept_figures_are_shown_with_their_age_until_they_are_loaded_again(
    db, runner, manager, customers
):
    assert runner.kept(REPORT, manager) is None
    first = loaded(runner, manager)
    assert (first.fresh, first.at) == (True, databases.NOW)
    assert runner.kept(REPORT, manager) == first

    CustomerEditing(db).add(manager, CustomerDraft("新客户"))
    kept = runner.kept(REPORT, manager)
    assert (kept.fresh, kept.data) == (False, first.data)
    assert loaded(runner, manager).data.total == 7
    assert runner.kept(REPORT, manager).fresh


def test_kept_figures_of_one_person_are_not_shown_to_another(runner, manager, seller, customers):
    loaded(runner, manager)
    assert runner.kept(REPORT, seller) is None
    loaded(runner, seller)
    assert runner.kept(REPORT, manager).data.total == 6
    assert runner.kept(REPORT, seller).data.total == 3


def test_kept_figures_of_me_belong_to_one_manager(db, runner, manager, customers):
    from app.domain.vocabulary import Role
    from tests import factories

    other = factories.staff(db, "王磊", Role.DIRECTOR)
    assert loaded(runner, manager, filter_text="owner = me").data.total == 2
    assert loaded(runner, other, filter_text="owner = me").data.total == 0


def test_keeping_figures_leaves_no_trace_in_the_journal(db, runner, manager, customers):
    from app.services.history import HistoryService

    before = HistoryService(db).page(manager)
    loaded(runner, manager)
    assert HistoryService(db).page(manager) == before


def test_json_names_the_period_the_filter_and_plain_rows(runner, manager, customers):
    period = Period(date(2026, 7, 1), None)
    shown = as_json(loaded(runner, manager, period, "stage != lost"))
    assert shown["report"] == "customers"
    assert shown["period"] == {"from": "2026-07-01", "to": None}
    assert shown["filter"] == "stage != lost"
    assert shown["figures"]["customers"] == {
        "value": 5, "low": None, "high": None, "n": 5, "unit": "customers",
    }  # fmt: skip
    assert shown["tables"]["by_stage"] == {
        "columns": ["stage", "customers", "share"],
        "rows": [
            ["acquiring", 1, 0.2], ["keeping", 3, 0.6], ["growing", 1, 0.2],
            ["winning_back", 0, 0.0], ["lost", 0, 0.0],
        ],
    }  # fmt: skip
    assert shown["tables"]["by_month"]["rows"][0] == ["2026-07", 0]


@pytest.mark.parametrize("report", REPORTS.values(), ids=REPORTS.keys())
def test_every_figure_has_a_name_for_people_and_a_definition(report, runner, manager, customers):
    data = runner.load(report, manager).data
    names = set(report.figures(data))
    assert set(report.labels()) == names
    defined = {name for one in report.definitions() for name in one.names}
    assert defined == names | {table.name for table in report.tables(data)}


def test_a_month_is_written_as_the_language_does(english):
    from app import i18n

    month = Month(2026, 10)
    assert str(month) == "Oct 2026"
    i18n.use("zh_CN")
    assert str(month) == "2026年10月"
    assert Month(2026, 12).next() == Month(2027, 1)


def test_stages_keep_the_order_of_a_customers_life(runner, manager, customers):
    assert [stage for stage, _ in loaded(runner, manager).data.stages] == list(Stage)
