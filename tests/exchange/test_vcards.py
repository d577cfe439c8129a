"""Address books as phones and programs write them, card by card."""

import base64
import tracemalloc

import pytest

from app import i18n
from app.errors import Refused
from app.exchange.mapping import propose
from app.exchange.reading import open_table
from app.exchange.tables import NO_HEADER
from app.exchange.vcard_writer import Card, write_vcards


@pytest.fixture
def book(tmp_path):
    """Writes a file of lines, or of bytes, and opens it."""

    def book(*lines, encoding="utf-8", end="\r\n", name="cards.vcf", chosen=None):
        path = tmp_path / name
        parts = [one if isinstance(one, bytes) else one.encode(encoding) for one in lines]
        path.write_bytes(end.encode(encoding).join([*parts, b""]))
        return open_table(path, encoding=chosen)

    return book


def card(*lines, version="3.0"):
    return ("BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD")


def fields(table):
    """Each row's fields, by the mapping that is proposed."""
    rows = list(table.rows)
    mapping = propose(table.columns, rows)
    assert sorted(mapping.columns) == list(range(len(table.columns)))
    return [mapping.values(row.cells) for row in rows]


def only(table):
    (found,) = fields(table)
    return found


def quoted(text, encoding="utf-8"):
    return "".join(f"={byte:02X}" for byte in text.encode(encoding))


# --- whose card it is


def test_a_person_with_everything(book):
    table = book(
        *card(
            "N:Smith;Ann;;Dr.;",
            "FN:Dr. Ann Smith",
            "NICKNAME:Annie,Nan",
            "ORG:Acme Ltd;Sales;North",
            "TITLE:Buyer",
            "TEL;TYPE=WORK,VOICE:+44 20 7946 0000",
            "TEL;TYPE=CELL:13812345678",
            "EMAIL;TYPE=INTERNET:ann@acme.example",
            "ADR;TYPE=WORK:;Floor 2;1 High Street;London;;N1 1AA;UK",
            "URL:https://acme.example",
            "BDAY:1980-03-15",
            "CATEGORIES:VIP,Export",
            "X-WECHAT:ann_s",
            "NOTE:First line\\nsecond\\, with a comma",
            "UID:1",
            "REV:20260101T000000Z",
        )
    )
    assert only(table) == {
        "name": "Dr. Ann Smith",
        "other_names": "Annie\nNan",
        "parent": "Acme Ltd",
        "contact_position": "Buyer",
        "phone": "13812345678",
        "phone2": "+44 20 7946 0000",
        "email": "ann@acme.example",
        "wechat": "ann_s",
        "website": "https://acme.example",
        "address": "1 High Street, Floor 2, London N1 1AA, UK",
        "birthday": "1980-03-15",
        "tags": "VIP\nExport",
        "notes": "First line\nsecond, with a comma\nDepartment: Sales, North",
    }
    assert (table.sheet, table.header_row, table.encoding) == (None, NO_HEADER, "utf-8")
    assert (table.expected_rows, [row.number for row in table.rows]) == (1, [1])


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (("N:张;伟;;;", "FN:伟 张"), "张伟"),
        (("N:张;伟;;;", "FN:张 伟"), "张伟"),
        (("N:张;伟;;;", "FN:张伟（采购）"), "张伟（采购）"),
        (("N:欧阳;娜娜;;;",), "欧阳娜娜"),
        (("N:Smith;Ann;Mary;Dr.;PhD",), "Dr. Ann Mary Smith PhD"),
        (("N:Smith;Ann;;;", "FN:Ann Smith"), "Ann Smith"),
        (("FN:Ann",), "Ann"),
    ],
)
def test_a_name_is_as_shown_and_a_chinese_one_the_right_way_round(book, lines, name):
    assert only(book(*card(*lines, "TEL:13812345678")))["name"] == name


