"""What sample staff have to do for sample customers, and what they said they would."""

from typing import Final

from app.domain.interactions import Channel
from app.domain.reminders import ReminderKind
from app.domain.sample_draw import Weighted
from app.domain.sample_parties import Culture

Task = tuple[ReminderKind, Channel | None, str]
_NOTE, _CARE, _SILENCE, _THANKS = (
    ReminderKind.NOTE, ReminderKind.CARE, ReminderKind.SILENCE, ReminderKind.THANKS,
)  # fmt: skip
_PHONE, _VISIT, _MAIL, _WECHAT = Channel.PHONE, Channel.VISIT, Channel.EMAIL, Channel.WECHAT

_MAINLAND_TASKS: Final[tuple[tuple[Task, float], ...]] = (
    ((_NOTE, _PHONE, "回电，确认交期"), 9),
    ((_NOTE, _PHONE, "问样品比价结果"), 8),
    ((_NOTE, _MAIL, "发含税含运报价"), 8),
    ((_NOTE, _WECHAT, "发新品图册"), 6),
    ((_NOTE, _VISIT, "上门量尺寸"), 5),
    ((_NOTE, None, "寄样品"), 7),
    ((_NOTE, None, "开票并寄出"), 6),
    ((_NOTE, _PHONE, "账期快到，提醒付款"), 6),
    ((_NOTE, _VISIT, "拜访新采购负责人"), 4),
    ((_NOTE, None, "准备年度框架合同"), 3),
    ((_CARE, _VISIT, "季度回访"), 7),
    ((_CARE, _PHONE, "问用得怎么样"), 7),
    ((_SILENCE, _PHONE, "好久没联系，问候一声"), 6),
    ((_SILENCE, _WECHAT, "好久没联系，发条消息"), 4),
    ((_THANKS, _PHONE, "打电话感谢下单"), 5),
)
_TAIWAN_TASKS: Final[tuple[tuple[Task, float], ...]] = (
    ((_NOTE, _PHONE, "回電確認交期"), 9),
    ((_NOTE, _MAIL, "寄含稅報價單"), 8),
    ((_NOTE, _PHONE, "追蹤樣品測試結果"), 8),
    ((_NOTE, None, "寄型錄與樣品"), 7),
    ((_NOTE, None, "開立發票"), 6),
    ((_NOTE, _VISIT, "拜訪採購主管"), 5),
    ((_CARE, _VISIT, "每季拜訪"), 7),
    ((_CARE, _PHONE, "電話關心使用狀況"), 7),
    ((_SILENCE, _PHONE, "許久未聯絡，致電問候"), 7),
    ((_THANKS, _PHONE, "致電感謝訂單"), 5),
)
_ENGLISH_TASKS: Final[tuple[tuple[Task, float], ...]] = (
    ((_NOTE, _PHONE, "Call back about the lead time"), 9),
    ((_NOTE, _MAIL, "Send the quote including freight"), 9),
    ((_NOTE, _PHONE, "Ask how the samples compared"), 8),
    ((_NOTE, None, "Ship samples"), 7),
    ((_NOTE, None, "Send the corrected invoice"), 6),
    ((_NOTE, _VISIT, "Visit the new buyer"), 5),
    ((_CARE, _VISIT, "Quarterly visit"), 7),
    ((_CARE, _PHONE, "Ask how the last batch works out"), 7),
    ((_SILENCE, _PHONE, "Not heard from them for a while, say hello"), 7),
    ((_THANKS, _PHONE, "Call to say thank you for the order"), 5),
)
TASKS: Final = {
    Culture.MAINLAND: Weighted.of(_MAINLAND_TASKS),
    Culture.TAIWAN: Weighted.of(_TAIWAN_TASKS),
    Culture.HONG_KONG: Weighted.of(_TAIWAN_TASKS),
    Culture.AMERICA: Weighted.of(_ENGLISH_TASKS),
}

_TAIWAN_HABITS: Final = ("對帳", "確認下週出貨", "追蹤回購量")
HABITS: Final = {
    Culture.MAINLAND: ("对账", "问下周要货量", "查库存，提醒补货"),
    Culture.TAIWAN: _TAIWAN_HABITS,
    Culture.HONG_KONG: _TAIWAN_HABITS,
    Culture.AMERICA: ("Reconcile the account", "Ask for next week's order", "Check their stock"),
}
"""What comes back."""

_TAIWAN_PROMISES: Final = (
    "寄出含稅報價單",
    "補寄兩箱樣品",
    "回覆最快交期",
    "重新開立發票",
    "外箱加護角並拍照確認",
    "提供檢驗報告",
)
PROMISES: Final = {
    Culture.MAINLAND: (
        "发含税报价单",
        "补寄两箱样品",
        "给出最快交期",
        "重开上月发票",
        "下一批包装加护角，发照片确认",
        "提供检测报告",
        "破损部分给出处理办法",
        "安排技术上门看一次",
    ),
    Culture.TAIWAN: _TAIWAN_PROMISES,
    Culture.HONG_KONG: _TAIWAN_PROMISES,
    Culture.AMERICA: (
        "Send the quote with freight",
        "Ship two replacement cartons",
        "Name the earliest delivery date",
        "Reissue the last invoice",
        "Send photos of the new packaging",
        "Provide the test report",
    ),
}

_TAIWAN_MOVES: Final = ("工廠延後出貨", "客戶希望下週再送", "等主管簽核")
MOVES: Final = {
    Culture.MAINLAND: ("工厂排产延后", "客户要求下周再送", "等财务确认"),
    Culture.TAIWAN: _TAIWAN_MOVES,
    Culture.HONG_KONG: _TAIWAN_MOVES,
    Culture.AMERICA: ("The factory is behind", "They asked for next week", "Waiting for finance"),
}
"""Why a promise was given another date."""

_TAIWAN_BROKEN: Final = ("供應商缺料", "忘了安排，已致歉", "貨運延誤")
BROKEN: Final = {
    Culture.MAINLAND: ("供应商缺料", "忘了安排，已道歉", "物流延误"),
    Culture.TAIWAN: _TAIWAN_BROKEN,
    Culture.HONG_KONG: _TAIWAN_BROKEN,
    Culture.AMERICA: ("Supplier ran out", "Forgotten, apologised", "The carrier was late"),
}

_TAIWAN_RELEASED: Final = ("客戶已不需要",)
RELEASED: Final = {
    Culture.MAINLAND: ("客户说不用了",),
    Culture.TAIWAN: _TAIWAN_RELEASED,
    Culture.HONG_KONG: _TAIWAN_RELEASED,
    Culture.AMERICA: ("No longer needed, they said",),
}
