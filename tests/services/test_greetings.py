"""Whom to greet on a day, with which words, once a year; wishes and doubts are respected."""

from datetime import date, timedelta

import pytest

from app.domain import greetings
from app.domain.customer import ContactDraft
from app.domain.greetings import BIRTHDAY, EVERY, OCCASIONS, How
from app.domain.interactions import Channel, Direction
from app.domain.merging_text import problem
from app.domain.salutations import Tone
from app.domain.vocabulary import Kind, Role, Stage
from app.errors import NotFound, Refused
from app.i18n import LANGUAGES
from app.services.customers import CustomerService
from app.services.greeting_templates import (
    GreetingTemplateService,
    Template,
    check,
    preview,
)
from app.services.greetings import LONGEST_SPAN, GreetingService, HandedOut, Own
from app.services.history import HistoryService
from app.services.interactions import InteractionDraft, InteractionService
from app.services.promises import PromiseDraft
from app.services.timeline import TimelineService
from tests import factories
from tests.databases import NOW

TODAY = date(2026, 11, 22)  # lunar 10-14
MID_AUTUMN = date(2026, 9, 25)
CHRISTMAS = date(2026, 12, 25)


@pytest.fixture
def lina(db):
    return factories.staff(db, "李娜", Role.SALESPERSON, "东区")


@pytest.fixture
def zhou(db):
    return factories.staff(db, "周凯", Role.SALESPERSON, "西区")


@pytest.fixture
def service(db):
    return GreetingService(db)


@pytest.fixture
def templates(db):
    return GreetingTemplateService(db)


def own(db, actor, name="华信科技", **fields):
    return factories.customer(db, actor, name, owner_id=actor.id, **fields)


def person(db, actor, name="王女士", **fields):
    return own(db, actor, name, kind=Kind.PERSON, **fields)


def who(found):
    return [(one.customer, one.who.name, one.occasion) for one in found.lines]


def given(line, how=How.COPIED):
    return HandedOut(line, line.text, how)


@pytest.mark.parametrize(
    "birthday", ["1980-11-22", "--11-22", "L1975-10-14", "L--10-14", "L1984-10+14"]
)
def test_people_are_greeted_on_their_birthday_however_it_is_kept(db, lina, service, birthday):
    own(db, lina, contacts=(ContactDraft("王伟", "总经理", birthday=birthday),))
    person(db, lina, "赵敏", birthday=birthday)
    person(db, lina, "何平", birthday="1980-11-23")
    found = service.on(lina, TODAY)
    assert who(found) == [("华信科技", "王伟", BIRTHDAY), ("赵敏", "赵敏", BIRTHDAY)]
    first, second = found.lines
    assert first.text.startswith("尊敬的王总：\n今天是您的生日")
    assert first.text.endswith("李娜")
    assert second.text.startswith("尊敬的赵敏：")
    assert service.on(lina, TODAY + timedelta(days=2)).lines == ()


def test_several_days_are_made_ready_at_once(db, lina, service):
    person(db, lina, "赵敏", birthday="--11-24")
    person(db, lina, "何平", birthday="--11-23")
    found = service.on(lina, TODAY, TODAY + timedelta(days=6))
    assert [(one.customer, one.day.day) for one in found.lines] == [("何平", 23), ("赵敏", 24)]
    with pytest.raises(Refused, match="days"):
        service.on(lina, TODAY, TODAY + timedelta(days=LONGEST_SPAN))
    with pytest.raises(Refused, match="days"):
        service.on(lina, TODAY, TODAY - timedelta(days=1))


def test_anniversaries_and_founding_days_count_years(db, lina, service):
    own(db, lina, "Miller Ltd", since=date(2021, 11, 22))
    own(db, lina, "宏达商行", birthday="2006-11-22")
    own(db, lina, "新客户", since=TODAY)
    founding, anniversary = sorted(service.on(lina, TODAY).lines, key=lambda one: one.years)[::-1]
    assert (founding.customer, founding.years) == ("宏达商行", 20)
    assert founding.text.startswith("尊敬的宏达商行各位同仁：\n欣逢宏达商行成立20周年")
    assert (anniversary.customer, anniversary.years) == ("Miller Ltd", 5)
    assert "5 years" in anniversary.text
    assert anniversary.text.startswith("Dear Miller Ltd team,")


def test_a_festival_greets_those_to_whom_it_is_usual_and_the_first_of_their_people(
    db, lina, service
):
    people = (ContactDraft("陈国强", "总经理"), ContactDraft("李敏"))
    own(db, lina, "华信科技", contacts=people)
    own(db, lina, "Miller Ltd", contacts=(ContactDraft("Grace Miller"),))
    assert who(service.on(lina, MID_AUTUMN)) == [("华信科技", "陈国强", "mid_autumn")]
    christmas = service.on(lina, CHRISTMAS)
    assert who(christmas) == [("Miller Ltd", "Grace Miller", "christmas")]
    assert christmas.lines[0].text.startswith("Dear Grace Miller,\n\nMerry Christmas!")