@pytest.mark.parametrize(
    ("lines", "contact"),
    [
        (("FN:Acme", "ORG:Acme", "N:;;;;"), None),
        (("ORG:Acme",), None),
        (("FN:Acme", "ORG:Acme", "N:Acme;;;;", "X-ABShowAs:COMPANY"), None),
        (("FN:Acme", "ORG:Acme", "N:Smith;Ann;;;", "X-ABShowAs:COMPANY"), "Ann Smith"),
        (("FN:Acme", "KIND:org"), None),
    ],
)
def test_a_company_has_no_name_of_a_person(book, lines, contact):
    found, _ = fields(book(*card(*lines, "TEL:13812345678"), *card("FN:Bo", "ORG:Acme")))
    assert (found.get("name"), found["parent"], found.get("contact_name")) == (
        None, "Acme", contact,
    )  # fmt: skip


def test_a_file_of_companies_only_has_a_column_of_names(book):
    assert only(book(*card("ORG:Acme", "TEL:13812345678")))["name"] == "Acme"


def test_groups_become_tags_of_their_members(book):
    table = book(
        *card("FN:Ann", "UID:urn:uuid:AAA", version="4.0"),
        *card("FN:Bo", "UID:urn:uuid:BBB", "CATEGORIES:old", version="4.0"),
        *card("KIND:group", "FN:Dealers", "MEMBER:urn:uuid:bbb", version="4.0"),
        *card("FN:Cy", "UID:c"),
        *card("FN:Friends", "X-ADDRESSBOOKSERVER-KIND:group",
              "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:c"),
    )  # fmt: skip
    assert [(one["name"], one.get("tags")) for one in fields(table)] == [
        ("Ann", None),
        ("Bo", "old\nDealers"),
        ("Cy", "Friends"),
    ]
    assert [row.number for row in table.rows] == [1, 2, 4]


@pytest.mark.parametrize("language", ["en", "zh_CN", "zh_TW"])
def test_every_column_is_known_by_its_title_in_every_language(book, language):
    i18n.use(language)
    try:
        table = book(
            *card(
                "N:Smith;Ann;;;", "FN:Acme", "ORG:Acme", "X-ABShowAs:COMPANY", "TITLE:Buyer",
                "TEL:13812345678", "TEL:13812345679", "TEL:13812345670", "EMAIL:a@x.example",
                "EMAIL:b@x.example", "X-WECHAT:ann", "URL:x.example", "ADR:;;Street;;;;",
                "BDAY:1980-03-15", "NICKNAME:Nan", "CATEGORIES:VIP", "NOTE:tea",
            ),
            *card("FN:Bo"),
        )  # fmt: skip
        proposed = [field for _, field in sorted(propose(table.columns, []).columns.items())]
    finally:
        i18n.use("en")
    assert proposed == [
        "name", "parent", "contact_name", "contact_position", "phone", "phone2", "phone3", "email",
        "email2", "wechat", "website", "address", "birthday", "other_names", "tags", "notes",
    ]  # fmt: skip


# --- how they are reached


def test_every_number_is_kept_and_faxes_go_into_the_notes(book):
    numbers = [f"TEL;HOME:0108888000{digit}" for digit in range(6)]
    found = only(
        book(
            *card(
                "FN:Ann", *numbers, "TEL;WORK;FAX:02188880000", "TEL;CELL:13812345678",
                "TEL;WORK;PREF:02166660000", "TEL;PAGER:12345678", version="2.1",
            )
        )
    )  # fmt: skip
    assert (found["phone"], found["phone2"]) == ("02166660000", "13812345678")
    assert found["phone3"].splitlines() == [f"0108888000{digit}" for digit in range(6)]
    assert found["notes"] == "Fax: 02188880000\nPager: 12345678"


