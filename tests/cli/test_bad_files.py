"""A bad file on the command line: one sentence that names it, and exit code 1."""

import json

import pytest

from tests.cli.running import parsed
from tests.exchange.ods_files import ods, row, table
from tests.exchange.xls_files import label, sheet, xls

HEADER = label(0, 0, "客户名称") + label(0, 1, "电话")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.xls", b""),
        ("zeros.xls", bytes(4096)),
        ("cut off.xls", xls(sheet(HEADER + label(1, 0, "甲")))[:1800]),
        ("header.xls", xls(sheet(HEADER))),
        ("picture.ods", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("cut off.ods", b"PK\x03\x04" + bytes(400)),
    ],
)
def test_a_bad_file_is_a_sentence_and_a_failure(shuke, tmp_path, name, content):
    file = tmp_path / name
    file.write_bytes(content)
    code, _, complaint = shuke("import", file)
    assert (code, complaint.count("\n")) == (1, 1)
    assert name in complaint
    code, output, _ = shuke("import", file, "--json")
    assert code == 1
    assert name in json.dumps(json.loads(output), ensure_ascii=False)


def test_old_workbooks_and_those_of_libreoffice_are_imported(shuke, tmp_path):
    old, free = tmp_path / "old.xls", tmp_path / "free.ods"
    old.write_bytes(xls(sheet(HEADER + label(1, 0, "独孤测量所") + label(1, 1, "13800138000"))))
    ods(free, table(row("客户名称", "电话"), row("慕容测绘院", "13900139000")))
    assert parsed(shuke("import", old, "--json"))["created"] == 1
    assert parsed(shuke("import", free, "--json"))["created"] == 1
    again = parsed(shuke("import", old, "--dry-run", "--json"))
    assert (again["created"], again["skipped"], again["sheet"]) == (0, 1, "Sheet1")
