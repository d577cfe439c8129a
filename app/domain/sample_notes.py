"""Notes as salespeople write them: habits, needs, limits; nothing that figures could contradict."""

from typing import Final

MAINLAND_FIRM: Final = (
    "发票只收电子专票",
    "每月 25 号对账，账期 30 天",
    "周五下午不收货；仓库限高 2.4 米",
    "破损当天给答复，不要先问责任",
    "打电话，不发语音",
    "报价要含税含运费，分开列",
    "旺季在九月到春节前，平时量减半",
    "合同走线上盖章，一般三个工作日",
    "送货前一小时联系门卫登记车牌",
    "对交期很敏感，晚一天也要提前说",
    "换过两家供应商，最看重售后响应",
    "新品先寄小样，确认后再下单",
    "每季度比一次价，最后由总经理拍板",
    "发货单要注明项目编号",
    "仓库在郊区，下雨天货车进不去",
    "只在上午接电话",
    "财务十二点到两点不在，别打",
    "样品间在三楼，来访要预约",
    "希望每月给一份用量汇总",
)
MAINLAND_PERSON: Final = (
    "喜欢微信沟通，晚上八点后不要打电话",
    "家里有小孩，上门前先发消息",
    "对花粉过敏，拜访别带鲜花",
    "付款很爽快，不喜欢反复确认",
    "说过想换大一号的规格，等活动时通知",
    "不要再推荐保险类产品",
    "对质量要求高，收货时会逐件看",
    "收货写公司前台，本人经常出差",
    "喝茶，不喝咖啡",
    "周末才有空，工作日短信留言即可",
    "问过保修能不能延一年，还没答复",
    "习惯先看样品再决定",
    "要纸质发票，寄到家里",
    "英语沟通也没问题",
)
TAIWAN_FIRM: Final = (
    "發票請開三聯式，抬頭寫公司全名",
    "月結 60 天，每月 5 號前寄對帳單",
    "下午四點後不收貨",
    "習慣用 LINE 聯絡，急事再打電話",
    "樣品確認後才下單，大約兩週",
    "農曆年前會備一次大貨",
    "出貨前請先傳裝箱單",
    "很在意包裝，外箱有壓痕就退",
    "報價請列含稅與未稅兩種",
    "新廠明年搬遷，地址要再確認",
)
TAIWAN_PERSON: Final = (
    "請打手機，公司電話常沒人接",
    "吃素，拜訪別帶葷食禮盒",
    "對售後很在意",
    "週末比較有空",
    "請不要寄紙本型錄",
    "喜歡先看實品再決定",
)
ENGLISH_FIRM: Final = (
    "Net 30, invoices to accounts payable only",
    "Deliveries before 2 pm; the dock is closed on Fridays",
    "Wants one consolidated invoice a month",
    "Asked for samples before every first order",
    "Prefers e-mail; calls only when something is urgent",
    "Purchase order number must be on every document",
    "Budget is fixed in November for the whole year",
    "Compares prices every quarter; service matters more",
    "Told us twice: no plastic packaging",
    "Needs certificates of origin with each shipment",
    "Low ceiling in the warehouse: nothing above 8 ft",
)
ENGLISH_PERSON: Final = (
    "Best reached in the morning",
    "Does not want marketing e-mails",
    "Has two kids in school; no visits after 3 pm",
    "Asked whether the warranty can be extended",
    "Interested in the larger size",
    "Prefers text messages",
    "Vegetarian; mind it when booking lunch",
)
