import json
from contextlib import closing
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import sqlcipher3.dbapi2 as sqlite

from app import i18n
from app.config import Machine, Settings, Workspace, load, machine_file, save
from app.reports.registry import REPORTS
from tests.cli.running import SAMPLES, parsed


def test_sample_makes_the_workspace_and_a_first_one_is_remembered(shuke, tmp_path):
    folder = tmp_path / "new" / "one"
    made = parsed(shuke("sample", "--customers", 5, "--seed", 3, "--json", at=folder))
    assert (made["customers"], made["workspace"]) == (5, str(folder))
    assert load(Machine, machine_file()).last_workspace == str(folder)
    parsed(shuke("sample", "--customers", 5, "--json", at=tmp_path / "other"))
    assert load(Machine, machine_file()).last_workspace == str(folder)


def test_find_prints_ranked_hits_what_matched_and_how_many_there_are(team_shuke):
    found = parsed(team_shuke("find", "C-000", "--limit", 3, "--json"))
    assert found["total"] == SAMPLES
    assert len(found["results"]) == 3
    for hit in found["results"]:
        assert hit.keys() == {"id", "name", "kind", "owner", "matched"}
        assert hit["kind"] in {"person", "company", "intermediary"}
        assert {"code"} == {one["field"] for one in hit["matched"]}


def test_find_says_in_words_what_it_found(shuke):
    first = parsed(shuke("find", "C-000001", "--json"))["results"][0]
    code, output, _ = shuke("find", "C-000001")
    assert code == 0
    assert first["name"] in output
    assert output.endswith("1 customer found\n")


def test_a_salesperson_finds_only_own_customers(shuke):
    staff = parsed(shuke("staff", "--json"))["staff"]
    seller = next(one for one in staff if one["role"] == "salesperson" and one["customers"])
    found = parsed(shuke("find", "C-000", "--limit", 99, "--as", seller["name"], "--json"))
    assert 0 < found["total"] < SAMPLES
    assert seller["name"] in {hit["owner"] for hit in found["results"]}


def test_options_may_stand_before_the_command_or_after_it(shuke, workspace, tmp_path):
    before = parsed(shuke("--as", "李娜", "find", "C-000", "--json"))
    after = parsed(
        shuke("find", "C-000", "--json", "--as=李娜", f"--workspace={workspace}", at=tmp_path)
    )
    assert before == after


def test_undo_takes_a_change_set_back_and_redo_is_the_undo_of_the_undo(team_shuke):
    undone = parsed(team_shuke("undo", 1, "--json"))
    assert undone["kept"] == []
    assert parsed(team_shuke("find", "C-000", "--json"))["total"] == 0
    parsed(team_shuke("undo", undone["change_set"], "--json"))
    assert parsed(team_shuke("find", "C-000", "--json"))["total"] == SAMPLES


def test_undo_of_what_is_not_there_is_refused_with_a_sentence(shuke):
    code, output, complaint = shuke("undo", 999, "--json")
    assert code == 1
    assert json.loads(output)["error"]["kind"] == "not_found"
    assert complaint.strip() == json.loads(output)["error"]["message"]


def test_check_finds_nothing_wrong_with_a_sound_workspace(team_shuke):
    assert parsed(team_shuke("check", "--json")) == {"ok": True, "findings": []}


def test_check_of_a_damaged_file_says_so_and_names_the_newest_good_backup(shuke, workspace):
    made = parsed(shuke("backup", "--json"))
    with (workspace / "shuke.db").open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * 200_000)
    code, output, complaint = shuke("check", "--json")
    assert code == 1
    told = json.loads(output)
    assert told["ok"] is False
    assert told["findings"][0]["where"] == "shuke.db"
    assert made["backup"] in complaint


def test_a_backup_can_be_restored_by_its_name(shuke, workspace):
    made = parsed(shuke("backup", "--json"))
    parsed(shuke("undo", 1, "--json"))
    assert parsed(shuke("find", "C-000", "--json"))["total"] == 0
    name = Path(made["backup"]).name
    restored = parsed(shuke("restore", name, "--json"))
    assert parsed(shuke("find", "C-000", "--json"))["total"] == SAMPLES
    assert (workspace / restored["kept_aside"] / "shuke.db").is_file()


