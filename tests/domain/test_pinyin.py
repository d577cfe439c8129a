import pytest

from app.domain.pinyin import MAX_READINGS, of_name, readings, typed
from app.domain.pinyin_tables import COMPOUND_SURNAMES, LIVING, SURNAMES, WORDS

SIMPLE = "abcdefghijklmnopqrstuvwxyz,"


def usual(name: str) -> str:
    return " ".join(options[0] for options in of_name(name) if options)


@pytest.mark.parametrize(
    ("surname", "pinyin"),
    [
        ("曾", "zeng"), ("单", "shan"), ("仇", "qiu"), ("解", "xie"), ("任", "ren"), ("区", "ou"),
        ("查", "zha"), ("盖", "ge"), ("朴", "piao"), ("缪", "miao"), ("翟", "zhai"), ("覃", "qin"),
        ("尉", "wei"), ("牟", "mou"), ("冼", "xian"), ("佘", "she"), ("沈", "shen"), ("贾", "jia"),
        ("葛", "ge"), ("谌", "chen"), ("逄", "pang"), ("郗", "xi"), ("單", "shan"), ("區", "ou"),
    ],
)  # fmt: skip
def test_a_name_begins_with_the_reading_of_the_surname(surname: str, pinyin: str) -> None:
    assert usual(surname + "伟") == f"{pinyin} wei"


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("万俟卨", "mo qi xie"),
        ("尉迟恭", "yu chi gong"),
        ("长孙无忌", "zhang sun wu ji"),
        ("長孫無忌", "zhang sun wu ji"),
        ("单于", "chan yu"),
        ("令狐冲", "ling hu chong"),
        ("欧阳锋", "ou yang feng"),
        ("诸葛亮", "zhu ge liang"),
    ],
)
def test_surnames_of_two_characters(name: str, pinyin: str) -> None:
    assert usual(name) == pinyin


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [
        ("重庆银行", "chong qing yin hang"),
        ("重慶銀行", "chong qing yin hang"),
        ("东莞模具", "dong guan mu ju"),
        ("长沙音乐厅", "chang sha yin yue ting"),
        ("单位", "dan wei"),
        ("成都大厦", "cheng du da sha"),
        ("解放路", "jie fang lu"),
        ("乾隆", "qian long"),
    ],
)
def test_words_are_read_as_the_word(name: str, pinyin: str) -> None:
    assert usual(name) == pinyin


def test_a_compound_surname_counts_at_the_start_only() -> None:
    assert usual("校长孙伟") == "xiao zhang sun wei"
    assert usual("大长孙") == "da chang sun"


def test_a_firm_is_not_taken_for_a_person() -> None:
    assert usual("种德堂药业") == "zhong de tang yao ye"
    assert usual("种师道") == "chong shi dao"
    assert usual("单雄信（经理）") == "shan xiong xin jing li"


def test_no_reading_is_lost_to_the_context() -> None:
    assert set(of_name("曾")[0]) == {"zeng", "ceng"}
    assert set(of_name("重庆")[0]) == {"zhong", "chong"}


def test_dead_readings_do_not_count() -> None:
    assert readings("王") == ("wang",)


def test_u_with_dots_is_v_and_may_be_typed_u() -> None:
    assert readings("绿") == ("lv", "lu")
    assert readings("女") == ("nv",)
    assert typed("女") == ("nv", "nu")
    assert typed("略") == ("lve", "lue")


@pytest.mark.parametrize("char", ["a", "1", "。", "か", "한", "😀", "\U000e0001"])
def test_what_is_not_chinese_has_no_reading(char: str) -> None:
    assert readings(char) == ()


def test_a_traditional_character_is_read_as_its_simplified_one() -> None:
    assert readings("張") == ("zhang",)
    assert readings("葉")[0] == "ye"
    assert readings("瀋")[0] == "shen"


def test_the_common_characters_follow_the_order_of_the_national_standard() -> None:
    # GB 2312 lists its first 3,755 characters by pinyin: an independent word on the first reading.
    level = [
        bytes([row, cell]).decode("gb2312")
        for row in range(0xB0, 0xD8)
        for cell in range(0xA1, 0xFF)
        if (row, cell) < (0xD7, 0xFA)
    ]
    first = [readings(char)[0] for char in level]
    triples = zip(first, first[1:], first[2:], strict=False)
    out_of_order = [
        level[at + 1]
        for at, (before, here, after) in enumerate(triples)
        if before <= after and not before <= here <= after
    ]
    assert len(level) == 3755
    assert "".join(out_of_order) == "耙辟翟囤脯还桔藉咯了女暖刨什谁钥轧咋帧着柞"


@pytest.mark.parametrize("table", [LIVING, SURNAMES, COMPOUND_SURNAMES, WORDS])
def test_the_tables_hold_each_entry_once_with_as_many_readings_as_it_needs(table: str) -> None:
    entries = [
        (entry.rstrip(SIMPLE), entry.lstrip(entry.rstrip(SIMPLE))) for entry in table.split()
    ]
    assert len({chars for chars, _ in entries}) == len(entries)
    for chars, letters in entries:
        found = letters.split(",")
        assert all(found), chars
        assert len(found) == 2 if len(chars) == 2 else len(found) <= MAX_READINGS, chars


@pytest.mark.parametrize("table", [SURNAMES, COMPOUND_SURNAMES, WORDS])
def test_what_a_word_asks_for_is_a_reading_of_its_character(table: str) -> None:
    for entry in table.split():
        chars = entry.rstrip(SIMPLE)
        for char, reading in zip(chars, entry[len(chars) :].split(","), strict=True):
            assert reading in readings(char), entry
