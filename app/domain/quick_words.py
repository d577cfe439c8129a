"""The words of a quick log line: channels, ratings, minutes, moods, steps (folded text).

What has been understood before stands in the text as marks, one per character, so that the
patterns can say "followed by a person": PERSON, DATE (PAST for one that is over), and VALUE for
ratings and minutes. REPEAT stands for what has been read of a repetition.
"""

import re
from typing import Final

from app.domain.interactions import Channel, Direction, Step
from app.domain.numerals import CHINESE

PERSON: Final = "\ue000"
DATE: Final = "\ue001"
VALUE: Final = "\ue002"
PAST: Final = "\ue003"
REPEAT: Final = "\ue004"

_P: Final = rf"{PERSON}+"
_HEAD: Final = (
    rf"(?:^|(?<=[\s,;:.。、!?(+{PERSON}{VALUE}{PAST}])"
    r"|(?<=[上下]午)|(?<=早上))(?:刚刚?|刚才|又|去)?"
)
_STOP: Final = rf"$|[,;:.。、!?){PERSON}{DATE}{VALUE}{PAST}(-]"
# What a noun may be followed by to be the channel: 电话问价格, but not 电话号码, 电话改了.
_TOLD: Final = (
    r"问|说|谈|聊|告诉|告知|通知|咨询|确认|沟通|催|讨论|答应|承诺|反映|表示|不高兴"
    r"|生气|抱怨|发火|很|收到(?!的)|已[回发收复]|没人接|无人接|未接|没接|不接"
    r"|打不通|没打通|未通|占线|关机|询|报价|投诉|下单|订货|想|希望|感谢|道歉|约|提醒"
    r"|跟进|介绍|推荐|对账|回复|要货|要求|要报价|满意"
)
_NOT_CHANGED: Final = (
    r"(?!\s*(?:[:]?\s?[0-9+]{5}|改|换|变|停机|空号|错|是|为|坏|打不开|没有|号|费|线))"
)
_NOUN: Final = rf"{_NOT_CHANGED}(?=\s*(?:{_STOP}|{_TOLD})|\s)"
_IN_CHAT: Final = r"(?:[上里中](?=[问说谈聊告咨确沟催答反表询\s,\ue000]))?"
_WORD: Final = (
    rf"(?=\s?(?:{_STOP})|(?:\s|\s?(?:-|–)\s)(?:asked|asks|asking|wants|wanted|said|says|told"
    r"|about|re|needs|needed|confirmed|complain\w*|complaint|no answer|no reply|left|unhappy|upset"
    r"|angry|very|wished|thanked|discussed|ordered|orders|inquir\w+|enquir\w+|promised|promises"
    r"|agreed|happy|satisfied|rating|rated|regarding|concerning|he|she|they|him|her"
    r"|them|customer|client|short|long|quick|spoke"
    r"|talked|not|will|remind|follow|quote|price)(?!\w))"
)
_TO: Final = rf"(?: (?:with|w/) ?(?:the )?(?={PERSON})|(?= ?{PERSON})|{_WORD})"

IN: Final = Direction.IN
OUT: Final = Direction.OUT

