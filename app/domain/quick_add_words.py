"""Words of a line to be reminded of: by what way, how long ahead, until when (folded text)."""

import re
from dataclasses import replace
from datetime import time
from typing import Final

from app.domain import numerals
from app.domain.interactions import Channel
from app.domain.quick_follow import REMIND
from app.domain.quick_words import DATE, PERSON, REPEAT
from app.domain.reminders import MORNING, Alarm
from app.domain.script import fold

_WECHAT: Final = (
    r"(?:发|回|加)(?:个|条|一条)?(?:微信|语音)|微信(?!群|号|支付)"
    r"|(?<!\w)wechat(?! (?:group|pay|id))"
)
_EMAIL: Final = (
    r"(?:发|回|写)(?:一?封|个)?(?:邮件|电邮|电子邮件)|(?:邮件|电邮)(?!地址|列表|群)"
    r"|(?<!\w)e-?mail(?!\w)"
)
_PHONE: Final = (
    r"电话(?!号|费|线|簿|会议|销售)|(?:打|拨)给|回电|回拨|致电|去电|通话|通个?话"
    r"|(?<!\w)(?:call(?!s? ?for|-| off)|phone|ring(?! road)|telephone)(?!\w)"
)
_VISIT: Final = (
    r"拜访|走访|上门|登门|探望|看望|见面|面谈|面访|面签|回访|约见|会面|喝茶|吃饭|请客"
    r"|(?<!\w)(?:visit|meet(?:ing)? with|meet|drop (?:in|by)|lunch|dinner|coffee)(?!\w)"
)
_LETTER: Final = r"(?:寄|写)(?:一?封)?信(?![息号用])|(?<!\w)letter to(?!\w)"
CHANNELS: Final = tuple(
    (kind, re.compile(words))
    for kind, words in (
        (Channel.WECHAT, _WECHAT),
        (Channel.EMAIL, _EMAIL),
        (Channel.PHONE, _PHONE),
        (Channel.VISIT, _VISIT),
        (Channel.LETTER, _LETTER),
    )
)
REMINDERS: Final = re.compile(
    rf"(?:请|到时候?|麻烦)?(?!提醒{PERSON})(?:{REMIND.pattern})(?:(?<=\w) (?:to|that|about|of"
    rf"|and)(?!\w))?"
    r"|(?:帮我)?(?:设|加|添加|设置|建|新建)(?:个|一个)?提醒[:]?|帮我记(?:住|一下|着)?"
    r"|不要忘[记了]?|千万别忘|^提醒[::]?(?!\w)"
    r"|(?<!\w)(?:set|add|create|make) (?:me )?(?:a )?reminder(?: (?:to|for|that|about))?(?!\w)"
    r"|^(?:reminder|note|todo|task)(?:[:]|(?= to\b))(?: to)?"
)
OTHERS: Final = re.compile(
    rf"(?:(?<![向对跟给和与{PERSON}]){PERSON}+|他们?|她们?|客户|对方|厂家|供应商|公司"
    rf"|(?<!\w)(?:he|she|they|it|customer"
    rf"|client|supplier))"
    r"(?:已经?| has| have| had)?\s?$"
)
TO_SOMEBODY: Final = re.compile(rf"[向对跟给和与]\s?{PERSON}+\s?$")
START: Final = re.compile(
    rf"^[\s{DATE}{REPEAT}]*(?:(?:的|在|于|要|得|我要|我得|我们?|该|需要|需|帮我"
    r"|(?:to|that|and|then|please|pls|on|at|by|for|i (?:have|need|must|should|will)(?: to)?"
    r"|we (?:need|have) to|will)"
    r"(?=\s))[\s,:]*)+(?=.)",
    re.IGNORECASE,
)
"""What is left at the head of what is to be done, once the day is gone."""
END: Final = re.compile(
    r"(?<=.)(?:吧|哦|啊|呀|[\s,]+(?:on|at|by|from|until|please|and|to|的|起|开始))+$", re.I
)
UNTIL: Final = re.compile(
    r"(?:一?直到|持续到|到(?=.{1,12}(?:为止|止))|(?<!\w)(?:until|till|through|ending(?: on)?)\s)"
)
AS_LONG: Final = re.compile(r"为?止")
FROM: Final = re.compile(
    r"(?:从|自|(?<!\w)(?:starting|beginning|from|as of|since)(?: on| from)?\s)"
)
AS_FROM: Final = re.compile(r"\s?(?:起(?!草)|开始)")
TIMES: Final = re.compile(
    rf"[,\s]?(?:一?共|总共|重复)\s?({numerals.NUMBER})\s?[次回遍]"
    rf"|,?\s?(?:for )?(?<!\w)({numerals.ENGLISH_NUMBER}) times(?! (?:a|per|each|every))(?!\w)"
)
LEAD: Final = re.compile(
    rf"[,\s]?提前\s?({numerals.NUMBER}|半)\s?个?\s?(小时|钟头|分钟|刻钟|天|日|周|星期"
    rf"|礼拜)(?:再?(?:提醒|通知|叫)我?一?[下声]?)?"
    rf"|,?\s?(?:(?:and )?remind me )?(?<!\w)({numerals.ENGLISH_NUMBER}) (minutes?|mins?|hours?"
    rf"|hrs?|days?|weeks?)"
    r" (?:ahead(?: of time)?|early|earlier|in advance|beforehand|before(?= ?(?:$|[,;.])| it"
    r"| then))(?: it| then)?"
)
_LEAD_ALONE: Final = re.compile(
    rf"(?:提?前)?\s?({numerals.NUMBER}|半)\s?个?\s?(小时|钟头|分钟|刻钟|天|日|周|星期|礼拜)(?:之"
    rf"|以)?前?"
    rf"|({numerals.ENGLISH_NUMBER}) ?(minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w)"
    r"(?: (?:before|ahead|early|in advance))?"
)
_CLOCK_AFTER: Final = re.compile(r",?\s*(?:at|的|在)?\s*([01]?[0-9]|2[0-3]):([0-5][0-9])$")
_MINUTES: Final = {"小": 60, "钟": 60, "分": 1, "刻": 15, "m": 1, "h": 60}
_DAYS: Final = {"天": 1, "日": 1, "周": 7, "星": 7, "礼": 7, "d": 1, "w": 7}


def channel(text: str) -> Channel | None:
    """By what way: the first that is said."""
    places = [
        (found.start(), kind)
        for kind, words in CHANNELS
        if (found := words.search(text)) is not None
    ]
    return min(places)[1] if places else None


def lead(found: re.Match[str]) -> Alarm | None:
    """How long before of a match of LEAD; None if that is no number."""
    amount, unit = (found[1], found[2][0]) if found[1] else (found[3], found[4][0])
    if amount == "半":
        return Alarm(minutes=30) if unit in "小钟" else None
    number = numerals.value(amount)
    if not number:
        return None
    if unit in _DAYS:
        return Alarm(days=number * _DAYS[unit], clock=MORNING)
    return Alarm(minutes=number * _MINUTES[unit])


def read_lead(typed: str) -> Alarm | None:
    """What is typed where only that is asked for: 15 minutes, 提前1天, 1 day before at 17:00."""
    text = fold(typed).strip()
    clock = _CLOCK_AFTER.search(text)
    found = _LEAD_ALONE.fullmatch(text[: clock.start()] if clock else text)
    alarm = lead(found) if found else None
    if alarm is None or clock is None:
        return alarm
    return replace(alarm, clock=time(int(clock[1]), int(clock[2]))) if alarm.clock else None