def test_a_copy_of_the_database_can_be_restored_elsewhere(shuke, tmp_path):
    copy = tmp_path / "copy.db"
    parsed(shuke("backup", "--to", copy, "--json"))
    parsed(shuke("restore", copy, "--json", at=tmp_path / "fresh"))
    assert parsed(shuke("find", "C-000", "--json", at=tmp_path / "fresh"))["total"] == SAMPLES


def test_a_backup_never_writes_over_a_file(shuke, tmp_path):
    taken = tmp_path / "taken.db"
    taken.write_text("mine")
    code, _, complaint = shuke("backup", "--to", taken)
    assert (code, taken.read_text()) == (1, "mine")
    assert "exists already" in complaint


def test_a_backup_into_a_folder_that_is_not_there_is_refused(shuke, tmp_path):
    code, _, complaint = shuke("backup", "--to", tmp_path / "nowhere" / "copy.db")
    assert code == 1
    assert "does not exist" in complaint


def test_a_workspace_that_another_program_has_open_is_not_restored_into(shuke, workspace):
    made = parsed(shuke("backup", "--json"))
    with closing(sqlite.connect(str(workspace / "shuke.db"))) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("SELECT 1 FROM customer").fetchall()
        code, _, complaint = shuke("restore", made["backup"])
    assert code == 1
    assert "open in another window" in complaint
    assert parsed(shuke("find", "C-000", "--json"))["total"] == SAMPLES


def test_restoring_what_is_no_backup_changes_nothing(shuke, tmp_path):
    false = tmp_path / "false.db"
    false.write_bytes(b"not a database" * 100)
    assert shuke("restore", false)[0] == 1
    assert parsed(shuke("find", "C-000", "--json"))["total"] == SAMPLES


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_prints_period_figures_and_tables(team_shuke, name):
    shown = parsed(team_shuke("report", name, "--to", "2199-12-31", "--json"))
    assert shown["report"] == name
    assert shown["period"] == {"from": None, "to": "2199-12-31"}
    assert set(shown["figures"]) == set(REPORTS[name].labels())
    if name == "customers":
        assert shown["figures"]["customers"]["value"] == SAMPLES
    for table in shown["tables"].values():
        assert all(len(row) == len(table["columns"]) for row in table["rows"])


def test_days_of_a_report_may_be_counted_from_today(shuke):
    apart = parsed(shuke("report", "customers", "--from", "-30d", "--to", "-1d", "--json"))
    joined = parsed(shuke("report", "customers", "--from=-30d", "--to=-1d", "--json"))
    assert apart["period"] == joined["period"]
    begin, end = (date.fromisoformat(apart["period"][key]) for key in ("from", "to"))
    assert (end - begin).days == 29


def test_a_report_is_written_as_workbook_and_picture(shuke, tmp_path):
    workbook, picture = tmp_path / "report.xlsx", tmp_path / "report.png"
    code, output, _ = shuke("report", "customers", "--xlsx", workbook, "--png", picture)
    assert code == 0
    assert str(workbook) in output
    assert openpyxl.load_workbook(workbook, data_only=True)["Summary"]["B7"].value == SAMPLES
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize("option", ["--xlsx", "--png"])
def test_a_report_goes_only_to_a_file_whose_name_says_what_it_is(shuke, tmp_path, option):
    target = tmp_path / "report.txt"
    code, _, said = shuke("report", "customers", option, target)
    assert code == 1
    assert option.replace("--", ".") in said
    assert "report.txt" in said
    assert not target.exists()


def test_a_report_in_words_has_every_table(shuke):
    code, output, _ = shuke("report", "customers", "--where", "stage = keeping")
    assert code == 0
    assert {"By stage", "By owner", "By source", "By month"} <= set(output.splitlines())