def test_only_customers_of_the_actor_are_proposed(db, lina, zhou, service):
    person(db, lina, "赵敏", birthday="--11-22")
    assert service.on(zhou, TODAY).lines == ()
    assert service.on(factories.director(db), TODAY).lines == ()


def test_who_wants_no_greetings_is_left_out_with_the_reason(db, lina, service):
    none = person(db, lina, "赵敏", birthday="--11-22")
    some = person(db, lina, "何平", birthday="--11-22")
    person(db, lina, "王伟", birthday="--11-22")
    service.wish(lina, none, EVERY, wanted=False)
    made = service.wish(lina, some, BIRTHDAY, wanted=False)
    found = service.on(lina, TODAY)
    assert [one.customer for one in found.lines if one.ready] == ["王伟"]
    assert {one.customer: str(one.left_out) for one in found.lines if not one.ready} == {
        "赵敏": "Wants no greetings",
        "何平": "Wants no greetings on this occasion",
    }
    assert service.wishes(lina, some) == {BIRTHDAY: False}
    HistoryService(db).undo(lina, made)
    assert service.wishes(lina, some) == {}
    service.wish(lina, none, EVERY, wanted=True)
    assert service.wishes(lina, none) == {EVERY: True}
    service.wish(lina, none, EVERY, wanted=None)
    assert service.wishes(lina, none) == {}
    assert all(one.ready for one in service.on(lina, TODAY).lines)


def test_a_festival_that_is_not_usual_can_be_wished_for(db, lina, service):
    customer = own(db, lina, "华信科技")
    assert service.on(lina, CHRISTMAS).lines == ()
    service.wish(lina, customer, "christmas", wanted=True)
    (line,) = service.on(lina, CHRISTMAS).lines
    assert "圣诞快乐" in line.text


def test_a_wish_is_checked(db, lina, zhou, service):
    customer = own(db, lina)
    with pytest.raises(Refused):
        service.wish(lina, customer, "no such", wanted=True)
    with pytest.raises(NotFound):
        service.wish(zhou, customer, BIRTHDAY, wanted=True)


def test_whom_it_is_better_not_to_greet_now_is_held_back(db, lina, service):
    unhappy = person(db, lina, "赵敏", birthday="--11-22")
    waiting = person(db, lina, "何平", birthday="--11-22")
    person(db, lina, "周凯", birthday="--11-22", stage=Stage.LOST)
    log = InteractionService(db).log
    at = NOW - timedelta(days=3)
    log(lina, unhappy, InteractionDraft(Channel.PHONE, Direction.IN, at, "生气", unhappy=True))
    late = PromiseDraft("寄样品", TODAY - timedelta(days=5))
    log(lina, waiting, InteractionDraft(Channel.PHONE, Direction.IN, at, "x", promises=(late,)))
    found = service.on(lina, TODAY)
    assert not any(one.ready for one in found.lines)
    assert {one.customer: str(one.held) for one in found.lines} == {
        "赵敏": "Sounded unhappy on 2026-11-19",
        "何平": "Waits for a promise since 2026-11-17",
        "周凯": "A lost customer",
    }


def test_what_was_handed_out_is_on_the_timeline_and_not_proposed_again(db, lina, service):
    customer = person(db, lina, "赵敏", birthday="--11-22")
    before = CustomerService(db).rows(lina, [customer])[0].last_contact
    (line,) = service.on(lina, TODAY).lines
    made = service.hand_out(lina, [HandedOut(line, "生日快乐！", How.COPIED)])
    again = service.on(lina, TODAY)
    assert (again.lines, again.handed_out) == ((), 1)
    entries = TimelineService(db).page(lina, customer).entries
    assert [one for one in entries if "生日快乐！" in str(one)]
    assert CustomerService(db).rows(lina, [customer])[0].last_contact == before
    assert service.on(lina, date(2027, 11, 22)).lines[0].year == 2027
    HistoryService(db).undo(lina, made)
    assert len(service.on(lina, TODAY).lines) == 1


def test_who_is_left_out_on_purpose_is_not_on_the_timeline(db, lina, service):
    customer = person(db, lina, "赵敏", birthday="--11-22")
    (line,) = service.on(lina, TODAY).lines
    service.hand_out(lina, [given(line, How.LEFT_OUT)])
    assert service.on(lina, TODAY).handed_out == 1
    entries = TimelineService(db).page(lina, customer).entries
    assert not [one for one in entries if "生日" in str(one)]


def test_handing_out_nothing_writes_nothing_and_to_strangers_is_refused(db, lina, zhou, service):
    assert service.hand_out(lina, []) is None
    person(db, lina, "赵敏", birthday="--11-22")
    (line,) = service.on(lina, TODAY).lines
    with pytest.raises(NotFound):
        service.hand_out(zhou, [given(line)])
    assert len(service.on(lina, TODAY).lines) == 1


