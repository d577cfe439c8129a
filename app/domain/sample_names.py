"""Names for sample people and firms, as often as they are met.

Weights of mainland surnames: per mille of the population after the Ministry of Public Security's
name report; of Taiwan's after the Ministry of the Interior's; others are rough.
"""

from typing import Final

from app.domain.sample_draw import Weighted, words


def _weighted(text: str) -> Weighted[str]:
    """Entries such as 王72."""
    entries = words(text)
    names = tuple(entry.rstrip("0123456789") for entry in entries)
    pairs = zip(entries, names, strict=True)
    return Weighted.of((name, float(word.removeprefix(name))) for word, name in pairs)


MAINLAND_SURNAMES: Final = _weighted(
    "王72 李71 张67 刘53 陈46 杨31 黄23 赵20 吴20 周19 徐15 孙15 马13 朱13 胡12 郭11 何11 林11 高10"
    " 罗9 郑9 梁9 谢8 宋7 唐7 许6 邓6 冯6 韩6 曹6 曾6 彭5 萧4 蔡5 潘5 田5 董5 袁5 于5 余5 叶5 蒋5"
    " 杜5 苏5 魏5 程5 吕5 丁5 沈4 任4 姚4 卢4 傅4 钟4 姜4 崔4 谭4 廖3 范3 汪3 陆3 金3 石3 戴3 贾3"
    " 韦2 夏3 邱3 方3 侯2 邹3 熊3 孟2 秦2 白2 江2 阎2 薛2 尹2 段2 雷2 黎2 史2 龙2 陶2 贺2 顾2 毛2"
    " 郝2 龚2 邵2 万2 钱2 严2 洪2 艾2 安2 欧阳1"
)
TAIWAN_SURNAMES: Final = _weighted(
    "陳111 林83 黃60 張53 李51 王41 吳40 劉32 蔡29 楊27 許23 鄭19 謝18 洪15 郭15 邱15 曾14 廖14"
    " 賴13 徐13 周12 葉12 蘇12 莊9 呂9 江9 何8 蕭8 羅8 高7 潘6 簡6 朱6 鍾6 游5 彭5 詹5 胡5 施5 沈5"
    " 余5 盧4 梁4 趙4 顏4 柯4 翁4 魏4 孫4 戴4 范4 方4 宋3 鄧3 杜3 侯3 薛3 馬3 溫3 藍3 古2 紀2 連2"
    " 艾1 歐陽1"
)
ENGLISH_SURNAMES: Final = _weighted(
    "Smith80 Johnson64 Williams54 Brown48 Jones47 Garcia38 Miller38 Davis37 Rodriguez36 Martinez35"
    " Hernandez34 Lopez29 Gonzalez28 Wilson27 Anderson26 Thomas25 Taylor25 Moore24 Jackson23"
    " Martin23 Lee23 Perez22 Thompson22 White22 Harris21 Sanchez20 Clark19 Ramirez19 Lewis18"
    " Robinson18 Walker17 Young16 Allen16 King15 Wright15 Scott15 Torres14 Nguyen14 Hill14 Flores14"
    " Green14 Adams14 Nelson14 Baker14 Hall13 Rivera13 Campbell13 Mitchell13 Carter13 Roberts12"
    " Phillips11 Evans11 Turner11 Parker11 Collins11 Edwards10 Stewart10 Morris10 Murphy10 Cook10"
    " Rogers9 Morgan9 Cooper9 Peterson9 Reed9 Bailey9 Kelly9 Howard9 Kim9 Cox8 Ward8 Richardson8"
    " Watson8 Brooks8 Wood7 Bennett7 Gray7 Hughes7 Price7 Long7 Sanders6 Ross6 Foster6 Powell6"
    " Jenkins6 Perry6 Russell6 Sullivan6 Bell6 Coleman5 Butler5 Henderson5 Barnes5 Fisher5"
    " Simmons5 Jordan5 Patterson5 Hamilton5 Graham4 Wallace4 West4 Cole4 Hayes4 Ford4 Ellis4"
)

