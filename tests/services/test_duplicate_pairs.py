from app.domain.customer import PointDraft
from app.domain.vocabulary import Kind, PointKind, Role
from app.services.duplicate_pairs import PairFinder
from tests import factories


def _phone(raw="138 1234 5678"):
    return (PointDraft(PointKind.PHONE, raw),)


def _found(db, actor, **options):
    return [
        (one.first.name, one.second.name, [reason.key for reason in one.reasons])
        for one in PairFinder(db).pairs(actor, **options)
    ]


def test_pairs_are_listed_the_surest_first_and_each_once(db):
    boss = factories.director(db)
    factories.customer(db, boss, "上海华信科技有限公司", points=_phone())
    factories.customer(db, boss, "华信科技", points=_phone("+86 13812345678"))
    factories.customer(db, boss, "恒通物流")
    factories.customer(db, boss, "恒通物流（上海）")
    factories.customer(db, boss, "美的")
    assert _found(db, boss) == [
        ("上海华信科技有限公司", "华信科技", ["phone", "name"]),
        ("恒通物流", "恒通物流（上海）", ["name"]),
    ]
    assert len(_found(db, boss, limit=1)) == 1


def test_a_phone_or_a_name_that_very_many_share_makes_no_pairs(db):
    boss = factories.director(db)
    for number in range(13):
        factories.customer(db, boss, f"张{'伟敏静丽强磊军鹏勇艳杰娟涛'[number]}", points=_phone(),
                           kind=Kind.PERSON)  # fmt: skip
    assert _found(db, boss) == []


def test_of_a_pair_one_of_which_is_out_of_sight_only_the_owner_is_told(db):
    other = factories.staff(db, "周凯", Role.SALESPERSON)
    me = factories.staff(db, "王芳", Role.SALESPERSON)
    mine = factories.customer(db, me, "华信科技", points=_phone())
    factories.customer(db, other, "上海华信科技有限公司", points=_phone())
    factories.customer(db, other, "恒通物流")
    factories.customer(db, other, "恒通物流（上海）")
    (found,) = PairFinder(db).pairs(me)
    assert (found.first.customer_id, found.second.customer_id) == (mine, None)
    assert (found.second.name, found.second.owner) == ("", "周凯")
    assert [str(one.words) for one in found.reasons] == ["Same phone", "A similar name"]


def test_progress_ends_with_everything_and_can_stop_it(db):
    boss = factories.director(db)
    factories.customer(db, boss, "恒通物流")
    factories.customer(db, boss, "恒通物流（上海）")
    told = []
    PairFinder(db).pairs(boss, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (1, 1)