@pytest.mark.parametrize(
    "arguments",
    [
        ("report", "nonsense"),
        ("report", "customers", "--where", "stage = nonsense"),
        ("report", "customers", "--from", "2026-02-02", "--to", "2026-01-01"),
        ("find", "x", "--as", "Nobody"),
        ("restore", "nowhere"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(shuke, arguments):
    code, output, complaint = shuke(*arguments)
    assert (code, output) == (1, "")
    assert len(complaint.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("find",),
        ("find", "x", "--limit", "0"),
        ("find", "x", "--limit", "many"),
        ("undo", "x"),
        ("undo", "9" * 20),
        ("sample", "--customers", "-5"),
        ("export", "customers"),
        ("report", "customers", "--from", "yesteryear"),
        ("import", "a.csv", "--duplicates", "perhaps"),
        ("--workspace",),
    ],
)
def test_what_is_not_understood_is_said_with_exit_code_2(shuke, arguments):
    code, output, complaint = shuke(*arguments, "--json")
    assert code == 2
    assert json.loads(output)["error"]["kind"] == "bad_usage"
    assert complaint


def test_help_is_printed_and_is_no_failure(shuke):
    code, output, _ = shuke("--help")
    assert code == 0
    assert "restore" in output
    assert shuke("find", "-h")[0] == 0


def test_a_workspace_that_is_not_there_is_not_made_by_looking(shuke, tmp_path):
    code, _, complaint = shuke("find", "x", at=tmp_path / "nowhere")
    assert code == 1
    assert "There is no workspace" in complaint
    assert not (tmp_path / "nowhere").exists()


def test_staff_can_be_added_and_listed(shuke):
    listed = parsed(shuke("staff", "--add", "赵敏", "--role", "lead", "--as", "李娜", "--json"))
    assert ("赵敏", "lead") in {(one["name"], one["role"]) for one in listed["staff"]}
    assert "Team lead" in shuke("staff")[1]


def test_the_language_is_that_of_the_workspace_or_else_of_the_system(shuke, workspace, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    shuke("check")
    assert i18n.language() == "zh_CN"
    monkeypatch.setenv("LC_ALL", "zh_HK.UTF-8")
    shuke("check")
    assert i18n.language() == "zh_TW"
    save(Settings(language="en"), Workspace(workspace).settings)
    shuke("check")
    assert i18n.language() == "en"


def test_a_backup_is_made_when_something_was_written_and_none_is_from_today(shuke, workspace):
    (made,) = (workspace / "backups").iterdir()
    for file in made.rglob("*"):
        file.unlink()
    made.rmdir()
    shuke("find", "x")
    assert list((workspace / "backups").iterdir()) == []
    shuke("staff", "--add", "赵敏", "--as", "李娜")
    assert len(list((workspace / "backups").iterdir())) == 1


def test_nothing_stays_marked_as_in_use(shuke, workspace):
    shuke("find", "x")
    shuke("undo", 999)
    assert list((workspace / "in-use").iterdir()) == []


def _pair(run):
    found = parsed(run("find", "C-000", "--limit", 2, "--json"))["results"]
    return [one["id"] for one in found]


def test_merge_says_what_it_would_keep_and_changes_nothing_in_a_dry_run(team_shuke):
    keep, other = _pair(team_shuke)
    told = parsed(team_shuke("merge", keep, other, "--dry-run", "--json"))
    assert told["change_set"] is None
    assert (told["kept"]["id"], told["other"]["id"]) == (keep, other)
    assert {"field", "title", "first", "second", "take"} == set(told["fields"][0])
    assert parsed(team_shuke("find", "C-000", "--json"))["total"] == SAMPLES


def test_merge_takes_the_values_asked_for_and_undo_brings_both_back(team_shuke, capsys):
    keep, other = _pair(team_shuke)
    made = parsed(team_shuke("merge", keep, other, "--take", "code=second", "--json"))
    [code] = [one for one in made["fields"] if one["field"] == "code"]
    assert code["take"] == "second"
    hits = parsed(team_shuke("find", code["second"], "--json"))["results"]
    assert [one["id"] for one in hits] == [keep]
    assert parsed(team_shuke("check", "--json"))["ok"]
    status, _, complaint = team_shuke("export", "customer", other, "--to", "gone.xlsx")
    assert (status, "was merged into" in complaint) == (1, True)
    parsed(team_shuke("undo", made["change_set"], "--json"))
    assert parsed(team_shuke("find", "C-000", "--json"))["total"] == SAMPLES
    assert parsed(team_shuke("check", "--json"))["ok"]


def test_merge_tells_people_in_a_table_and_refuses_what_cannot_be(team_shuke):
    keep, other = _pair(team_shuke)
    status, output, _ = team_shuke("merge", keep, other)
    assert (status, "has become part of" in output) == (0, True)
    assert team_shuke("merge", keep, keep)[0] == 1
    assert team_shuke("merge", keep, other, "--json")[0] == 1
    assert team_shuke("merge", keep, other, "--take", "code=mine")[0] == 2
