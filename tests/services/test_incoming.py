import hashlib
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from app.config import Settings, Workspace
from app.domain.customer import ContactDraft, PointDraft
from app.domain.interactions import Channel, Direction
from app.domain.vocabulary import PointKind
from app.errors import NotFound, Refused
from app.services.incoming import SOMEBODY, US, ChatText, MailBytes, Picture
from app.services.registry import make_services
from app.services.timeline import FileEntry, InteractionEntry
from tests import factories
from tests.databases import NOW

CHAT = """陈国强 2026/11/20 15:04
货什么时候到
老板 2026/11/20 15:06
下周三
陈国强 2026/11/21 9:10
好的
"""


@pytest.fixture
def actor(db):
    return factories.director(db)


@pytest.fixture
def services(db, tmp_path):
    return make_services(Workspace(tmp_path / "space"), Settings(), db)


@pytest.fixture
def customer(db, actor):
    return factories.customer(
        db,
        actor,
        "国强建材",
        contacts=(ContactDraft("陈国强"), ContactDraft("吴敏")),
        points=(
            PointDraft(PointKind.EMAIL, "Chen@GuoQiang.example", 0),
            PointDraft(PointKind.WECHAT, "WuMin-GQ", 1),
            PointDraft(PointKind.EMAIL, "info@guoqiang.example"),
        ),
    )


def mail(sender="陈国强 <chen@guoqiang.example>", to="us@shuke.example", **fields):
    made = EmailMessage()
    if sender:
        made["From"] = sender
    made["To"] = to
    made["Subject"] = fields.get("subject", "样品")
    made["Date"] = fields.get("date", "Fri, 20 Nov 2026 15:04:33 +0800")
    made.set_content(fields.get("text", "请寄样品。\n\nOn Thu, a@b.example wrote:\n> 旧的\n"))
    return made


def dropped(made: EmailMessage) -> MailBytes:
    return MailBytes(made.as_bytes())


@pytest.fixture
def prepared(services, actor, customer):
    return lambda *sources: services.incoming.prepare(actor, customer, sources)


@pytest.fixture
def on_record(services, actor, customer):
    def read(kind=InteractionEntry):
        found = services.pages.load(actor, customer).timeline.entries
        return [one for one in found if isinstance(one, kind)]

    return read


def id_of(services, actor, customer, name):
    contacts = services.pages.load(actor, customer).record.draft.contacts
    return next(one.id for one in contacts if one.name == name)


def test_a_mail_is_put_on_record_with_its_new_words_date_and_files(
    services, actor, customer, prepared, on_record
):
    made = mail()
    made.add_attachment(b"\x89PNG...", maintype="image", subtype="png", filename="破损.png")
    incoming = prepared(dropped(made))
    kept = services.incoming.keep(actor, customer, incoming)
    (entry,) = on_record()
    assert (entry.channel, entry.direction) == (Channel.EMAIL, Direction.IN)
    assert entry.contact == "陈国强"
    assert entry.summary == "样品\n请寄样品。"
    assert entry.at == datetime(2026, 11, 20, 7, 4, 33, tzinfo=UTC)
    (file,) = services.attachments.of_customer(actor, customer)
    assert file.name == "破损.png"
    assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.path.name
    services.history.undo(actor, kept.change_set_id)
    assert on_record() == on_record(FileEntry) == []


def test_a_mail_of_ours_to_a_contact_went_out(services, actor, customer, prepared, on_record):
    sent = mail("老板 <us@shuke.example>", "Chen <chen@guoqiang.example>")
    services.incoming.keep(actor, customer, prepared(dropped(sent)))
    (entry,) = on_record()
    assert (entry.direction, entry.contact) == (Direction.OUT, "陈国强")


def test_a_mail_from_an_address_that_nobody_knows_to_a_contact_is_ours(prepared):
    sent = mail("sales@shuke.example", "吴敏 <wu@home.example>, chen@guoqiang.example")
    (entry,) = prepared(dropped(sent)).entries
    assert entry.spoken({})[0] is Direction.OUT


def test_the_customers_own_address_is_somebody_there(services, actor, customer, prepared):
    (entry,) = prepared(dropped(mail("info@guoqiang.example"))).entries
    assert entry.spoken({}) == (Direction.IN, None)
    assert entry.parties[0].who == SOMEBODY


def test_an_unknown_sender_is_shown_and_chosen(services, actor, customer, prepared, on_record):
    incoming = prepared(dropped(mail("Bob <bob@elsewhere.example>")))
    (party,) = incoming.parties
    assert (party.words, party.who) == ("Bob <bob@elsewhere.example>", None)
    chosen = id_of(services, actor, customer, "吴敏")
    services.incoming.keep(actor, customer, incoming, {party.key: chosen})
    assert [one.contact for one in on_record()] == ["吴敏"]


def test_a_mail_without_sender_says_so(services, actor, customer, prepared, on_record):
    incoming = prepared(dropped(mail(sender="")))
    (entry,) = incoming.entries
    assert [one.msgid for one in entry.notices] == [
        "The mail does not say who sent it. Choose who it is from."
    ]
    services.incoming.keep(actor, customer, incoming)
    assert [(one.direction, one.contact) for one in on_record()] == [(Direction.IN, "")]


