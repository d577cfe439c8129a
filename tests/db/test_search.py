"""The index on both databases answers exactly what the oracle answers over all rows."""

import random

import numpy as np
import pytest
from sqlalchemy import select

from app.db import search_index
from app.db.search import EVERYBODY, every_hit, first_page
from app.domain.customer import ContactDraft, PointDraft
from app.domain.search_text import matches, parse
from app.domain.vocabulary import PointKind
from app.queries.customers import ids as customer_ids
from app.services.customer_editing import CustomerEditing
from app.services.customers import CustomerService
from app.services.history import HistoryService
from app.services.notes import NoteDraft, NoteService
from tests import factories

SURNAMES = ["王", "李", "张", "曾", "单", "解", "欧阳", "陳", "黃"]
# fmt: off
GIVEN = ["伟", "芳", "秀英", "雅琳", "志豪", "曉雯", "乐", "重阳"]
FIRMS = [
    "华信科技有限公司",
    "國強建材",
    "欢喜食品商行",
    "Northwind Traders",
    "O'Neil & Söhne GmbH",
    "3M 中国",
]
NOTES = [
    "发票只收电子专票", "Prefers e-mail, never call before 10", "王总的朋友，乐于推荐", "",
    "😀 only 🎉",
]
# fmt: on
QUERIES = [
    "zs",
    "zhangsan",
    "张三",
    "張三",
    "三",
    "1234",
    "13812345678",
    "678",
    "13",
    "yalin",
    "chen",
    "cyl",
    "chenyalin",
    "王",
    "王伟",
    "wang",
    "wangw",
    "ww",
    "单",
    "shan",
    "dan",
    "zeng",
    "ceng",
    "科技",
    "kj",
    "huaxin",
    "hxkj",
    "northw",
    "oneil",
    "o'neil",
    "söhne",
    "sohne",
    "3m",
    "中国",
    "电子专票",
    "e-mail",
    "王总",
    "推荐",
    "vip",
    "华信 1234",
    "王 vip",
    "伟 138",
    "wang vip 1",
    "ouyang",
    "oy",
    "歐陽",
    "yue",
    "le",
    "zhongyang",
    "chongyang",
    "example",
    "chen@",
    "王wei",
    "zhan gsan",
    "*",
    '"',
    "a OR b",
    "NEAR(",
    "  ",
    "😀",
    "上海",
    "C-0001",
    "采购",
    "zzzzzz",
]  # fmt: skip


@pytest.fixture
def crowd(db):
    """120 customers of every kind, made from a seed."""
    actor = factories.director(db)
    chance = random.Random(7)
    for number in range(120):
        name = (
            chance.choice(FIRMS) + chance.choice(["", "", "上海", " 2"])
            if chance.random() < 0.4
            else chance.choice(SURNAMES) + chance.choice(GIVEN)
        )
        person = chance.choice(SURNAMES) + chance.choice(GIVEN)
        mobile = f"1{chance.choice('3589')}{chance.randrange(10**9):09}"
        factories.customer(
            db,
            actor,
            name,
            code=f"C-{number:04}",
            notes=chance.choice(NOTES),
            region=chance.choice(["上海", "高雄", ""]),
            tags=("vip",) if chance.random() < 0.2 else (),
            contacts=(ContactDraft(person, chance.choice(["采购总监", ""])),),
            points=(
                PointDraft(PointKind.PHONE, mobile, 0),
                PointDraft(PointKind.EMAIL, f"chen{number}@huaxin.example"),
            ),
        )
    factories.customer(db, actor, "张三", points=(PointDraft(PointKind.PHONE, "138 0012 3456"),))
    return actor


def oracle(db, actor, typed: str) -> set[int]:
    query = parse(typed)
    with db.read(actor) as session:
        everybody = session.scalars(customer_ids()).all()
        texts = search_index.gather(session, everybody)
    return {one for one, found in texts.items() if matches(query, [each.text for each in found])}


def answers(db, actor, typed: str) -> list[int]:
    with db.read(actor) as session:
        return every_hit(session, typed, EVERYBODY).tolist()


def test_the_index_gives_the_oracles_answers(db, crowd):
    for typed in QUERIES:
        found = answers(db, crowd, typed)
        assert len(found) == len(set(found)), typed
        assert set(found) == oracle(db, crowd, typed), typed


