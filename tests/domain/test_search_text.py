"""The oracle, and that what the index stores and is asked gives the same answer."""

import itertools
from contextlib import closing

import pytest
import sqlcipher3.dbapi2 as sqlcipher3
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.search_text import (
    MARK,
    MAX_PARTS,
    OVERLAP,
    PHONE,
    Alternative,
    Query,
    SearchClass,
    SearchText,
    chunks,
    head_tokens,
    marks,
    matches,
    name_tokens,
    parse,
    point_tokens,
    stream,
    tokens,
)

ZHANG = (
    SearchText.name("张三"),
    SearchText.name("Zhang's Hardware"),
    SearchText.person("曾小绿"),
    SearchText.person("John O'Neil"),
    SearchText.point(PHONE, "138-1234-5678 转8001", "+8613812345678"),
    SearchText.point("email", "John.Smith@Gmail.com", "john.smith@gmail.com"),
    SearchText.point("wechat", "wxid_abc123"),
    SearchText.point("address", "北京市朝阳区光华路5号"),
    SearchText.note("喜欢iPhone15手机，回访已约"),
    SearchText.note("华东 VIP 91310000MA1FL0000X"),
)


def index_answer(query: Query, texts: tuple[SearchText, ...]) -> bool:
    """What an index says that stores the tokens and is asked the alternatives."""
    rows = [
        (search_class, chunk)
        for search_class in SearchClass
        for chunk in chunks(
            stream(text.tokens() for text in texts if text.search_class is search_class)
        )
    ]
    return not query.empty and all(
        any(
            search_class in alternative.classes and holds(row, alternative)
            for alternative in word.alternatives
            for search_class, row in rows
        )
        for word in query.words
    )


def holds(row: list[str], alternative: Alternative) -> bool:
    *before, last = alternative.tokens
    for at in range(len(row) - len(before)):
        found = row[at + len(before)]
        begun = found.startswith(last) if alternative.prefix else found == last
        if begun and row[at : at + len(before)] == before:
            return True
    return False


def found(typed: str, texts: tuple[SearchText, ...]) -> bool:
    query = parse(typed)
    answer = matches(query, texts)
    assert index_answer(query, texts) == answer, (typed, texts)
    return answer


@pytest.mark.parametrize(
    "typed",
    [
        "zs", "zhangsan", "zhangs", "z", "san", "张三", "張三", "三", "ＺＳ", "ZhangSan",
        "zengxiaolv", "cengxiaolu", "xiaolü", "zxl", "zengxl", "zhang",
        "1234", "12345678", "138-1234", "+8613812", "13", "86", "5678", "8001", "678",
        "john", "john.smith@gmail.com", "smith@g", "smith john@", "smithgmail", "gmail", "wxid_a",
        "abc1", "oneil", "o'neil", "o’n", "neil", "hardware",
        "朝阳", "光华路5", "北京市朝阳区光华路5号",
        "iphone", "手机iphone", "iphone15手机", "手机回访", "91310000ma1", "vip",
        "张三 1234", "zs smi 手机", "1234　三", "张三、曾", "三jo", "zs;hard",
        '"张三"', "张*", "zs*", "(三)", "张三😀", "zh\0ang",
    ],
)  # fmt: skip
def test_finds(typed: str) -> None:
    assert found(typed, ZHANG)


@pytest.mark.parametrize(
    "typed",
    [
        "三张", "李", "hangsan", "ardware", "mith", "张小绿", "zsx", "6781", "45", "6788",
        "zhangsan 李四", "1234 9999", "johnsmit q@", "ngm", "jo'n", "8001-138",
        "sanzeng", "三曾", "huifang", "hf",
        "chaoyang", "号喜", "AND", "NOT zs", "NEAR(zs)", "zhang OR san", "name:zs", "x' OR 1=1",
        "%", "_", "*", '"', "()", "😀", "\0", "", "   ", "，。",
    ],
)  # fmt: skip
def test_does_not_find(typed: str) -> None:
    assert not found(typed, ZHANG)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("华信（北京）科技有限公司", "华信北京"),
        ("华信（北京）科技有限公司", "hxbj"),
        ("华信（北京）科技有限公司", "huaxinbeijingkejiyouxiangongsi"),
        ("张　三", "张三"),
        ("张　三", "zhangsan"),
        ("國際貿易", "guojimaoyi"),
        ("国际贸易", "國際"),
        ("TCL集团", "tcljt"),
        ("TCL集团", "tcljituan"),
        ("重庆长安银行", "chongqingchanganyinhang"),
        ("重庆长安银行", "cqcayh"),
        ("吕布", "lyubu"),
        ("乾隆", "qianlong"),
        ("Coca-Cola", "cocacola"),
        ("AT&T", "att"),
        ("John Ronald Smith", "johnr"),
        ("John Ronald Smith", "ronaldsmi"),
        ("王 John", "wjohn"),
        ("John 王伟", "johnww"),
        ("José Núñez", "nunez"),
        ("김철수", "철수"),
        ("田中さん", "中さ"),
        ("ジョン・スミス", "ジョンスミス"),
        ("第8中学", "d8zx"),
        ("𠮷野家", "𠮷野"),
        ("हिन्दी", "हिन्"),
        ("ห้างหุ้นส่วน", "หุ้น"),
        ("王\u200b伟", "王伟"),
    ],
)
def test_a_name_is_found_by(name: str, typed: str) -> None:
    assert found(typed, (SearchText.name(name),))