_CHINESE: Final[tuple[tuple[Channel, Direction | None, str], ...]] = (
    (
        Channel.PHONE,
        IN,
        (
            r"(?:客户|对方)?(?:打来(?:了|的)?电话|打(?:了)?电话(?:过)?来|来电(?:话)?(?!显示"
            r"|费|铃|提醒|压|流|源|阻|脑|机|子))"
        ),
    ),
    (
        Channel.PHONE,
        IN,
        rf"接(?:到|了|听)*(?:客户)?(?:来电|电话)|接(?:到|了){_P}的?(?:来电|电话)|呼入|电话呼入",
    ),
    (
        Channel.PHONE,
        OUT,
        (
            r"(?:去电|致电|呼出|电话呼出|拨打电话|打(?:了|过)?(?:个|一个|通"
            r"|一通)?电话)(?:给)?(?!费|线|号|不通)"
        ),
    ),
    (Channel.PHONE, OUT, rf"(?:打给|回电给?|拨给)\s?(?={PERSON})"),
    (
        Channel.PHONE,
        OUT,
        rf"电话(?:回访|拜访|联系|联络|沟通|通知|跟进|访问)?(?:了|给)?\s?(?={PERSON})",
    ),
    (Channel.PHONE, OUT, r"电话(?:回访|拜访|联系|联络|通知|跟进)(?:了)?(?!率|制|系统|表|记录)"),
    (
        Channel.PHONE,
        None,
        rf"(?:通(?:了|过)?(?:个)?电话|通话|电话沟通){_NOUN}|电话{_IN_CHAT}{_NOUN}",
    ),
    (Channel.WECHAT, OUT, r"(?:发|回)(?:了)?微信(?:给)?(?![群号])"),
    (
        Channel.WECHAT,
        IN,
        rf"(?:来|收到)(?:了)?(?:客户|{_P}的?)?微信(?![群号])|微信来(?=[\s,:问])",
    ),
    (Channel.WECHAT, None, rf"微信(?:沟通|聊天|联系|聊|语音|视频)?(?:了)?{_IN_CHAT}{_NOUN}"),
    (Channel.EMAIL, IN, rf"(?:来|收到)(?:了)?(?:客户|{_P})?(?:的)?(?:邮件|电邮|电子邮件)"),
    (
        Channel.EMAIL,
        OUT,
        r"(?:发|回|写)(?:了)?(?:封)?(?:邮件|电邮|电子邮件)(?:给)?(?!群|列表|地址)",
    ),
    (Channel.EMAIL, OUT, rf"(?:邮件|电邮|电子邮件)(?:给)?\s?(?={PERSON})"),
    (Channel.EMAIL, None, rf"(?:邮件|电邮|电子邮件){_IN_CHAT}{_NOUN}"),
    (Channel.VISIT, IN, r"(?:客户)?(?:来访|到访|来厂|来公司|来我司)(?!者|人员|登记|路)"),
    (Channel.VISIT, OUT, rf"(?:上门)?(?:拜访|走访|登门拜访|登门|回访|面访)(?:了)?\s?(?={PERSON})"),
    (
        Channel.VISIT,
        OUT,
        (
            rf"(?:上门)?(?:拜访|走访|登门)(?:了)?(?:客户)?{_NOUN}|上门拜访(?:了)?|上门(?=\s"
            rf"|[,;:.。]|{PERSON})"
        ),
    ),
    (Channel.VISIT, None, rf"(?:面谈|见面)(?:了)?{_NOUN}"),
    (
        Channel.LETTER,
        IN,
        rf"来信(?![息号誉用任心])|收到(?:了)?(?:客户|{_P})?(?:的)?(?:来)?信(?:函|件)?(?=[\s,;:]|$)",
    ),
    (Channel.LETTER, OUT, r"(?:去信|寄信|写信|发函|寄(?:了)?信函)(?:给)?(?![息号誉用任心])"),
    (Channel.LETTER, None, rf"(?:信函|书信){_NOUN}"),
    (
        Channel.WEB,
        IN,
        (
            r"(?:网站|官网|网页|网上|在线|线上|网店)(?:留言|咨询|询盘|询价|表单|客服)(?!系统"
            r"|功能|页面|人员|员)"
        ),
    ),
    (Channel.COUNTER, IN, r"(?:客户)?(?:到店|来店|进店)(?!铺|率|面|庆|员|时间)|门店接待|柜台接待"),
    (
        Channel.COUNTER,
        None,
        rf"(?:柜台|门店|前台){_IN_CHAT}(?=\s*(?:{_STOP}|{_TOLD})|\s){_NOT_CHANGED}(?!\s*[换装招])",
    ),
)
# Plain enough to be said anywhere in the line.
_ANYWHERE: Final[tuple[tuple[Channel, Direction | None, str], ...]] = (
    (Channel.PHONE, OUT, rf"(?:给|跟|向){_P}(?:打|拨)(?:了|过)?(?:个|一个|通|一通)?电话"),
    (Channel.PHONE, None, rf"(?:和|跟|与){_P}通(?:完|了|过)*(?:个)?电话(?:了)?"),
    (Channel.PHONE, IN, rf"(?<={PERSON})(?:回电|回了电话)(?!话)"),
    (Channel.WECHAT, OUT, rf"(?:给|跟){_P}发(?:了)?(?:个|条)?微信(?![群号])"),
    (Channel.WECHAT, None, rf"(?:和|跟|与){_P}微信"),
)
_ENGLISH: Final[tuple[tuple[Channel, Direction | None, str], ...]] = (
    (
        Channel.PHONE,
        IN,
        (
            rf"(?:(?:phone |incoming )?call (?:in )?from|phone in from|incoming call"
            rf"|call in\b|phone in\b)(?: ?(?={PERSON})|{_WORD})"
        ),
    ),
    (
        Channel.PHONE,
        OUT,
        (
            rf"(?:(?:outgoing |phone )?call(?:ed)?(?: out)? to|called up|called back|called"
            rf"|rang up|rang|phoned|telephoned|outgoing call|call out)(?: ?(?={PERSON})"
            rf"|{_WORD})"
        ),
    ),
    (Channel.PHONE, OUT, rf"(?:call|phone|ring|tel)(?: ?(?={PERSON}))"),
    (
        Channel.PHONE,
        None,
        rf"(?:(?:phone )?call|phone|tel|telephone)(?: (?:with|w/) ?(?={PERSON})|{_WORD})",
    ),
    (
        Channel.VISIT,
        OUT,
        rf"(?:visited|visit(?: to| at)?|dropped (?:in on|by)|called on)(?: ?(?={PERSON})|{_WORD})",
    ),
    (Channel.VISIT, IN, rf"visit (?:from|by) (?={PERSON})"),
    (Channel.VISIT, None, rf"(?:met(?: with)?|meeting with|saw) ?(?={PERSON})"),
    (
        Channel.EMAIL,
        IN,
        (
            rf"(?:e-?mail (?:in )?from|incoming e-?mail(?: from)?|e-?mail in(?: from)?"
            rf"|mail from)(?: ?(?={PERSON})|{_WORD})"
        ),
    ),
    (
        Channel.EMAIL,
        OUT,
        rf"(?:e-?mail(?:ed)?(?: out)?(?: to)?)(?: ?(?={PERSON}))|(?:e-?mailed|e-?mail out){_WORD}",
    ),
    (Channel.EMAIL, None, rf"e-?mail{_TO}"),
    (Channel.WECHAT, IN, rf"wechat (?:in )?from ?(?={PERSON})"),
    (Channel.WECHAT, OUT, rf"(?:wechat to|wechatted) ?(?={PERSON})"),
    (Channel.WECHAT, None, rf"wechat{_TO}"),
    (Channel.LETTER, IN, rf"letter (?:in )?from(?: ?(?={PERSON})|{_WORD})|letter in\b"),
    (Channel.LETTER, OUT, rf"letter (?:out )?to ?(?={PERSON})|letter out\b"),
    (Channel.LETTER, None, rf"letter{_WORD}"),
    (
        Channel.WEB,
        IN,
        (
            r"(?:web(?:site)? (?:form|chat|inquiry|enquiry|message)|online (?:inquiry"
            r"|enquiry|chat))\b(?!s? (?:is|was|broken|down|does|page|tool))"
        ),
    ),
    (Channel.WEB, IN, rf"web(?=\s?(?:{_STOP}))"),
    (
        Channel.COUNTER,
        IN,
        (
            r"(?:walk-in|(?:customer |client )?(?:walked|came) in(?:to the (?:shop|store))?"
            r"|at the counter)\b(?!\s(?:late|second|first|through))"
        ),
    ),
    (Channel.COUNTER, IN, rf"counter(?=\s?(?:{_STOP}))"),
)
# "Grace called", "Tom emailed: …": the customer began
_AFTER_PERSON: Final[tuple[tuple[Channel, str], ...]] = (
    (Channel.PHONE, r" (?:called(?: in| us| back)?|phoned|rang)(?! off| it)\b"),
    (Channel.EMAIL, r" (?:e-?mailed|sent an e-?mail)\b"),
    (Channel.LETTER, r" (?:wrote a letter|sent a letter)\b"),
    (Channel.VISIT, r" (?:visited us|came by|dropped by|dropped in)\b"),
    (Channel.COUNTER, r" (?:came in|walked in)\b"),
)

