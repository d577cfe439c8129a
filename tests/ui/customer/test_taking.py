"""All of a customer on paper: the text can be found and copied, nothing in it is markup."""

import shutil
import subprocess
from pathlib import Path

import pytest

from app.domain.custom_fields import FieldDraft, FieldKind
from app.domain.customer import CustomerDraft
from app.domain.interactions import Channel, Direction, Step
from app.services.interactions import InteractionDraft
from app.services.notes import NoteDraft
from app.ui.customer.taking import offered_file, take
from app.ui.widgets.text import Label


@pytest.fixture
def owner(stage, qtbot):
    made = Label("here")
    qtbot.addWidget(made)
    return made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "taken"
    made.mkdir()
    return made


def text_of(path) -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not installed: the text of the PDF was not read back")
    done = subprocess.run([tool, str(path), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def test_the_paper_says_what_was_said(stage, owner, folder):
    draft = CustomerDraft("国强建材 <b>有限</b>公司", notes="<script>alert(1)</script>")
    customer = stage.services.editing.add(stage.actor, draft)
    stage.services.notes.add(
        stage.actor, customer, NoteDraft("周一前寄样品 3 块 600×600，15:04 2026-11-23")
    )
    fields, actor = stage.services.fields, stage.actor
    for field, typed in ((FieldDraft("额度", FieldKind.MONEY), "1234.5"), (FieldDraft("空着"), "")):
        fields.set(actor, customer, fields.add(actor, field), "", typed)
    target = folder / "国强.pdf"
    take(owner, stage.context, customer, target)
    stage.settle()
    assert [str(message) for message, _, _ in stage.messages] == [
        f"The customer was written to {target}."
    ]
    assert target.read_bytes().startswith(b"%PDF")
    text = text_of(target)
    assert "国强建材 <b>有限</b>公司" in text
    assert "<script>alert(1)</script>" in text.replace("\n", "")
    assert "周一前寄样品 3 块" in text
    assert "600×600" in text
    assert "Other fields" in text
    assert "1,234.50" in text
    assert "空着" not in text
    assert "15:04 2026-11-23" in text.replace("\n", " ")


@pytest.mark.parametrize(
    ("name", "file"),
    [("国强建材", "国强建材.pdf"), ("甲/乙:丙", "甲 乙 丙.pdf"), ("??\n", "Customer.pdf")],
)
def test_it_is_offered_to_be_saved_at_home_under_the_name(name, file):
    assert offered_file(name, ".pdf") == Path.home() / file


def test_a_place_that_cannot_be_written_is_said_and_nothing_is_left(stage, owner, folder):
    customer = stage.services.editing.add(stage.actor, CustomerDraft("甲"))
    take(owner, stage.context, customer, folder / "nowhere" / "a.pdf")
    stage.until(lambda: stage.failures)
    assert "a.pdf" in str(stage.failures[0])
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("ending", [".xlsx", ".vcf"])
def test_workbook_and_card_are_written_from_the_page_as_well(stage, owner, folder, ending):
    customer = stage.services.editing.add(stage.actor, CustomerDraft("甲"))
    target = folder / f"a{ending}"
    take(owner, stage.context, customer, target)
    stage.settle()
    assert target.stat().st_size > 50


def test_on_paper_a_moment_stays_on_one_line_and_a_talk_keeps_its_lines(stage, owner, folder):
    customer = stage.services.editing.add(stage.actor, CustomerDraft("甲"))
    at = stage.services.clock.now()
    talk = "梁文杰 14:03: 样品收到了，颜色偏深一点\n李娜 14:05: 好的，周一给您换一批新的样品过去"
    draft = InteractionDraft(
        Channel.PHONE, Direction.OUT, at, talk, None, 12, Step.OBSERVE, 4, unhappy=True
    )
    stage.services.interactions.log(stage.actor, customer, draft)
    target = folder / "a.pdf"
    take(owner, stage.context, customer, target)
    stage.settle()
    lines = [line.strip() for line in text_of(target).splitlines()]
    assert any(f"{at.astimezone():%Y-%m-%d %H:%M}" in line for line in lines)
    assert not [line for line in lines if "颜色" in line and "李娜" in line]