def test_numbers_as_addresses_and_the_order_that_4_0_gives_them(book):
    found = only(
        book(
            *card(
                "FN:Ann",
                'TEL;VALUE=uri;TYPE="work,voice";PREF=2:tel:+1-418-656-9254;ext=102',
                "TEL;VALUE=uri;PREF=1:tel:+86-138-1234-5678",
                "EMAIL;PREF=2:mailto:b@example.com",
                "EMAIL;PREF=1:a@example.com",
                version="4.0",
            )
        )
    )
    assert (found["phone"], found["phone2"]) == ("+86-138-1234-5678", "+1-418-656-9254 ext. 102")
    assert (found["email"], found["email2"]) == ("a@example.com", "b@example.com")


def test_labels_that_the_user_wrote_are_kept_beside_the_number(book):
    found = only(
        book(
            *card(
                "FN:Ann",
                "item1.TEL:13812345678",
                "item1.X-ABLabel:老家",
                "item2.TEL:13900001111",
                "item2.X-ABLabel:_$!<Mobile>!$_",
                "item3.X-ABDATE:1999-01-02",
                "item3.X-ABLabel:_$!<Anniversary>!$_",
                "item4.X-ABRELATEDNAMES:Bo",
                "item4.X-ABLabel:_$!<Spouse>!$_",
            )
        )
    )
    assert (found["phone"], found["phone2"]) == ("13812345678", "13900001111")
    assert found["notes"] == "老家: 13812345678\nAnniversary: 1999-01-02\nSpouse: Bo"


def test_messengers_are_wechat_or_a_line_of_the_notes(book):
    found = only(
        book(
            *card(
                "FN:Ann",
                "IMPP;X-SERVICE-TYPE=WeChat;TYPE=HOME:x-apple:wx_%E5%B0%8F",
                "X-QQ:10001",
                "IMPP;X-SERVICE-TYPE=QQ:x-apple:10002",
                "IMPP:aim:ann",
                "X-SKYPE-USERNAME:ann.s",
                "X-SOCIALPROFILE;type=weibo;x-user=ann:http://weibo.com/ann",
            )
        )
    )
    assert found["wechat"] == "wx_小"
    assert found["notes"].splitlines() == [
        "QQ: 10001", "QQ: 10002", "AIM: ann", "Skype: ann.s", "weibo: http://weibo.com/ann",
    ]  # fmt: skip


def test_what_is_no_address_is_kept_as_a_note(book):
    found = only(book(*card("FN:Ann", "EMAIL:no address", "EMAIL:a@example.com")))
    assert (found["email"], found["notes"]) == ("a@example.com", "E-mail: no address")


def test_one_address_is_the_address_and_the_others_are_notes(book):
    found = only(
        book(
            *card(
                "FN:张伟",
                "ADR;TYPE=HOME:;;文三路 1 号;杭州市;浙江省;310000;中国",
                "ADR;TYPE=WORK:;;张江路 1 号;上海市;;;中国",
                "LABEL;TYPE=WORK:the same again",
            )
        )
    )
    assert found["address"] == "中国上海市张江路 1 号"
    assert found["notes"] == "Home address: 中国浙江省杭州市文三路 1 号 310000"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("BDAY:1980-03-15", "1980-03-15"),
        ("BDAY:19800315", "1980-03-15"),
        ("BDAY;VALUE=date-time:1980-03-15T00:00:00Z", "1980-03-15"),
        ("BDAY:--0315", "--03-15"),
        ("BDAY:--03-15", "--03-15"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-15", "--03-15"),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1980-03-15;3;;", "1980-03-15"),
        ("X-ANDROID-CUSTOM:vnd.com.miui.cursor.item/lunarBirthday;1975-10-15;;", "L1975-10-15"),
    ],
)
def test_a_birthday_in_every_form_of_cards(book, line, day):
    found = only(book(*card("FN:Ann", line)))
    assert (found["birthday"], found.get("notes")) == (day, None)


@pytest.mark.parametrize("text", ["1980", "1980-03", "---15", "circa 1800", "1980-02-30"])
def test_what_is_no_whole_birthday_is_kept_as_a_note(book, text):
    found = only(book(*card("FN:Ann", f"BDAY:{text}")))
    assert (found.get("birthday"), found["notes"]) == (None, f"Birthday: {text}")