def test_each_greeting_has_its_own_words(db, lina, service, templates):
    own(db, lina, "Miller Ltd", contacts=(ContactDraft("Ms Grace Miller", birthday="--11-22"),))
    (line,) = service.on(lina, TODAY).lines
    given_ones = [one for one in templates.all(lina) if one.occasion == BIRTHDAY]
    (english,) = [one for one in given_ones if one.language == "en"]
    text = service.text(lina, line, english, Own("See you at the fair!", Tone.FRIENDLY))
    assert text.startswith("Hello Grace,\n\nHappy birthday!")
    assert "\n\nSee you at the fair!\n\n" in text
    (chinese,) = [one for one in given_ones if one.language == "zh_TW"]
    assert service.text(lina, line, chinese, Own()).startswith("Miller 女士 您好：\n今天是您的生日")


def test_a_template_of_ones_own_takes_the_place_of_the_given_one(db, lina, service, templates):
    person(db, lina, "赵敏", birthday="--11-22")
    typed = Template("短", BIRTHDAY, "zh_CN", "{{ name }}，生日快乐！{{ sender }}")
    made = templates.save(lina, typed)
    assert service.on(lina, TODAY).lines[0].text == "赵敏，生日快乐！李娜"
    own_one = next(one for one in templates.all(lina) if one.id == made)
    templates.save(lina, Template("短", BIRTHDAY, "zh_CN", "生日快乐！", own_one.id))
    assert service.on(lina, TODAY).lines[0].text == "生日快乐！"
    templates.delete(lina, made)
    assert "今天是您的生日" in service.on(lina, TODAY).lines[0].text
    with pytest.raises(NotFound):
        templates.delete(lina, made)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (Template("", BIRTHDAY, "en", "x"), "name"),
        (Template("x", "no such", "en", "x"), "occasion"),
        (Template("x", BIRTHDAY, "fr", "x"), "language"),
        (Template("x", BIRTHDAY, "en", " "), "body"),
        (Template("x", BIRTHDAY, "en", "{{ nmae }}"), "body"),
        (Template("x", BIRTHDAY, "en", "{{ ''.__class__ }}"), "body"),
        (Template("x", BIRTHDAY, "en", "{% for i in range(10**9) %}{% endfor %}"), "body"),
    ],
)
def test_a_template_that_cannot_be_filled_is_not_kept(lina, templates, typed, field):
    with pytest.raises(Refused) as refused:
        templates.save(lina, typed)
    assert list(refused.value.fields) == [field]


def test_every_occasion_has_a_template_in_every_language(lina, templates):
    found = templates.all(lina)
    assert {(one.occasion, one.language) for one in found} == {
        (occasion, language) for occasion in OCCASIONS for language in LANGUAGES
    }
    for one in found:
        assert check(one.body) is None, one
        text = preview(one, "李娜", MID_AUTUMN)
        assert "{" not in text
        assert len(text) < 500
        for name in ("salutation", "line", "sender"):
            assert f"{{{{ {name} }}}}" in one.body, one


def test_given_templates_use_no_name_that_is_not_offered(lina, templates):
    for one in templates.all(lina):
        assert problem(one.body, greetings.NAMES) is None


def test_who_wanted_none_is_welcome_again(db, lina, service):
    customer = person(db, lina, "赵敏", birthday="--11-22")
    service.wish(lina, customer, EVERY, wanted=False)
    service.wish(lina, customer, BIRTHDAY, wanted=False)
    service.wish(lina, customer, "christmas", wanted=True)
    made = service.welcome(lina, customer, BIRTHDAY)
    assert service.wishes(lina, customer) == {"christmas": True}
    assert service.on(lina, TODAY).lines[0].ready
    HistoryService(db).undo(lina, made)
    assert service.wishes(lina, customer) == {EVERY: False, BIRTHDAY: False, "christmas": True}


def test_all_wishes_are_kept_at_once_and_taken_back_at_once(db, lina, service):
    customer = person(db, lina, "赵敏")
    service.wish_all(lina, customer, {EVERY: False, "christmas": True})
    made = service.wish_all(lina, customer, {"christmas": False, BIRTHDAY: True})
    assert service.wishes(lina, customer) == {"christmas": False, BIRTHDAY: True}
    HistoryService(db).undo(lina, made)
    assert service.wishes(lina, customer) == {EVERY: False, "christmas": True}
    with pytest.raises(Refused):
        service.wish_all(lina, customer, {"no such": True})
    with pytest.raises(NotFound):
        service.wish_all(lina, 999_999, {BIRTHDAY: True})


def test_what_is_usual_depends_on_the_language_of_the_letter(db, lina, service):
    chinese, english = own(db, lina, "华信科技"), own(db, lina, "Miller Ltd")
    assert "mid_autumn" in service.usual(lina, chinese)
    assert "mid_autumn" not in service.usual(lina, english)
    assert {BIRTHDAY, "new_year"} <= service.usual(lina, english)
    with pytest.raises(NotFound):
        service.usual(lina, 999_999)