# One character: a fifth of the mainland's names, the commonest of all.
MAINLAND_MEN_SHORT: Final = tuple(
    "伟强磊军勇杰涛超明刚平辉鹏飞波斌宇浩凯健俊帅峰亮宁龙林鑫毅晨阳博"
)
MAINLAND_WOMEN_SHORT: Final = tuple("芳敏静丽娟艳霞燕玲丹萍红洁琳雪慧颖婷莉倩佳梅颖欣怡蕾璐悦瑶")
MAINLAND_MEN: Final = words(
    "建国 建华 志强 国强 志明 建军 文杰 子轩 浩然 俊杰 浩宇 宇航 志伟 海涛 家豪 伟杰 明辉 立新"
    " 永强 国栋 晓东 晓峰 建平 文博 天宇 思远 泽宇 嘉诚 振华 少华 德明 学文 世杰 国平 卫东 成龙"
    " 景天 云飞 鹏程 一鸣 子涵 嘉明 俊熙 启明 承志 逸飞 向东 新宇 锦程 佳明"
)
MAINLAND_WOMEN: Final = words(
    "秀英 雅琳 雨桐 欣怡 晓燕 丽娜 海燕 佳怡 诗涵 梦琪 思雨 雅婷 静怡 玉兰 淑芬 美玲 晓红 春梅"
    " 婷婷 丹丹 雪梅 慧敏 文静 可欣 子萱 语嫣 若兰 紫涵 晓丽 玉梅 嘉怡 心怡 梓涵 佳琪 婉清 悦然"
    " 思琪 艺涵 小红 红梅 月华 素芬 桂英 爱华 晨曦 若曦 雅文 明月 佳慧 书瑶"
)
MAINLAND_MEN_PARTS: Final = (
    "志建国文俊子浩宇嘉明晓永海天家立成少振泽",
    "伟强军华明辉杰鹏涛飞龙斌亮峰宁勇超凯轩然",
)
MAINLAND_WOMEN_PARTS: Final = (
    "雅美晓丽雨思佳静玉淑慧诗梦欣紫若春秋雪婉",
    "琳婷雯颖芳敏娟燕洁怡萱瑶涵妍玲珊桐华云兰",
)
TAIWAN_MEN: Final = words(
    "志豪 家豪 俊傑 建宏 冠宇 承翰 柏翰 宗翰 文雄 志明 信宏 俊宏 明哲 志偉 彥廷 冠廷 宇翔 柏宇"
    " 哲瑋 家銘 俊賢 文彬 建志 正雄 榮華 國華 勝雄 啟銘 政憲 威廷 育誠 聖凱 士豪 庭維 昱辰 子軒"
    " 書豪 耀文 國強 世昌"
)
TAIWAN_WOMEN: Final = words(
    "雅婷 怡君 淑芬 美玲 佳穎 郁婷 淑惠 雅雯 詩涵 怡萱 宜蓁 欣怡 佩珊 心怡 雅惠 惠雯 麗華 淑娟"
    " 秀琴 美惠 佳蓉 靜宜 婉婷 思妤 品妤 筱涵 玉婷 慧玲 鈺婷 佩君 麗君 秀英 曉雯 芷瑄 婷婷 子晴"
    " 若涵 瑞珍 雅玲 明珠"
)
TAIWAN_MEN_PARTS: Final = (
    "志家俊建冠承柏宗文信明彥宇哲正國勝啟政威育",
    "豪傑宏宇翰雄偉廷翔瑋銘賢彬志華憲誠凱維昌",
)
TAIWAN_WOMEN_PARTS: Final = (
    "雅怡淑美佳郁詩宜欣佩心惠麗秀靜婉思品玉慧鈺",
    "婷君芬玲穎惠雯涵萱蓁怡珊華娟琴蓉宜妤文瑄",
)
ENGLISH_MEN: Final = words(
    "James Robert John Michael David William Richard Joseph Thomas Christopher Charles Daniel"
    " Matthew Anthony Mark Steven Andrew Paul Joshua Kenneth Kevin Brian Timothy Ronald Jason"
    " George Edward Jeffrey Ryan Jacob Nicholas Gary Eric Jonathan Stephen Larry Justin Scott"
    " Brandon Benjamin Samuel Gregory Alexander Patrick Frank Jack Dennis Henry Nathan Peter Adam"
    " Aaron Alan Carl Ethan Simon Oliver Leo Martin Victor"
)
ENGLISH_WOMEN: Final = words(
    "Mary Patricia Jennifer Linda Elizabeth Barbara Susan Jessica Karen Sarah Lisa Nancy Sandra"
    " Ashley Emily Kimberly Margaret Donna Michelle Carol Amanda Melissa Deborah Stephanie"
    " Rebecca Sharon Laura Cynthia Amy Kathleen Angela Anna Pamela Emma Nicole Helen Samantha"
    " Katherine Christine Rachel Carolyn Janet Maria Olivia Heather Diane Julie Joyce Victoria"
    " Kelly Grace Ivy Abigail Alice Hannah Sophia Zoe Clara Ruth Irene"
)
ENGLISH_BESIDE_CHINESE: Final = words(
    "Jessica Kevin Vivian Jason Amy Eric Cindy Jack Emily Tony Grace Ivy Leo Wendy Alan Peggy Sam"
    " Tina Andy Joyce"
)

# The beginnings and the endings of firms' names, simplified and traditional in the same order.
BRAND_FIRST: Final = (
    "华恒瑞鑫宏泰盛天金德嘉永信新博东海安康佳明亿智云创汇启凯诚同万百丰润顺兴联星远正立优",
    "華恆瑞鑫宏泰盛天金德嘉永信新博東海安康佳明億智雲創匯啟凱誠同萬百豐潤順興聯星遠正立優",
)
BRAND_LAST: Final = (
    "达泰源丰盛信通成和昌隆润康瑞元创腾升邦德宇辉美诚林祥华博联捷远安恒泽锦悦",
    "達泰源豐盛信通成和昌隆潤康瑞元創騰升邦德宇輝美誠林祥華博聯捷遠安恆澤錦悅",
)
KNOWN_BRANDS: Final = frozenset(
    words(
        "万达 万通 万科 联通 顺丰 德邦 华润 华联 华泰 华安 海信 海通 海联 新华 新东 恒安 恒瑞"
        " 恒丰 恒源 永辉 安信 安邦 天通 天元 百联 同和 同泰 云创 金德 金辉 康美 康泰 国泰 中通"
        " 中信 正泰 正邦 正源 远东 信和 东华 东方 东风 华创 盛泰 瑞丰 泰康 泰德 凯德 智联 智邦"
        " 兴华 星美 立邦 立信 佳通 佳美 优信 宏达 鑫源 创维 万华 万和 万丰 万信 德信 德华 嘉德"
        " 博远 华信"
    )
)
"""Names of well-known firms that the parts would make; samples are nobody in particular."""
ENGLISH_BRANDS: Final = words(
    "Northwind Harbor Blue%Ridge Evergreen Cedar Summit Lakeside Redwood Pioneer Maple Silverline"
    " Granite Horizon Beacon Copper%Creek Stonebridge Willow Falcon Ironwood Bayview Oakfield"
    " Crescent Juniper Sterling Westbrook Highland Riverbend Orchard Keystone Alder Amber%Hill"
    " Aspen Meridian Prairie Windmill Foxglove Tidewater Larkspur Brightwater Union"
)