def test_what_nobody_knows_is_kept_and_what_is_about_the_card_is_not(book):
    found = only(
        book(
            *card(
                "FN:Ann", "X-SHOE-SIZE:38", "GENDER:F", "X-EVOLUTION-MANAGER:Bo", "PRODID:x",
                "X-ABUID:1", "X-PHONETIC-FIRST-NAME:An", "X-PHONETIC-LAST-NAME:Smi", "TZ:+0800",
            )
        )
    )  # fmt: skip
    assert found["notes"].splitlines() == [
        "X-SHOE-SIZE: 38", "Gender: F", "Manager: Bo", "TZ: +0800", "Phonetic name: An Smi",
    ]  # fmt: skip


# --- how it is written


def test_lines_are_unfolded_as_each_version_does_it(book):
    table = book(
        *card("FN:Ann", "NOTE:long", " er than", "\t this", version="3.0"),
        *card("FN:Bo", "NOTE:long", " er", version="2.1"),
    )
    assert [one["notes"] for one in fields(table)] == ["longer than this", "long er"]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_every_line_end_will_do(book, end):
    assert only(book(*card("FN:Ann", "NOTE:x", " y"), end=end))["notes"] == "xy"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5"])
def test_quoted_printable_names_its_encoding(book, encoding):
    name = quoted("張偉", encoding)
    found = only(
        book(
            *card(
                f"N;CHARSET={encoding};ENCODING=QUOTED-PRINTABLE:{name};;;;",
                f"FN;ENCODING=QUOTED-PRINTABLE;CHARSET={encoding.upper()}:{name}",
                f"NOTE;CHARSET={encoding};QUOTED-PRINTABLE:{quoted('備註')}=".replace(
                    quoted("備註"), quoted("備註", encoding)
                ),
                f"=0D=0A={quoted('二', encoding)[1:]}",
                "TEL;CELL:13812345678",
                version="2.1",
            )
        )
    )
    assert (found["name"], found["notes"]) == ("張偉", "備註\n二")


def test_quoted_printable_goes_on_over_lines_with_and_without_indentation(book):
    found = only(
        book(
            *card(
                "FN:Ann",
                "NOTE;ENCODING=QUOTED-PRINTABLE:one two=",
                " three=0D=0A=",
                "four",
                f"ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted('宏')}=",
                f" {quoted('达')}=",
                "",
                "TITLE;ENCODING=QUOTED-PRINTABLE:=41=",
                version="2.1",
            )
        )
    )
    assert (found["notes"], found["parent"]) == ("one two three\nfour", "宏达")
    assert found["contact_position"] == "A"


def test_quoted_printable_that_names_no_encoding_is_found_out(book):
    names = ["张伟", "王小明的公司", "北京宏达科技有限公司", "上海的朋友"]
    cards = [card(f"FN;ENCODING=QUOTED-PRINTABLE:{quoted(name, 'gb18030')}", version="2.1")
             for name in names]  # fmt: skip
    table = book(*[line for one in cards for line in one])
    assert [one["name"] for one in fields(table)] == names
    assert table.encoding == "gb18030"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "big5hkscs"])
def test_a_whole_file_in_an_encoding(tmp_path, encoding):
    path = tmp_path / "cards.vcf"
    people, note = ["張偉", "陳雅琳", "王小明"], "這是客戶的備註"
    if encoding == "gb18030":
        people, note = ["张伟", "陈雅琳", "王小明"], "这是客户的备注"
    cards = [card(f"FN:{name}", f"NOTE:{note}") for name in people]
    text = "\r\n".join(line for one in cards for line in one)
    path.write_bytes(text.encode(encoding))
    assert [one["name"] for one in fields(open_table(path))] == people