def test_symbols_only_is_nothing_to_search() -> None:
    assert parse("*() 😀 \0").empty
    assert not parse("a").empty


def test_a_long_query_is_cut() -> None:
    long = parse("张a王b" * 3_000 + " zs" * 3_000)
    assert len(long.words) <= MAX_PARTS
    assert all(len(word.parts) <= OVERLAP + 1 for word in long.words)
    assert len(parse("word " * 5_000).words) == 1


def test_name_tokens_stay_few() -> None:
    assert len(name_tokens("重庆长安银行股份有限公司" * 5)) < 1_000
    assert len(name_tokens("绿" * 1_000_000)) < 1_001_000
    assert len(point_tokens(PHONE, "1" * 10_000)) < 100


def test_text_and_spellings_never_touch() -> None:
    assert not any(token.startswith(MARK) for token in tokens("øre ØØ 聲 øzhang"))
    texts = (SearchText.name("习安"), SearchText.name("安习"))
    assert not found("xi-an", (SearchText.note("xi"), SearchText.note("an")))
    assert not found("安安", texts)
    assert found("xi'an", texts)


def test_tokens_are_letters_and_digits() -> None:
    odd = "'a':b & c | !d <-> \"e\" * (f) \\ \x01 名-字"
    assert all(token.isalnum() for token in name_tokens(odd))


def test_sqlite_leaves_every_character_of_a_token_alone() -> None:
    every = {
        token
        for code in itertools.chain(range(0xD800), range(0xE000, 0x110000))
        for token in tokens(chr(code))
    } | {MARK}
    with closing(sqlcipher3.connect(":memory:")) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(body, tokenize='unicode61 remove_diacritics 0')"
        )
        connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab(texts, row)")
        connection.executemany("INSERT INTO texts VALUES (?)", ((token,) for token in every))
        kept = {term for (term,) in connection.execute("SELECT term FROM terms")}
    assert len(every) > 100_000
    assert kept == every


def test_one_row_for_several_texts_keeps_them_apart() -> None:
    assert not found("三李", (SearchText.note("张三"), SearchText.note("李四")))


def test_a_long_text_is_found_across_chunks() -> None:
    note = "".join(chr(0x4E00 + n) for n in range(1_000))
    for start in range(0, 960, 37):
        assert found(note[start : start + OVERLAP + 1], (SearchText.note(note),))


@given(st.integers(0, 1_200))
def test_chunks_hold_everything_and_tear_no_phrase(count: int) -> None:
    row = [str(n) for n in range(count)]
    made = chunks(row)
    assert sorted(set(itertools.chain.from_iterable(made)), key=int) == row
    phrases = [row[at : at + OVERLAP + 1] for at in range(max(count - OVERLAP, 0))]
    firsts = {tuple(c[at : at + OVERLAP + 1]) for c in made for at in range(len(c))}
    assert all(tuple(phrase) in firsts for phrase in phrases)


def test_initials_are_for_chinese_names() -> None:
    assert not found("js", (SearchText.name("John Smith"),))
    assert not found("johnsmith", (SearchText.point("address", "John Smith Road"),))


def test_head_tokens_are_what_a_whole_name_is_typed_as() -> None:
    assert head_tokens("张 三") == ["张三", "zhangsan", "zs"]
    assert head_tokens("單雄信")[0] == "单雄信"
    assert {"shanxiongxin", "danxiongxin", "sxx", "dxx"} < set(head_tokens("单雄信"))
    assert head_tokens("John Smith") == ["johnsmith"]
    assert head_tokens("😀") == []
    assert parse("Zhang San").whole == "zhangsan"


