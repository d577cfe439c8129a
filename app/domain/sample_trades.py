"""What sample firms do, what their people are called, and the forms of firms."""

from typing import Final

MAINLAND_TRADES: Final = (
    "建材", "科技", "食品", "物流", "医疗器械", "电子", "机械", "服饰", "教育科技", "贸易",
    "包装材料",
    "家居", "汽车配件", "新材料", "印刷", "农产品", "餐饮管理", "装饰工程", "环保设备", "酒店用品",
    "文化传媒", "茶业", "五金", "纺织",
)  # fmt: skip
MAINLAND_FORMS: Final = ("有限公司", "有限公司", "有限公司", "有限公司", "股份有限公司", "集团", "")
MAINLAND_GO_BETWEENS: Final = (
    "商贸有限公司", "供应链管理有限公司", "贸易商行", "经销部", "进出口有限公司",
)  # fmt: skip
MAINLAND_TITLES: Final = (
    "总经理", "采购总监", "采购经理", "采购", "财务经理", "会计", "行政主管", "技术总监",
    "仓库主管", "市场经理", "副总经理", "项目经理",
)  # fmt: skip
TAIWAN_TRADES: Final = (
    "建材", "科技", "食品", "貿易", "電子", "物流", "精密機械", "生技", "設計", "茶業", "五金",
    "紡織", "包裝", "餐飲", "家具", "文具",
)  # fmt: skip
TAIWAN_FORMS: Final = ("股份有限公司", "股份有限公司", "有限公司", "有限公司", "企業社", "")
TAIWAN_GO_BETWEENS: Final = ("貿易有限公司", "國際行銷有限公司", "代理商行", "實業有限公司")
TAIWAN_TITLES: Final = (
    "總經理", "採購經理", "採購專員", "業務副理", "會計", "廠長", "行政專員", "特別助理",
    "資訊主管",
)  # fmt: skip
HONG_KONG_FORMS: Final = ("有限公司", "（香港）有限公司", "行")
HONG_KONG_TITLES: Final = ("總經理", "採購主任", "會計主任", "營運經理", "行政秘書")
ENGLISH_TRADES: Final = (
    "Logistics", "Traders", "Foods", "Design", "Supply", "Textiles", "Machinery", "Labs",
    "Packaging", "Furniture", "Coffee", "Printing", "Medical", "Instruments", "Hardware",
)  # fmt: skip
ENGLISH_FORMS: Final = ("", "", "Ltd", "Inc.", "LLC", "Co.", "Group")
ENGLISH_GO_BETWEENS: Final = ("Distribution", "Wholesale", "Import & Export", "Brokers")
ENGLISH_TITLES: Final = (
    "Owner", "Purchasing Manager", "Office Manager", "Accounts Payable", "Operations Director",
    "Buyer", "Warehouse Manager", "Chief Executive", "Project Manager",
)  # fmt: skip