def test_a_charset_counts_for_its_property_only(book):
    found = only(
        book(
            *card(
                "FN:王小明",
                b"NOTE;CHARSET=GBK:" + "备注".encode("gbk"),
                "ORG;CHARSET=UTF-8:宏达",
                version="2.1",
            )
        )
    )
    assert (found["name"], found["notes"], found["parent"]) == ("王小明", "备注", "宏达")


def test_separators_of_values_are_told_from_their_text(book):
    found = only(
        book(
            *card(
                "FN:Ann\\, Bo",
                "ORG:A\\;B;C\\\\D",
                "CATEGORIES:one\\, two,three",
                "URL:http\\://example.com/a\\,b",
                'X-SIZE;X-ID="a:b;c":5',
            )
        )
    )
    assert (found["name"], found["parent"], found["website"]) == (
        "Ann, Bo", "A;B", "http://example.com/a,b",
    )  # fmt: skip
    assert found["tags"] == "one, two\nthree"
    assert found["notes"].splitlines() == ["X-SIZE: 5", "Department: C\\D"]


def test_a_note_with_bare_line_breaks_stays_whole(book):
    found = only(book(*card("FN:Ann", "NOTE:first", "second line", "third", "TITLE:Buyer")))
    assert found["notes"] == "first\nsecond line\nthird"
    assert found["contact_position"] == "Buyer"


@pytest.mark.parametrize("indented", [True, False])
def test_pictures_are_left_out_and_that_is_said(book, indented):
    picture = base64.encodebytes(bytes(range(256)) * 20).decode().splitlines()
    space = " " if indented else ""
    table = book(
        *card(
            "FN:Ann", "PHOTO;ENCODING=b;TYPE=JPEG:", *[space + line for line in picture], "",
            "TEL:13812345678",
        ),
        *card("FN:Bo", "PHOTO;VALUE=uri:https://example.com/bo.jpg", version="4.0"),
        *card("FN:Cy", "PHOTO:data:image/png;base64,AAAA", version="4.0"),
    )  # fmt: skip
    assert [one["name"] for one in fields(table)] == ["Ann", "Bo", "Cy"]
    assert fields(table)[0]["phone"] == "13812345678"
    assert [str(one) for one in table.warnings] == ["The pictures of 3 cards are left out."]


def test_an_agent_inside_a_card_is_a_line_of_its_notes(book):
    found = fields(
        book(
            *card("FN:Ann", "AGENT:", *card("FN:Bo", "TEL:13900001111", version="2.1"),
                  "TEL:13812345678", version="2.1"),
            *card("FN:Cy", "AGENT:BEGIN:VCARD\\nFN:Dee\\nEND:VCARD"),
        )
    )  # fmt: skip
    assert found == [
        {"name": "Ann", "phone": "13812345678", "notes": "Represented by: Bo, 13900001111"},
        {"name": "Cy", "notes": "Represented by: Dee"},
    ]


def test_our_own_cards_are_read_back(tmp_path):
    path = tmp_path / "own.vcf"
    write_vcards(
        path,
        [
            Card(
                name="王小明", family="王", given="小明", organisation="北京宏达；销售部, 二组",
                title="采购经理", phones=("13812345678", "010-88886666"),
                emails=("wang@example.com",), address="北京市海淀区中关村大街1号;A座, 1001室",
                note="红酒\\白酒, 忌辛辣;\n每月十五日对账", birthday="1980-05-01",
                url="https://example.com/a", wechat="wxid_小明,1",
            ),
            Card(name="宏达", organisation="宏达", phones=("010-88886666",)),
        ],
    )  # fmt: skip
    one, two = fields(open_table(path))
    assert one == {
        "name": "王小明", "parent": "北京宏达；销售部, 二组", "contact_position": "采购经理",
        "phone": "13812345678", "phone2": "010-88886666", "email": "wang@example.com",
        "address": "北京市海淀区中关村大街1号;A座, 1001室", "website": "https://example.com/a",
        "notes": "红酒\\白酒, 忌辛辣;\n每月十五日对账", "birthday": "1980-05-01",
        "wechat": "wxid_小明,1",
    }  # fmt: skip
    assert two == {"parent": "宏达", "phone": "010-88886666"}