def test_the_first_page_is_the_beginning_of_all_hits(db, crowd):
    for typed in QUERIES:
        with db.read(crowd) as session:
            page = first_page(session, typed, EVERYBODY, 10)
        assert page.tolist() == answers(db, crowd, typed)[:10], typed


def test_hits_rank_by_whole_name_beginning_name_person_point_note(db):
    actor = factories.director(db)
    note = factories.customer(db, actor, "某某公司", notes="经 王伟 介绍")
    person = factories.customer(db, actor, "华信科技", contacts=(ContactDraft("王伟"),))
    inside = factories.customer(db, actor, "小王伟烟酒")
    begins = factories.customer(db, actor, "王伟民")
    exact = factories.customer(db, actor, "王伟")
    assert answers(db, actor, "王伟") == [exact, begins, inside, person, note]
    assert answers(db, actor, "wangwei")[:2] == [exact, begins]


def test_the_index_follows_changes_and_their_undo(db):
    actor = factories.director(db)
    one = factories.customer(db, actor, "张三", notes="旧仓库")
    service, editing = CustomerService(db), CustomerEditing(db)
    before = service.get(actor, one).draft
    changed = type(before)(
        **{
            **{name: getattr(before, name) for name in type(before).__dataclass_fields__},
            "name": "李四",
            "notes": "新仓库",
            "tags": ("重点",),
            "contacts": (ContactDraft("赵敏"),),
        }
    )
    editing.save(actor, one, before, changed)
    for typed, found in (("张三", []), ("旧", []), ("李四", [one]), ("新仓库", [one])):
        assert answers(db, actor, typed) == found
    assert answers(db, actor, "zhaomin") == [one]
    assert answers(db, actor, "重点") == [one]
    HistoryService(db).undo(actor, HistoryService(db).last(actor).id)
    for typed, found in (("张三", [one]), ("旧", [one]), ("李四", []), ("赵敏", []), ("重点", [])):
        assert answers(db, actor, typed) == found


def test_a_long_note_is_found_to_its_last_word(db):
    actor = factories.director(db)
    filler = "".join(chr(0x4E00 + number % 2000) for number in range(6000))
    one = factories.customer(db, actor, "长文", notes=filler + "最后一句在这里" + "。")
    assert answers(db, actor, "最后一句在这里") == [one]
    for start in range(0, 5900, 433):
        assert answers(db, actor, filler[start : start + 25]) == [one]


def test_many_hits_still_come_complete_and_once(db, monkeypatch):
    monkeypatch.setattr("app.db.search.RANKED", 10)
    actor = factories.director(db)
    ids = [factories.customer(db, actor, f"王{chr(0x4E00 + n)}") for n in range(40)]
    found = answers(db, actor, "王")
    assert sorted(found) == ids
    with db.read(actor) as session:
        page = first_page(session, "王", EVERYBODY, 15)
    assert len(np.unique(page)) == 15


def test_a_note_is_added_to_a_long_story_without_writing_the_story_again(db, crowd):
    customer = factories.customer(db, crowd, "长故事")
    notes = NoteService(db)
    notes.add(crowd, customer, NoteDraft("样品已寄出"))
    before = note_entries(db, crowd, customer)
    notes.add(crowd, customer, NoteDraft("他要琥珀色的瓷砖"))
    after = note_entries(db, crowd, customer)
    assert before < after
    assert answers(db, crowd, "样品") == answers(db, crowd, "琥珀色") == [customer]
    assert right(db, crowd, customer)
    history = HistoryService(db)
    last = history.last(crowd)
    assert last is not None
    history.undo(crowd, last.id)
    assert answers(db, crowd, "琥珀色") == []
    assert right(db, crowd, customer)


def note_entries(db, actor, customer):
    entry = search_index.NOTE_ENTRY
    with db.read(actor) as session:
        return set(session.scalars(select(entry.c.id).where(entry.c.customer_id == customer)))


def right(db, actor, customer):
    """Whether the index says of a customer what its rows say."""
    state = search_index.STATE
    with db.read(actor) as session:
        texts = search_index.gather(session, [customer])[customer]
        stored = session.scalar(select(state.c.digest).where(state.c.customer_id == customer))
    return stored == search_index.entry(texts).digest()
