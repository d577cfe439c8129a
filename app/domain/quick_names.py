"""Whom a line names, when it is not known who the customers are (folded text with marks).

A name stands where somebody is acted upon (给…打电话, 拜访…, call …, lunch with …), or it is one by
itself: 陈总, 王经理. Whether there is such a customer is for others to look up.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.quick_people import HONORIFIC
from app.domain.quick_words import DATE, REPEAT
from app.domain.script import HAN
from app.domain.surnames import DOUBLE_SURNAMES, SURNAMES

_DOUBLES: Final = "|".join(sorted(DOUBLE_SURNAMES))
_SURNAME: Final = rf"(?:{_DOUBLES}|[{SURNAMES}])"
_HOUSE: Final = (
    r"(?:有限公司|(?<![我贵本该])公司|集团|总厂|酒店|饭店|超市|医院|学校|银行|建材|科技|贸易|物流"
    r"|食品"
    r"|实业|事务所|工作室|商行|商贸|中心|设计院?|电子|器械|五金|家居|装饰|建筑|地产|餐饮|医疗|机械"
    r"|化工|纺织|服饰|商店|书店|花店|药房|药店|股份|厂(?![长家商]))"
)
# What follows a name without a space; the weak ones are in given names too.
_STRONG: Final = (
    r"(?:$|[^\w\s]|\s|[的打发寄送报拜付补邮带拿换退谈聊催要说买订结收约吃喝询对确量测]"
    r"|回[电复访拜款话微邮信个]|开[票会发]"
    r"|出[货图报样]|看[样货房]|来[访看厂取电]|通[话电]|汇[款报]|交[货付样接]|安排|准备|庆[祝贺]"
    r"|过生日|提供|介绍|讨论"
    r"|签[合订约单]|沟通|联系|核对|转[账款告]|推荐|展示|演示|培训|维修|检查|续[签费]|跟进"
    r"|祝[贺寿福]|验[收货]"
    r"|参观|下单|一起|商[量谈]|协调|处理|解决|反馈|了解|申请|预约|更新|整理|复查|项目|合同|订单"
    r"|样品|货款|尾款"
    r"|发票|需求|情况|方案|生日|那边|这边|关于|电话|微信|邮件|面[谈签]|会面|做[客方报]|写[信方报]"
    r"|办[理公]|问[好候一])"
)
_WEAK: Final = rf"(?:{_STRONG}|[回拨交看来去开出做办写问签通转祝贺和跟与在把将展取事款账家])"
# No names, though they stand where names do.
_NOBODY: Final = re.compile(
    rf"[{DATE}{REPEAT}]|客户|客人|大家|所有|全部|各|每|他|她|它|咱|我|你|自己|对方|供应商|厂家"
    rf"|同事|领导"
    r"|老板$|物业|员工|司机|房东|快递|这|那|哪|谁|一下|家里|家人|[爸妈]|老[婆公]|孩子|父母|爷爷|奶奶|外[婆公]|电话|微信"
    r"|邮件|短信|^公司$|仓库|^财务$|^会计$"
    r"|^银行$|^医院$|^工厂$|样品|合同|订单|报价|发票|货|^款|礼|项目|会议|资料|方案|以后|之后|时间"
    r"|^(?:施工|安[装排]|金[卡属额]|石材|白[酒板茶]|黄[酒金]|温馨|方[案面式]|高层|余[款额]"
    r"|单[子据位]|成[品本]"
    r"|包[装裹]$|计划|纪[念要]|文[件档员]|毛[利坯巾]|牛奶|季[度节]|程序|关于|许可|解[决释]|向导"
    r"|万[元一]|钱|"
    r"章程|管理|应[收付]|查[看询]|申请|康复|边|阳[台光]|商[量务]|池|简[单介]|安[全静]|明|项"
    r"|付[款清费]|汇[款率]|回[款电]|应[付收])"
)
_TITLED: Final = re.compile(rf"{_SURNAME}[{HAN}]{{0,2}}?(?:{HONORIFIC})")
_HOUSED: Final = re.compile(
    rf"[{HAN}a-z0-9·()]{{2,16}}?{_HOUSE}(?:\([{HAN}]+\))?(?={_WEAK}"
    rf"|{_SURNAME}[{HAN}]{{0,2}}(?:{HONORIFIC}))"
)
_SHAPED: Final = tuple(
    re.compile(
        rf"(?:(?:{_DOUBLES})[{HAN}]{{{length}}}|[{SURNAMES}][{HAN}]{{{length}}})(?={behind})"
    )
    for behind in (_STRONG, _WEAK)
    for length in (1, 2)
)
_NICKNAMED: Final = re.compile(rf"[小老]{_SURNAME}(?={_WEAK})|阿[{HAN}](?={_STRONG})")
_ANYTHING: Final = re.compile(rf"[{HAN}]{{2,8}}?(?={_STRONG})")
_WORD: Final = re.compile(r"[a-z0-9][a-z0-9.'’-]*|&")

_BESIDE: Final = rf"(?:一次|一下|了)?[\s{DATE}{REPEAT}]*"
_SURE: Final = re.compile(
    rf"(?:打给|致电|拨打|拜访|走访|看望|探望|约见|会见|面访|[发寄送交还报转带]给|问候|恭喜"
    rf"|(?<![供补付还退])给){_BESIDE}"
)
_MAYBE: Final = re.compile(
    rf"(?:答应|承诺|回电给?|回访|联系|回复|答复|祝贺|感谢|邀请|催|提醒(?!我)|通知|告诉|电话|微信"
    rf"|邮件|跟进|请教|陪"
    rf"|[跟和与向找请问替帮为约见访叫]){_BESIDE}"
)
_AT_HEAD: Final = re.compile(
    rf"(?:^|(?<=[\s,;:。、{DATE}{REPEAT}]))(?=[{HAN}])(?![向和跟与给找请约问于])"
)
_OWNER: Final = re.compile(rf"[\s,;:。、{DATE}{REPEAT}]|的|生日|答应|承诺|要|来|说|希望|想")
_OWNED: Final = tuple(
    re.compile(
        rf"(?:(?:{_DOUBLES})[{HAN}]{{{length}}}"
        rf"|[{SURNAMES}][{HAN}]{{{length}}})(?={_OWNER.pattern})"
    )
    for length in (1, 2)
)
_MARKS: Final = DATE + REPEAT + " ,;:。、"
_ANYWHERE: Final = re.compile(rf"(?={_TITLED.pattern})")

_EVERYDAY: Final = (
    "a an the my our your his her their its this that these those it him them us me you i we "
    "back again about re regarding on at for to and or with by before after if when in of from "
    "up all everyone everybody someone customer customers client clients supplier suppliers "
    "factory bank office boss team home mom dad plumber landlord support sales accounting "
    "courier everything quote quotes order orders invoice invoices sample samples report "
    "reports contract payment payments meeting new old some one two three next last every each "
    "contacts list lists leads prices price details doctor dentist hotel airline lawyer accountant "
    "warehouse deadline deadlines off out over targets target quota is as"
)
_GENERIC: Final = frozenset(_EVERYDAY.split())
_TITLE: Final = r"(?:(?:mr|mrs|ms|miss|dr)\b\.? ?)?"
_TO: Final = rf"(?:[ {DATE}{REPEAT}]+){_TITLE}"
_ENGLISH: Final = re.compile(
    r"(?<!\w)(?:(?:call|phone|ring|tel|telephone|e-?mail|mail|text|message|wechat|visit|meet|see"
    r"|contact|chase|thank|congratulate|invite|ask|tell|remind|update|pay|promised?|give|send|bring"
    r"|show|quote|refund|invoice)(?: back| with| up)?|with|for|and|about)"
    rf"{_TO}(?:the )?"
)
_TO_SOMEBODY: Final = re.compile(
    r"(?<!\w)(?:send|give|bring|quote|e-?mail|mail|ship|deliver|speak|talk|write|reply|promised?"
    r"|get back|hand|show|forward|return|explain|present|post|say|apologi[sz]e|introduce|listen|pay"
    rf"|call|refund)(?: [^,;]{{1,60}})? to{_TO}(?:the )?"
)
_SUBJECT: Final = re.compile(
    rf"(?:^|(?<=[,;:] ))[{DATE}{REPEAT} ]*(?=[a-z][\w.'’-]*(?: [a-z][\w.'’-]*)? (?:has |have )?"
    r"(?:promised|agreed|promises|wants|needs|asked|will) )"
)
_SMALL: Final = re.compile(
    r"(?<!\w)(?:call|phone|ring|visit|meet|contact|chase|promised|(?:meeting|lunch|dinner|coffee"
    r"|appointment|up|in|touch base|call|talk|speak|meet) with|get back to|e-?mail to|wechat)"
    rf"(?: back)?{_TO}"
)
_POSSESSIVE: Final = re.compile(rf"(?:^|(?<=[ {DATE}{REPEAT}]))(?=[a-z][a-z-]*(?: [a-z-]+)?['’]s )")

Capital = Callable[[int], bool]
"""Was the character at this place of the folded text typed as a capital letter?"""


@dataclass(frozen=True, slots=True)
class Named:
    """text[start:end] names somebody."""

    start: int
    end: int


def name_in(text: str, capital: Capital) -> Named | None:
    """Whom the line is about; None where nobody is named."""
    return next(_names(text, capital), None)


def _names(text: str, capital: Capital) -> Iterator[Named]:
    frames: Sequence[tuple[re.Pattern[str], Callable[[str, int], int | None]]] = (
        (_SURE, _anybody),
        (_AT_HEAD, _owner),
        (_MAYBE, _somebody),
        (_ANYWHERE, _titled),
    )
    for frame, read in frames:
        for found in frame.finditer(text):
            end = read(text, found.end()) or _capitals(text, found.end(), capital)
            if end and not _NOBODY.search(text[found.end() : end]):
                yield Named(found.end(), end)
    yield from _english(text, capital)


def _english(text: str, capital: Capital) -> Iterator[Named]:
    for frame in (_ENGLISH, _TO_SOMEBODY, _POSSESSIVE, _SUBJECT):
        for found in frame.finditer(text):
            end = _capitals(text, found.end(), capital) or _somebody(text, found.end())
            if end:
                yield Named(found.end(), end)
    for found in _SMALL.finditer(text):
        if end := _small(text, found.end()):
            yield Named(found.end(), end)


def _titled(text: str, place: int) -> int | None:
    """A name with a title."""
    found = _TITLED.match(text, place)
    return found.end() if found else None


def _somebody(text: str, place: int) -> int | None:
    """Where a name ends that begins here and looks like one."""
    for pattern in (_TITLED, _HOUSED, *_SHAPED, _NICKNAMED):
        if found := pattern.match(text, place):
            return found.end()
    return None


def _anybody(text: str, place: int) -> int | None:
    """As `_somebody`, or whatever stands where only somebody can stand."""
    found = _ANYTHING.match(text, place)
    return _somebody(text, place) or (found.end() if found else None)


def _owner(text: str, place: int) -> int | None:
    """A name at the head of a stretch, behind which the stretch is over or goes on as theirs."""
    if not text[place:].strip(_MARKS):
        return None
    for pattern in (_TITLED, _HOUSED, *_OWNED):
        found = pattern.match(text, place)
        if found and _OWNER.match(text, found.end()) and text[found.end() :].strip(_MARKS):
            return found.end()
    return None


def _words(text: str, place: int) -> Iterator[re.Match[str]]:
    """The words from here on, one space between two."""
    while found := _WORD.match(text, place):
        yield found
        if text[found.end() : found.end() + 1] != " ":
            return
        place = found.end() + 1


def _capitals(text: str, place: int, capital: Capital) -> int | None:
    """Where a row of words with capitals ends: Grace Li, Bank of China, Smith & Sons."""
    end: int | None = None
    for word in _words(text, place):
        if capital(word.start()) and word[0] != "i":
            end = word.end()
        elif word[0] not in {"&", "of"} or end is None:
            break
    return _bare(text, place, end)


def _small(text: str, place: int) -> int | None:
    """One or two words without capitals that are none of everyday's."""
    taken: list[re.Match[str]] = []
    for word in _words(text, place):
        if word[0] in _GENERIC or not word[0][0].isalpha():
            break
        taken.append(word)
    if not taken:
        return None
    return _bare(text, place, taken[-1 if len(taken) < 3 else 0].end())


def _bare(text: str, place: int, end: int | None) -> int | None:
    """Without 's and stops at its end."""
    if end is None:
        return None
    name = re.sub(r"['’]s?$|[.'’-]+$", "", text[place:end])
    return place + len(name) if name else None
