"""Reminders for the pictures of the page of the day and of the calendar."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Final

from app.domain.interactions import Channel
from app.domain.reminders import ReminderKind, local_moment
from app.domain.vocabulary import Actor, Role
from app.services.registry import Services
from app.services.reminders import Assignee, ReminderDraft

NOTE, PROMISE = ReminderKind.NOTE, ReminderKind.PROMISE
# text, days ahead, time, kind, channel, rule
PLAN: Final = (
    ("把对账单发给财务", -2, None, PROMISE, None, ""),
    ("回访破损补发是否到货", -1, None, NOTE, Channel.PHONE, ""),
    ("打电话确认十二月排产", 0, time(10), NOTE, Channel.PHONE, ""),
    ("上门量尺", 0, time(16, 30), NOTE, Channel.VISIT, ""),
    ("发送更新后的报价单", 0, time(18), NOTE, Channel.EMAIL, ""),
    ("每月最后一周对账", 0, None, NOTE, None, "FREQ=MONTHLY"),
    ("谢谢电话：年成交前十", 0, None, ReminderKind.THANKS, None, ""),
    ("祝生日快乐", 0, None, ReminderKind.BIRTHDAY, None, ""),
    ("41 天没有联系了", 0, None, ReminderKind.SILENCE, None, ""),
    ("寄出 600×600 样品 3 块", 1, None, PROMISE, None, ""),
    ("给出旺季账期方案", 2, time(9), PROMISE, None, ""),
    ("农历生日", 3, None, ReminderKind.BIRTHDAY, None, ""),
    ("Call about the invoice", 3, time(14), NOTE, Channel.PHONE, ""),
    ("Thanksgiving greeting", 4, None, ReminderKind.FESTIVAL, None, ""),
    ("送样后第二次回访", 4, time(11), NOTE, Channel.WECHAT, ""),
    ("季度拜访", 5, None, ReminderKind.CARE, None, "FREQ=MONTHLY"),
    ("合作两周年", 6, None, ReminderKind.ANNIVERSARY, None, ""),
    ("下次询价", 9, time(15), NOTE, Channel.EMAIL, ""),
    ("圣诞贺卡寄出", 20, None, NOTE, Channel.LETTER, ""),
)
CROWD: Final = 14
"""So many more on one day, for the calendar."""


def plan(services: Services, actor: Actor, customers: Sequence[int], today: date) -> None:
    """Write them for the actor; one waits for whoever has the role."""
    write = services.reminders.add
    for place, (text, ahead, clock, kind, channel, rule) in enumerate(PLAN):
        day = today + timedelta(days=ahead)
        due = day if clock is None else local_moment(day, clock)
        draft = ReminderDraft(
            text, due, customers[place % len(customers)], kind=kind, channel=channel, rule=rule,
            assignee=Assignee(actor.id),
        )  # fmt: skip
        write(actor, draft)
    waits = ReminderDraft("接收调岗同事的客户", today + timedelta(days=2),
                          assignee=Assignee(role=Role.DIRECTOR))  # fmt: skip
    write(actor, waits)
    for number in range(CROWD):
        due = local_moment(today + timedelta(days=10), time(9 + number // 2, 30 * (number % 2)))
        write(actor, ReminderDraft(f"年末电话 {number + 1}", due, customers[number],
                                   channel=Channel.PHONE, assignee=Assignee(actor.id)))  # fmt: skip
    done = [
        write(actor, ReminderDraft(text, today, customers[0], kind=kind)).ids[0]
        for text, kind in (("早上的电话", NOTE), ("报价", NOTE), ("寄合同", PROMISE))
    ]
    services.reminders.done(actor, done)