_ENGLISH_HEAD: Final = (
    rf"(?:^|(?<=[,;:.!?{VALUE}] )|(?<=[{VALUE}] ))(?:had |received |got |sent )?(?:an? )?"
    r"(?:quick |short |long |brief )?"
)
CHANNELS: Final = (
    *((kind, way, re.compile(words)) for kind, way, words in _ANYWHERE),
    *((kind, way, re.compile(_HEAD + f"(?:{words})")) for kind, way, words in _CHINESE),
    *((kind, way, re.compile(_ENGLISH_HEAD + f"(?:{words})")) for kind, way, words in _ENGLISH),
    *((kind, IN, re.compile(rf"(?<={PERSON})(?:{words})")) for kind, words in _AFTER_PERSON),
)
"""Channel, who began (None: not said), and how it is said."""

_RATE: Final = r"[1-5]"
_NO_MORE: Final = r"(?![0-9.]*[0-9]|\s?[%个块片件箱元万千吨台套张只瓶包盒度次天月日号点折成倍])"
RATING: Final = re.compile(
    rf"(?<![不无很较太])(?:满意(?:度)?|评分|打分|评价)\s?[:=为是给]?\s?({_RATE}"
    rf"|[一二三四五])(?:\s?/\s?5(?![0-9])|\s?分(?![钟之店公])"
    rf"|\s?星(?![期级]))?{_NO_MORE}"
    rf"|(?:打|评|给)(?:了|我们|个|出)*({_RATE}|[一二三四五])(?:分(?![钟之店公])"
    rf"|星(?![期级座河]))(?:好评)?"
    rf"|(?<![0-9.点:\-/第扣加减少多差半{CHINESE}])({_RATE}|[一二三四五])(?:分|星)"
    rf"(?:好评|满意|(?=吧|啊|$|[\s,;:.。、!?){PERSON}{DATE}{PAST}]))"
    rf"|(?<!\w)(?:satisfaction|rating|rated|rates us|score|scored)(?: us| is"
    rf"| of)?\s?[:=]?\s?({_RATE})(?: ?/ ?5| out of 5| stars?)?(?![\w%/:-]"
    rf"|\.[0-9])(?! (?:boxes|pieces|times|of))"
    rf"|(?<![\w./-])({_RATE}) ?(?:/ ?5(?![0-9/]|\s?(?:日|号|前|之前|以前|inch|寸|mm))"
    rf"|out of 5(?!\w|\s\w+s\b)|stars?(?! hotel| rated))(?:\s?满意(?!度))?(?![\w%]|\.[0-9])"
    r"(?! (?:boxes|pieces|pallets|units|items|tiles|cartons|samples|pcs|inch|orders|of"
    r"|per|each|quality)(?!\w))"
    r"|(?<![★☆])(★{1,5})☆{0,4}(?![★☆])"
)
_ON: Final = r"(?:on|by|before|since|from|until|page|of|item|no\.?|size)"
NOT_RATING_BEFORE: Final = re.compile(
    rf"(?<!\w){_ON} $|不足 ?$|[第占满]\s?$|大约$|降[到至]?$|需要?$|要$"
)
_FIGURE: Final = rf"(?:[0-9]{{1,3}}(?:\.5)?|[{CHINESE}]{{1,3}})"
MINUTES: Final = re.compile(
    rf"(?:(?:大?约|大概|共|用时|时长|通了|聊了|谈了|沟通了|聊"
    rf"|谈)\s?)?(?<![0-9第近每前.:\-~{CHINESE}])(?:({_FIGURE})\s?个?(半)?\s?(?:小时"
    rf"|钟头)(?:\s?({_FIGURE})\s?分钟?)?"
    rf"|({_FIGURE})\s?(分钟|刻钟)|(半)\s?个?(?:小时|钟头))"
    r"|(?:(?:talked|spoke|chatted|lasted)\s)?(?:(?:for|about|approx\.?|~)\s?)?(?<![\w.:/-])"
    r"(?:([0-9]{1,3}(?:\.5)?) ?(minutes?|mins?|hours?|hrs?|h)(?: ?([0-9]{1,2}) ?(?:m"
    r"|mins?|minutes?))?|(half an hour)|(an hour)(?: (and a half))?)(?![\w'’])"
)
MINUTES_SAID: Final = re.compile(r"(?:约|概|共|用时|时长|了|聊|谈|talked|spoke|chatted)")
NOT_MINUTES_BEFORE: Final = re.compile(
    r"(?:迟到|晚到|晚了|迟了|等了?|等待|每隔?|提前|提早|推迟|延迟|延误|耽误|耽搁"
    r"|车程|路程|停机|加热|超过|不到|只要|需要?|要|前|再|停|每次|限时)\s?$"
    r"|(?<!\w)(?:every|by|in|takes?|took|late|waited|waits?|within|after|before|than"
    r"|only|least|most|needs?|need|of|per|"
    r"each|a|another|the|to|delayed|lasts|runs|next|first|last|for|stopped|down|heats|and|or) $"
)
NOT_MINUTES_AFTER: Final = re.compile(
    r"\s?(?:之|以)?(?:后|内|前|车程|路程|左右的|的|一次|一班|到|就|才|没|里|不|够|太)"
    r"| ?(?:late\w*|delay\w*|away|drive|walk|ago|before|after|earl\w+|behind|per"
    r"|each|from|wait\w*|too|is|was|into|of|"
    r"and|to|notice|break|ride)\b|-"
)