def test_html_with_scripts_is_words_only(prepared):
    made = EmailMessage()
    made["From"], made["To"], made["Date"] = "chen@guoqiang.example", "us@x.example", "nonsense"
    made.set_content("<p>你好</p><script>alert(1)</script>", subtype="html")
    (entry,) = prepared(dropped(made)).entries
    assert entry.summary == "你好"
    assert entry.at == NOW
    assert len(entry.notices) == 1


def test_the_same_mail_again_is_noticed_also_within_one_drop(services, actor, customer, prepared):
    both = prepared(dropped(mail()), dropped(mail()))
    assert [one.duplicate for one in both.entries] == [False, True]
    services.incoming.keep(actor, customer, prepared(dropped(mail())))
    assert [one.duplicate for one in prepared(dropped(mail())).entries] == [True]
    assert not prepared(dropped(mail(text="etwas anderes"))).entries[0].duplicate


def test_a_chat_becomes_one_entry_a_day(services, actor, customer, prepared, on_record):
    incoming = prepared(ChatText(CHAT))
    assert {one.words: one.who for one in incoming.parties} == {
        "陈国强": id_of(services, actor, customer, "陈国强"),
        "老板": US,
    }
    services.incoming.keep(actor, customer, incoming)
    later, first = on_record()
    assert first.summary == "陈国强 15:04: 货什么时候到\n老板 15:06: 下周三"
    assert later.summary == "陈国强 09:10: 好的"
    assert {one.contact for one in (first, later)} == {"陈国强"}
    assert {one.channel for one in (first, later)} == {Channel.WECHAT}
    assert services.pages.load(actor, customer).record.draft.last_contact == later.at.date()


def test_unknown_names_of_a_chat_are_to_be_assigned(services, actor, customer, prepared, on_record):
    chat = CHAT.replace("陈国强", "小确幸").replace("老板", "熟客小店")
    incoming = prepared(ChatText(chat))
    assert [one.who for one in incoming.parties] == [None, None]
    keys = {one.words: one.key for one in incoming.parties}
    chosen = id_of(services, actor, customer, "吴敏")
    who = {keys["小确幸"]: chosen, keys["熟客小店"]: US}
    services.incoming.keep(actor, customer, incoming, who)
    assert {(one.contact, one.direction) for one in on_record()} == {("吴敏", Direction.IN)}


def test_of_two_who_talk_the_one_we_do_not_know_is_one_of_us(prepared):
    incoming = prepared(ChatText(CHAT.replace("老板", "熟客小店")))
    assert US in [one.who for one in incoming.parties]


def test_a_name_that_is_a_wechat_id_finds_its_contact(services, actor, customer, prepared):
    incoming = prepared(ChatText(CHAT.replace("陈国强", "wumin-gq")))
    assert id_of(services, actor, customer, "吴敏") in [one.who for one in incoming.parties]


def test_two_contacts_of_one_name_are_told_apart_by_hand(db, actor, services):
    contacts = (ContactDraft("陈国强"), ContactDraft("陈国强"))
    customer = factories.customer(db, actor, "两个陈", contacts=contacts)
    incoming = services.incoming.prepare(actor, customer, (dropped(mail("陈国强 <x@y.example>")),))
    assert [one.who for one in incoming.parties] == [None]


def test_a_picture_gets_a_name_by_its_time(services, actor, customer, prepared):
    incoming = prepared(Picture(b"\x89PNG", NOW))
    kept = services.incoming.keep(actor, customer, incoming)
    (file,) = services.attachments.of_customer(actor, customer)
    assert file.name == f"{NOW.astimezone():%Y-%m-%d %H.%M.%S}.png"
    assert file.media_type == "image/png"
    assert kept.attachment_ids == (file.id,)


def test_any_file_is_kept_and_what_cannot_be_is_said(services, actor, customer, prepared, tmp_path):
    contract = tmp_path / "合同.pdf"
    contract.write_bytes(b"%PDF-1.4")
    large = tmp_path / "large.zip"
    with large.open("wb") as stream:
        stream.truncate(200_000_000)
    broken = tmp_path / "broken.eml"
    broken.write_bytes(b"\x00\x01 no mail at all")
    incoming = prepared(contract, large, broken, tmp_path / "gone.txt", tmp_path)
    assert [one.name for one in incoming.files] == ["合同.pdf"]
    assert len(incoming.unread) == 4
    assert incoming.entries == ()
    services.incoming.keep(actor, customer, incoming)
    assert [one.name for one in services.attachments.of_customer(actor, customer)] == ["合同.pdf"]


def test_a_file_that_vanished_meanwhile_leaves_nothing_half_kept(
    services, actor, customer, prepared, on_record, tmp_path
):
    file = tmp_path / "a.txt"
    file.write_text("x")
    incoming = prepared(dropped(mail()), file)
    file.unlink()
    with pytest.raises(Refused):
        services.incoming.keep(actor, customer, incoming)
    assert on_record() == []


def test_nothing_is_read_for_a_customer_that_is_gone(services, actor):
    with pytest.raises(NotFound):
        services.incoming.prepare(actor, 999, (ChatText(CHAT),))


def test_a_text_that_fills_a_field_is_cut_to_what_it_holds(services, actor, customer, prepared):
    incoming = prepared(dropped(mail(text="满" * 400_000)))
    services.incoming.keep(actor, customer, incoming)
    assert len(incoming.entries[0].summary.encode()) <= 1_000_000
