"""Which part of a mail is new, and which is the history that mail programs put below an answer."""

import re
from typing import Final

_MOST_WRAPPED: Final = 4  # lines over which "On … wrote:" may run
_LONGEST_LEAD: Final = 400

# ----- Original Message -----, ---------- 原始邮件 ----------
_RULED: Final = re.compile(
    r"[\s*]*[-_—=－]{2,}\s*"
    r"(?:Original(?: Message| Mail| Appointment)?|Forwarded message|Forwarded by .{1,80}"
    r"|Replied Message|(?:回复的|回覆的)?原始?(?:邮件|郵件|信件)(?:信息|內容)?"
    r"|(?:转发|轉寄|轉發)的?(?:邮件|郵件)(?:信息)?"
    r"|Ursprüngliche Nachricht|Message d'origine|Mensaje original)"
    r"\s*[-_—=－]{2,}[\s*]*",
    re.I,
)
_FROM: Final = re.compile(
    r"[\s*|>]*(?:From|发件人|發件人|寄件者|寄件人|De|Von|差出人)[\s*|]*[:：|].*", re.I
)
_NEXT: Final = re.compile(
    r"[\s*|>]*(?:Sent|Date|To|Cc|Subject|Reply-To|发送时间|發送時間|传送时间|傳送時間|发送日期|寄件日期|日期|时间|時間"
    r"|收件人|收件者|抄送|副本|主题|主題|主旨|Gesendet|An|Betreff|Envoyé|À|Objet|Enviado|Para|Asunto)[\s*|]*[:：|].*",
    re.I,
)
_WROTE: Final = re.compile(
    r"\s*(?:(?:On|At|Am|Le|El)\b.*\b(?:wrote|schrieb.*|a écrit|escribió)"
    r"|.*(?:写道|寫道|写到|寫到|撰写|撰寫))\s*[:：]\s*",
    re.I | re.S,
)
_OPENS: Final = re.compile(r"\s*(?:On|At|Am|Le|El|在|于|於)\b|.*[0-9]{1,4}\s*[年/.-]|.*[@＠]", re.I)
_QUOTED: Final = re.compile(r"\s*[>＞]")
_RULE: Final = re.compile(r"[\s*]*[-_—=－]{3,}[\s*]*")


def fresh(text: str) -> str:
    """The newest part of a mail's text, without the history quoted in it.

    Answers written between quoted lines stay. Where nothing but history is there (a mail passed
    on without a word), the whole text is the newest part: it is never empty unless the text is.
    """
    lines = text.split("\n")
    kept: list[str] = []
    place = 0
    while place < len(lines):
        if _QUOTED.match(lines[place]):
            place += 1
            continue
        lead = _lead(lines, place)
        if lead:
            following = _next_filled(lines, place + lead)
            if following < len(lines) and not _QUOTED.match(lines[following]):
                break  # the history is not marked line by line: it goes on to the end
            place = following
            continue
        if _begins_history(lines, place):
            break
        kept.append(lines[place])
        place += 1
    return _trimmed(kept) or text.strip()


def _lead(lines: list[str], place: int) -> int:
    """How many lines "On …, somebody wrote:" takes here; 0 if it does not stand here."""
    if not lines[place].strip() or not _OPENS.match(lines[place][:_LONGEST_LEAD]):
        return 0
    for count in range(1, _MOST_WRAPPED + 1):
        part = lines[place : place + count]
        if count > 1 and not part[-1].strip():
            return 0
        joined = "\n".join(part)
        if len(joined) > _LONGEST_LEAD:
            return 0
        if _WROTE.fullmatch(joined):
            return count if re.search(r"[0-9@＠]", joined) else 0
    return 0


def _begins_history(lines: list[str], place: int) -> bool:
    line = lines[place][:_LONGEST_LEAD]
    if _RULED.fullmatch(line):
        return True
    if not _FROM.fullmatch(line):
        return False
    heads = [head[:_LONGEST_LEAD] for head in lines[place + 1 : place + 7] if head.strip()][:3]
    return sum(_NEXT.fullmatch(head) is not None for head in heads) >= 2


def _next_filled(lines: list[str], place: int) -> int:
    while place < len(lines) and not lines[place].strip():
        place += 1
    return place


def _trimmed(lines: list[str]) -> str:
    """Without blank lines and rules at the end, and blank lines at the beginning."""
    while lines and (not lines[-1].strip() or _RULE.fullmatch(lines[-1])):
        lines.pop()
    return "\n".join(lines).strip("\n")
