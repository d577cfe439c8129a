import json

import openpyxl
import pytest

from tests.cli.running import SAMPLES, parsed


@pytest.fixture
def people(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(
        "公司,电话,税号\n独孤测量所,13800138000,\n慕容测绘院,13900139000,913100001234567\n", "utf-8"
    )
    return file


def test_an_export_is_what_the_list_shows_and_can_be_read_back(team_shuke, tmp_path):
    file = tmp_path / "all.xlsx"
    written = parsed(team_shuke("export", "customers", "--to", file, "--json"))
    assert written["rows"] == SAMPLES
    sheet = openpyxl.load_workbook(file).worksheets[0]
    assert sheet.max_row == SAMPLES + 1
    assert sheet.max_column == len(written["columns"])
    again = parsed(team_shuke("import", file, "--dry-run", "--json"))
    assert (again["created"], again["refused"]) == (0, 0)


def test_a_view_and_a_filter_narrow_an_export_together(shuke, tmp_path):
    def rows(*arguments):
        target = tmp_path / "part.csv"
        return parsed(shuke("export", "customers", "--to", target, "--json", *arguments))["rows"]

    view = rows("--view", "Grade A")
    filtered = rows("--where", "stage = keeping")
    both = rows("--view", "Grade A", "--where", "stage = keeping")
    assert view == rows("--where", "grade = A")
    assert both == rows("--where", "grade = A and stage = keeping")
    assert both <= min(view, filtered)


def test_a_dry_run_says_what_would_happen_and_writes_nothing(shuke, people):
    told = parsed(shuke("import", people, "--dry-run", "--json"))
    assert told.keys() == {
        "rows", "created", "updated", "skipped", "refused", "errors",
        "encoding", "sheet", "header_row", "change_set", "alike",
    }  # fmt: skip
    assert (told["rows"], told["created"], told["refused"]) == (2, 1, 1)
    assert (told["change_set"], told["header_row"]) == (None, 1)
    assert told["errors"][0]["row"] == 3
    assert parsed(shuke("find", "独孤测量所", "--json"))["total"] == 0


def test_an_import_is_one_change_set_that_undo_takes_back(team_shuke, people):
    told = parsed(team_shuke("import", people, "--json"))
    assert parsed(team_shuke("find", "13800138000", "--json"))["total"] == 1
    parsed(team_shuke("undo", told["change_set"], "--json"))
    assert parsed(team_shuke("find", "13800138000", "--json"))["total"] == 0


def test_an_import_in_words_lists_the_refused_rows(shuke, people):
    code, output, _ = shuke("import", people)
    assert code == 0
    assert "Refused" in output
    assert "undo " in output


def test_a_file_without_an_acceptable_row_is_a_failure(shuke, tmp_path):
    file = tmp_path / "bad.csv"
    file.write_text("公司,税号\n慕容测绘院,913100001234567\n", "utf-8")
    code, output, _ = shuke("import", file, "--json")
    assert code == 1
    assert json.loads(output)["refused"] == 1


def test_a_mapping_says_which_column_is_which_field(shuke, tmp_path):
    file, mapping = tmp_path / "odd.csv", tmp_path / "mapping.json"
    file.write_text("alpha,beta\n独孤测量所,贵宾\n", "utf-8")
    mapping.write_text(json.dumps({"columns": {"alpha": "name", "beta": "notes"}}), "utf-8")
    assert parsed(shuke("import", file, "--mapping", mapping, "--json"))["created"] == 1
    assert parsed(shuke("find", "贵宾", "--json"))["results"][0]["name"] == "独孤测量所"
    assert shuke("import", file, "--mapping", tmp_path / "nowhere.json")[0] == 1


def test_all_of_one_customer_is_written_to_a_workbook_or_a_card(shuke, tmp_path):
    one = parsed(shuke("find", "c", "--limit", "1", "--json"))["results"][0]
    book, card = tmp_path / "one.xlsx", tmp_path / "one.vcf"
    made = parsed(shuke("export", "customer", str(one["id"]), "--to", str(book), "--json"))
    assert made["sheets"] > 5
    shuke("export", "customer", str(one["id"]), "--to", str(card))
    assert card.read_bytes().startswith(b"BEGIN:VCARD\r\n")
    assert shuke("export", "customer", "--to", str(book))[0] == 1


def test_an_address_book_is_a_file_without_sheet_and_header(team_shuke, tmp_path):
    file = tmp_path / "cards.vcf"
    file.write_text(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:独孤求败\r\nTEL:13800138000\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nFN:broken\r\n",
        "utf-8",
    )
    told = parsed(team_shuke("import", file, "--json"))
    assert (told["rows"], told["created"], told["refused"]) == (2, 1, 1)
    assert (told["encoding"], told["sheet"], told["header_row"]) == ("utf-8", None, 0)
    assert [one["row"] for one in told["errors"]] == [2]
    parsed(team_shuke("undo", told["change_set"], "--json"))
    assert parsed(team_shuke("find", "13800138000", "--json"))["total"] == 0


# --- interactions


@pytest.fixture
def calls(tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text(
        "客户,日期,方式,内容\n独孤测量所,2024-03-05,电话,紫水晶样品\n,2024-03-06,微信,绿松石样品\n",
        "utf-8",
    )
    return file


def test_interactions_come_in_under_their_customers_and_undo_takes_them_back(
    team_shuke, calls, people
):
    parsed(team_shuke("import", people, "--json"))
    into = ("--into", "interactions", "--customer", "独孤测量所", "--json")
    told = parsed(team_shuke("import", calls, *into))
    assert (told["rows"], told["created"], told["refused"]) == (2, 2, 0)
    assert parsed(team_shuke("find", "绿松石样品", "--json"))["total"] == 1
    again = parsed(team_shuke("import", calls, *into))
    assert (again["created"], again["skipped"], again["change_set"]) == (0, 2, None)
    twice = parsed(team_shuke("import", calls, *into, "--duplicates", "create"))
    assert twice["created"] == 2
    for change in (twice["change_set"], told["change_set"]):
        parsed(team_shuke("undo", change, "--json"))
    assert parsed(team_shuke("find", "绿松石样品", "--json"))["total"] == 0


def test_rows_that_name_no_customer_are_refused_and_missing_ones_made_only_when_asked(shuke, calls):
    code, output, _ = shuke("import", calls, "--into", "interactions", "--json")
    told = json.loads(output)
    assert (code, told["refused"], told["change_set"]) == (1, 2, None)
    assert [(one["row"], one["column"]) for one in told["errors"]] == [(2, "客户"), (3, "")]
    wanted = ("--into", "interactions", "--create-customers", "--json")
    assert parsed(shuke("import", calls, *wanted))["created"] == 1
    assert parsed(shuke("find", "独孤测量所", "--json"))["total"] == 1


def test_the_customer_given_must_be_there(shuke, calls):
    code, _, complaint = shuke("import", calls, "--into", "interactions", "--customer", "无名氏")
    assert code == 1
    assert "无名氏" in complaint
    assert shuke("import", calls, "--customer", "无名氏")[0] == 1


def test_a_date_is_given_to_rows_without_one(shuke, tmp_path):
    file = tmp_path / "reviews.csv"
    file.write_text("客户,评价\n独孤测量所,很好吃很好吃很好吃很好吃\n", "utf-8")
    wanted = ("--into", "interactions", "--create-customers", "--json")
    assert shuke("import", file, *wanted)[0] == 1
    assert parsed(shuke("import", file, *wanted, "--date", "2024-03-05"))["created"] == 1
    assert parsed(shuke("import", file, *wanted, "--date", "2024-03-05"))["skipped"] == 1
    assert shuke("import", file, *wanted, "--date", "2024-02-30")[0] == 2


def test_rows_that_look_like_a_customer_are_counted_and_can_be_left_out(team_shuke, tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("公司\n独孤测量技术有限公司\n", "utf-8")
    assert parsed(team_shuke("import", file, "--json"))["created"] == 1
    file.write_text("公司\n独孤测量技术（上海）股份有限公司\n慕容测绘\n", "utf-8")
    told = parsed(team_shuke("import", file, "--dry-run", "--json"))
    assert (told["created"], told["alike"]) == (2, 1)
    told = parsed(team_shuke("import", file, "--alike", "skip", "--json"))
    assert (told["created"], told["skipped"], told["alike"]) == (1, 1, 1)


def test_customers_that_may_be_the_same_are_listed_in_pairs(team_shuke, tmp_path):
    file = tmp_path / "firms.csv"
    file.write_text("公司\n独孤测量技术有限公司\n独孤测量技术（上海）股份有限公司\n", "utf-8")
    parsed(team_shuke("import", file, "--json"))
    pairs = parsed(team_shuke("duplicates", "--json"))["pairs"]
    names = [{one["first"]["name"], one["second"]["name"]} for one in pairs]
    assert {"独孤测量技术有限公司", "独孤测量技术（上海）股份有限公司"} in names
    code, output, _ = team_shuke("duplicates", "--limit", 1)
    assert code == 0
    assert "1 pair found" in output
