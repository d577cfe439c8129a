"""Characters by which Chinese text in an unknown encoding is recognised.

The first level of GB 2312 (3,755 characters) and of Big5 (5,401) are the common characters of
simplified and traditional Chinese; both stand in one block of their encoding, so they are computed.
Text read in the wrong encoding hits the other block half of the time by chance, therefore the very
frequent ones, and those of names, addresses and headers, count again.
"""

from typing import Final


def _block(encoding: str, leads: range, trails: tuple[range, ...]) -> frozenset[str]:
    pairs = (bytes((lead, trail)) for lead in leads for part in trails for trail in part)
    return frozenset("".join(pair.decode(encoding, "ignore") for pair in pairs))


SIMPLIFIED: Final = _block("gb2312", range(0xB0, 0xD8), (range(0xA1, 0xFF),))
TRADITIONAL: Final = _block("big5", range(0xA4, 0xC7), (range(0x40, 0x7F), range(0xA1, 0xFF)))

OFTEN_SIMPLIFIED: Final = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所"
    "民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日"
    "那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想"
    "已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指"
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭马罗梁宋郑谢韩唐冯董萧曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚"
    "姓名电话手机客户联系公司地址邮箱备注有限北京上海广州深圳市省区县街号楼室科技贸易商店餐饮快送单价格金额日期编类型级别负责职务"
)
OFTEN_TRADITIONAL: Final = frozenset(
    "的一是在不了有和人這中大為上個國我以要他時來用們生到作地於出就分對成會可主發年動同工也能下過子說產種面而方後多定行學法所"
    "民得經十三之進著等部度家電力裡如水化高自二理起小物現實加量都兩體制機當使點從業本去把性好應開它合還因由其些然前外天政四日"
    "那社義事平形相全表間樣與關各重新線內數正心反你明看原又麼利比或但質氣第向道命此變條只沒結解問意建月公無系軍很情者最立代想"
    "已通並提直題黨程展五果料象員革位入常文總次品式活設及管特件長求老頭基資邊流路級少圖山統接知較將組見計別她手角期根論運農指"
    "王李張劉陳楊趙黃周吳徐孫胡朱林何郭馬羅梁宋鄭謝韓唐馮董蕭曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚"
    "姓名電話手機客戶聯絡公司地址郵箱備註有限台臺北高雄桃園新竹市省區縣街號樓室科技貿易商店餐飲快送單價格金額日期編類型級別負責職務"
)