# --- properties -----------------------------------------------------------------------------

LATIN = st.text(alphabet="abcXYZéüß0189", min_size=1, max_size=12)
HAN = st.text(alphabet="张三王单曾重庆银行绿长乐華國の한", min_size=1, max_size=12)
MIXED = st.text(alphabet="张三单曾重绿長乐abzhsgn19 .-'（@😀ø\0の", max_size=14)
DIGITS = st.text(alphabet="0123456789", min_size=3, max_size=16)
TEXTS = st.one_of(
    st.builds(SearchText.name, MIXED),
    st.builds(SearchText.person, MIXED),
    st.builds(SearchText.note, MIXED),
    st.builds(SearchText.point, st.sampled_from(["email", "wechat", "address"]), MIXED),
    st.builds(
        SearchText.point,
        st.just(PHONE),
        st.text(alphabet="0138 -()+转", max_size=12),
        st.sampled_from(["", "+86138", "+441301", "130;ext=8"]),
    ),
)


@settings(max_examples=1_500)
@given(st.lists(TEXTS, max_size=4), MIXED)
def test_the_index_answers_as_the_oracle(texts: list[SearchText], typed: str) -> None:
    found(typed, tuple(texts))


@settings(max_examples=500)
@given(st.lists(TEXTS, min_size=1, max_size=3), st.data())
def test_the_index_answers_as_the_oracle_for_what_it_stores(
    texts: list[SearchText], data: st.DataObject
) -> None:
    stored = [token.lstrip(MARK) for text in texts for token in text.tokens()]
    typed = data.draw(st.sampled_from(stored or ["x"]))
    end = data.draw(st.integers(1, len(typed))) if typed else 0
    found(typed[:end], tuple(texts))


@given(LATIN, st.data())
def test_every_beginning_of_a_word_finds_it(word: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(1, len(word)))
    for text in (SearchText.name(f"x {word}"), SearchText.note(f"x, {word}!")):
        assert found(word[:end], (text,))


@given(DIGITS, st.data())
def test_any_three_digits_of_a_phone_find_it(digits: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(digits) - 3))
    end = data.draw(st.integers(start + 3, len(digits)))
    typed = digits[start:end]
    for raw in (digits, "-".join([digits[:3], digits[3:]]), f"电话 {digits}"):
        assert found(typed, (SearchText.point(PHONE, raw),))


@given(HAN, st.data())
def test_any_part_of_a_chinese_text_finds_it(name: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(name) - 1))
    end = data.draw(st.integers(start + 1, len(name)))
    for text in (SearchText.name(name), SearchText.note(f"前{name}后")):
        assert found(name[start:end], (text,))


@given(TEXTS, MIXED)
def test_marks_are_ranges_of_the_text_in_order_and_apart(text: SearchText, typed: str) -> None:
    ranges = marks(parse(typed), text)
    assert all(0 <= start < end <= len(text.text) for start, end in ranges)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(ranges))


@given(st.builds(SearchText.name, MIXED), MIXED)
def test_what_is_found_in_a_name_is_marked(text: SearchText, typed: str) -> None:
    for word in parse(typed).words:
        alone = Query((word,), "")
        assert bool(marks(alone, text)) == matches(alone, (text,))


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("hx", SearchText.name("华信科技"), ["华信"]),
        ("三", SearchText.name("张三"), ["三"]),
        ("三", SearchText.note("三人，叁三"), ["三", "三"]),
        ("zhangs", SearchText.name("老张 三"), ["张 三"]),
        ("smi", SearchText.name("John Smith"), ["Smi"]),
        ("nunez", SearchText.name("José Nu\u0301n\u0303ez"), ["Nu\u0301n\u0303ez"]),
        ("oneil", SearchText.person("O'Neil"), ["O'Neil"]),
        ("381234", SearchText.point(PHONE, "138-1234-5678"), ["38-1234"]),
        ("smithgm", SearchText.point("email", "John.Smith@Gmail.com"), ["Smith@Gm"]),
        ("国际", SearchText.name("Ａ 國際"), ["國際"]),
        ("王 zs", SearchText.name("王张三"), ["王张三"]),
        ("zs", SearchText.note("张三"), []),
        ("*", SearchText.name("*"), []),
    ],
)
def test_marks(typed: str, text: SearchText, marked: list[str]) -> None:
    assert [text.text[start:end] for start, end in marks(parse(typed), text)] == marked


def test_a_plain_text_is_marked_as_a_name() -> None:
    assert marks(parse("hx"), "华信科技") == [(0, 2)]