UNHAPPY: Final = re.compile(
    r"不高兴|不开心|生气(?!勃|盎)|抱怨|不满意"
    r"|不满(?![0-9足一二两三四五六七八九十半载员])|发火|恼火|愤怒|很火大|火大|发脾气"
    r"|有情绪|不爽|气愤"
    r"|(?<!\w)(?:unhappy|not (?:very |at all )?happy|angry|angrily|upset|furious"
    r"|annoyed|complain(?:s|ed|ing)?"
    r"|dissatisfied|frustrated)(?!\w)(?! birds)"
)
NOT_UNHAPPY_BEFORE: Final = re.compile(
    r"(?:不再?|没有?|别|毫无|并没有?|无|未|从不|从没|免得|以免|怕他?她?|担心|避免"
    r"|如果|要是|会不会|是否|是不是|有没有)(?:客户|觉得|感到|说|他|她)?(?:很|太"
    r"|什么)?$"
    r"|(?<!\w)(?:not|no longer|never|didn['’]t|don['’]t|doesn['’]t|did not|isn['’]t"
    r"|wasn['’]t|without|if|less|avoid|nor)"
    r"(?: (?:so|very|too|at all|he is|she is|they are|they get|getting|be|get|really|any more))? $"
)

_STEP_WORDS: Final = {
    "观察": Step.OBSERVE, "观望": Step.OBSERVE, "兴趣": Step.INTEREST, "感兴趣": Step.INTEREST,
    "比较": Step.COMPARE, "对比": Step.COMPARE, "信任": Step.TRUST, "行动": Step.ACT,
    "observe": Step.OBSERVE, "observing": Step.OBSERVE, "interest": Step.INTEREST,
    "interested": Step.INTEREST, "compare": Step.COMPARE, "comparing": Step.COMPARE,
    "trust": Step.TRUST, "trusting": Step.TRUST, "act": Step.ACT, "acting": Step.ACT,
}  # fmt: skip
_STEPS: Final = "|".join(sorted(_STEP_WORDS, key=len, reverse=True))
STEP: Final = re.compile(
    rf"(?:购买)?(?:步骤|阶段)\s?[:=为是到]?\s?({_STEPS})(?!性)|(?:进入|处于"
    rf"|在)?({_STEPS})(?:阶段|期(?!货|间|望))"
    rf"|(?<!\w)(?:purchase )?(?:step|stage)\s?[:=]?\s?({_STEPS})(?!\w)"
    rf"|(?<!\w)({_STEPS}) (?:step|stage)(?!\w)"
)


def step(found: re.Match[str]) -> Step:
    """The step that a match of STEP says."""
    return _STEP_WORDS[next(word for word in found.groups() if word)]
