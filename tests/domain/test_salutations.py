"""How people are spoken to, in three languages, and never by a guess."""

import pytest

from app.domain.salutations import Addressee, Tone, called, language_of, salutation


@pytest.mark.parametrize(
    ("name", "position", "said"),
    [
        ("陈国强", "总经理", "陈总"),
        ("陈国强", "副总经理", "陈总"),
        ("陈国强", "销售总监", "陈总"),
        ("陈国强", "CEO", "陈总"),
        ("陈国强", "General Manager", "陈总"),
        ("陈国强", "董事长", "陈董"),
        ("陈国强", "采购经理", "陈经理"),
        ("陈国强", "Purchasing manager", "陈经理"),
        ("陈国强", "主任", "陈主任"),
        ("陈国强", "高级工程师", "陈工"),
        ("陈国强", "老板", "陈老板"),
        ("陈国强", "女士", "陈女士"),
        ("陈国强", "Mr.", "陈先生"),
        ("欧阳静", "厂长", "欧阳厂长"),
        ("王伟", "", "王伟"),
        ("王伟", "采购", "王伟"),
        ("王伟", "总经理助理", "王伟"),
        ("王伟", "CEO assistant", "王伟"),
        ("王女士", "", "王女士"),
        ("王女士", "总经理", "王女士"),
        ("王伟先生", "", "王先生"),
        ("赵师傅", "", "赵师傅"),
        ("陈总", "总经理", "陈总"),
        ("李总监", "", "李总监"),
        ("总", "总经理", "总"),
        ("阿里·买买提", "总经理", "阿里·买买提"),
        ("古丽努尔古丽", "经理", "古丽努尔古丽"),
        ("Grace Miller", "CEO", "Grace Miller"),
        ("Ms. Grace Miller", "", "Miller 女士"),
        ("Dr Li", "", "Li 博士"),
        ("Mx Sam Lee", "", "Sam Lee"),
        ("Mr.", "", "Mr."),
    ],
)
def test_in_chinese_by_surname_and_post_where_there_is_one(name, position, said):
    assert called(Addressee(name, position), "zh_CN") == said


@pytest.mark.parametrize(
    ("name", "position", "formal", "friendly"),
    [
        ("Grace Miller", "", "Grace Miller", "Grace"),
        ("Grace Miller", "Buyer", "Grace Miller", "Grace"),
        ("Ms. Grace Miller", "", "Ms Miller", "Grace"),
        ("Grace Miller", "Ms.", "Ms Miller", "Grace"),
        ("Mrs Miller", "", "Mrs Miller", "Mrs Miller"),
        ("Miller, Grace", "", "Grace Miller", "Grace"),
        ("Dr. Ann Lee", "", "Dr Lee", "Ann"),
        ("Madonna", "", "Madonna", "Madonna"),
        ("Missy Elliott", "", "Missy Elliott", "Missy"),
        ("王伟", "总经理", "王伟", "王伟"),
        ("王女士", "", "Ms 王", "Ms 王"),
        ("  Grace   Miller ", "", "Grace Miller", "Grace"),
    ],
)
def test_in_english_with_a_title_only_where_it_is_known(name, position, formal, friendly):
    who = Addressee(name, position)
    assert called(who, "en", Tone.FORMAL) == formal
    assert called(who, "en", Tone.FRIENDLY) == friendly


@pytest.mark.parametrize(
    ("language", "tone", "line"),
    [
        ("en", Tone.FORMAL, "Dear Grace Miller,"),
        ("en", Tone.FRIENDLY, "Hello Grace,"),
        ("zh_CN", Tone.FORMAL, "尊敬的Grace Miller："),
        ("zh_TW", Tone.FRIENDLY, "Grace Miller，您好！"),
        ("pseudo", Tone.FORMAL, "Dear Grace Miller,"),
    ],
)
def test_the_first_line_is_in_the_language_of_the_letter(language, tone, line):
    assert salutation(Addressee("Grace Miller"), language, tone) == line


@pytest.mark.parametrize(
    ("language", "tone", "line"),
    [
        ("en", Tone.FORMAL, "Dear 华信科技 team,"),
        ("zh_CN", Tone.FORMAL, "尊敬的华信科技各位同仁："),
        ("zh_CN", Tone.FRIENDLY, "华信科技的朋友们，大家好！"),
        ("zh_TW", Tone.FORMAL, "华信科技 諸位先進："),
    ],
)
def test_a_company_of_which_nobody_is_known_is_greeted_as_a_whole(language, tone, line):
    assert salutation(Addressee(company="华信科技"), language, tone) == line


def test_traditional_names_and_posts_stay_traditional():
    assert called(Addressee("陳國強", "總經理"), "zh_TW") == "陳總"
    assert called(Addressee("歐陽靜", "廠長"), "zh_TW") == "歐陽廠長"
    assert called(Addressee("陳國強", "采购经理"), "zh_TW") == "陳經理"
    assert called(Addressee("趙師傅"), "zh_TW") == "趙師傅"


@pytest.mark.parametrize("name", ["王丽", "王强", "Grace Miller", "John Miller", "张美丽"])
def test_no_name_tells_a_man_from_a_woman(name):
    for language in ("en", "zh_CN", "zh_TW"):
        line = salutation(Addressee(name), language)
        assert not any(word in line for word in ("Mr", "Ms", "Mrs", "先生", "女士", "小姐"))


def test_the_language_is_that_of_the_name():
    assert language_of(Addressee("王伟"), "en") == "zh_CN"
    assert language_of(Addressee("王偉"), "zh_TW") == "zh_TW"
    assert language_of(Addressee("Grace Miller", company="华信"), "zh_CN") == "en"
    assert language_of(Addressee(company="华信"), "zh_CN") == "zh_CN"