# --- what is damaged


def problems(table):
    return [(row.number, str(row.problem or "")) for row in table.rows]


def test_a_card_that_never_ends_is_refused_and_the_others_are_sound(book):
    table = book("BEGIN:VCARD", "FN:Ann", *card("FN:Bo"), "BEGIN:VCARD", "FN:Cy")
    (first, why), (second, sound), (third, cut) = problems(table)
    assert (first, second, third, sound) == (1, 2, 3, "")
    assert "no END:VCARD" in why
    assert "no END:VCARD" in cut
    assert [row.cells for row in table.rows] == [("Ann",), ("Bo",), ("Cy",)]


def test_a_file_that_breaks_off_in_a_picture_loses_no_other_card(book):
    table = book(*card("FN:Ann"), "BEGIN:VCARD", "FN:Bo", "PHOTO;BASE64:", " AAAABBBB", " AA")
    assert [bool(why) for _, why in problems(table)] == [False, True]


def test_cards_without_anything_and_with_nul_bytes_are_refused(book):
    table = book(*card("FN:Ann"), "BEGIN:VCARD", "END:VCARD", *card("FN:B\0o"))
    assert [why.partition(":")[0] for _, why in problems(table)] == [
        "", "The card is empty.", "The card holds NUL bytes",
    ]  # fmt: skip


def test_bytes_in_no_encoding_are_a_sign_or_a_refusal(book):
    table = book(
        *card("FN:王小明的公司"),
        *card(b"FN:Ann", b"NOTE;CHARSET=UTF-8:a long text with one bad byte \xff in it"),
        *card(b"FN;CHARSET=UTF-8:\xff\xfe\xfd"),
        chosen="utf-8",
    )
    assert [bool(why) for _, why in problems(table)] == [False, False, True]
    assert list(table.rows)[1].cells[1] == "a long text with one bad byte � in it"
    assert "Card 2" in str(table.warnings[0])


def test_a_note_of_ten_megabytes_is_refused_in_bounded_memory(book, tmp_path):
    path = tmp_path / "big.vcf"
    with path.open("wb") as stream:
        stream.write(b"BEGIN:VCARD\r\nFN:Ann\r\nNOTE:" + b"x" * 10_000_000 + b"\r\n")
        stream.write(b"TEL:13812345678\r\nEND:VCARD\r\n")
        stream.write(b"BEGIN:VCARD\r\nFN:Bo\r\nPHOTO;ENCODING=b:")
        stream.writelines(b" " + b"A" * 70 + b"\r\n" for _ in range(200_000))
        stream.write(b"END:VCARD\r\n")
    tracemalloc.start()
    table = open_table(path)
    rows = list(table.rows)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000
    assert "more than 1 MB" in str(rows[0].problem)
    assert len(str(rows[0].cells)) < 3_000
    assert (rows[1].cells[0], rows[1].problem) == ("Bo", None)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"Name,Phone\nAnn,1\n", "no contacts in it"),
        (bytes(range(256)) * 40, "no contacts in it"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 200, "is a PNG file"),
        (b"END:VCARD\r\n", "no contacts in it"),
    ],
)
def test_what_is_no_address_book_is_refused_with_what_it_is(tmp_path, content, reason):
    path = tmp_path / "cards.vcf"
    path.write_bytes(content)
    with pytest.raises(Refused, match=reason):
        open_table(path)


def test_cards_are_known_by_what_they_hold_whatever_the_file_is_called(book):
    assert only(book("", *card("FN:Ann"), name="export.txt"))["name"] == "Ann"


def test_an_unknown_encoding_is_refused_by_name(book):
    with pytest.raises(Refused, match="klingon"):
        book(*card("FN:Ann"), chosen="klingon")
