"""Where a Chinese surname ends."""

from typing import Final

from app.domain.script import is_han, simplify

_DOUBLE: Final = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 "
    "濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 令狐 百里 呼延"
)
DOUBLE_SURNAMES: Final = frozenset(_DOUBLE.split())
"""Surnames of two characters, simplified."""
# Facts: the surnames that more than nine in ten Chinese have, simplified.
SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程"
    "苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝"
    "龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左"
    "柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉蓝游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
    "牟艾尤阳穆农卓古吉缪简项芦褚娄窦戚岑景费卜晏席卫柏宗瞿桂佟应臧闵苟邬边"
    "卞姬栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查苑迟邝"
)


def parted(name: str) -> tuple[str, str]:
    """Surname and given name of a name of Chinese characters, in the characters it is written in.

    A name of other signs, or of more than four, has no surname that is known: ("", name).
    """
    if not 1 <= len(name) <= 4 or not all(is_han(sign) for sign in name):
        return "", name
    length = 2 if simplify(name[:2]) in DOUBLE_SURNAMES else 1
    return name[:length], name[length:]
