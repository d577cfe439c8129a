"""What columns are called, in English and Chinese, in simplified and traditional script.

Each slot is a field of a customer, a part that is put together or chosen from (`mapping` says
how), or "other": knowing those helps to find the header. The clearest words of a slot come first.
Only our own export calls a column the Shuke id; what other programs call an id is the customer's
code, and never taken for the number of one of our records. `phone` is the one people answer.

In a file whose rows are interactions many titles mean something else: 日期 is when it was, 备注
what was said, 负责人 who of us it was. These come first there.
"""

import re
import unicodedata
from typing import Final

OTHER: Final = "other"  # known as a title, and not imported
DETAIL: Final = "detail"  # what an address book says of people: a line of the notes each
OURS: Final = "Shuke: "  # so begin titles of columns that we add and that are never imported

_WORDS: Final = """
id:
  shuke id | 熟客编号 | 熟客編號 | 熟客id
code:
  code | id | customer id | client id | 客户id | 客戶id | customer code | customer no |
  customer number | account number | client code | no | number | 编号 | 編號 |
  客户编号 | 客戶編號 | 客户编码 | 客戶編碼 | 客户代码 | 客戶代碼 | 客户号 | 会员号 |
  會員號 | 会员编号 | 卡号 | 卡號 | 编码 | 編碼 | 代码 | 代碼
kind:
  kind | type | customer type | client type | account type | 类型 | 類型 | 客户类型 |
  客戶類型 | 客户类别 | 客戶類別 | 客户性质 | 客戶性質
customer:
  customer | customer name | client | client name | account | account name | 客户 |
  客戶 | 客户名称 | 客戶名稱 | 客户姓名 | 客戶姓名 | 客户名 | 客戶名 | 顾客 | 顧客 |
  顾客姓名 | 顧客姓名 | 会员 | 會員 | 会员姓名 | 會員姓名 | 买家 | 買家 | 名称 | 名稱 |
  客户全称 | 客戶全稱
person:
  name | full name | display name | formatted name | fullname | 姓名 | 名字 | 真实姓名 |
  真實姓名 | fn | 全名 | 中文姓名
company:
  company | company name | organization | organisation | organization name |
  organisation name | organization 1 name | firm | employer | business name | 公司 |
  公司名称 | 公司名稱 | 单位 | 單位 | 单位名称 | 單位名稱 | 企业 | 企業 | 企业名称 |
  企業名稱 | 工作单位 | 工作單位 | 所属公司 | 所屬公司 | 所在公司 | 客户公司 |
  客戶公司 | 厂商 | 廠商 | 商户名称 | 商戶名稱 | 店名 | 店铺名称 | 店鋪名稱
parent:
  parent | parent company | parent account | distributor | dealer | 上级 | 上級 |
  上级客户 | 上級客戶 | 上级公司 | 上級公司 | 母公司 | 经销商 | 經銷商 | 所属经销商 |
  所屬經銷商 | 代理商 | 公司或经销商 | 公司或經銷商 | 所属公司/经销商 |
  parent or distributor | company or distributor
given_name:
  given name | first name | firstname | forename | 名
family_name:
  family name | last name | lastname | surname | 姓 | 姓氏
middle_name:
  middle name | additional name | 中间名 | 中間名
other_names:
  other names | other name | nickname | nick name | short name | alias | alias name |
  also known as | former name | 别名 | 別名 | 昵称 | 暱稱 | 简称 | 簡稱 | 公司简称 |
  公司簡稱 | 曾用名 | 其他名称 | 其他名稱 | 英文名 | 外文名 | 客户简称 | 客戶簡稱
grade:
  grade | customer grade | rating | level | tier | customer level | 等级 | 等級 |
  客户等级 | 客戶等級 | 客户级别 | 客戶級別 | 级别 | 級別 | 会员等级 | 會員等級 | 评级 |
  評級 | 星级 | 星級
owner:
  owner | account owner | account manager | assigned to | sales | salesperson |
  sales rep | sales representative | responsible | 负责人 | 負責人 | 业务员 | 業務員 |
  销售 | 銷售 | 销售员 | 銷售員 | 销售代表 | 銷售代表 | 跟进人 | 跟進人 | 客户经理 |
  客戶經理 | 负责业务 | 負責業務 | 業務 | 所属业务员 | 归属人 | 歸屬人 | 归属 |
  经办人 | 經辦人 | 业务负责人
stage:
  stage | lifecycle stage | life cycle stage | status | customer status | lifecycle |
  阶段 | 階段 | 客户阶段 | 客戶階段 | 生命周期阶段 | 生命週期階段 | 生命周期 | 状态 |
  狀態 | 客户状态 | 客戶狀態 | 跟进状态 | 跟進狀態
source:
  source | lead source | channel | how did you hear | 来源 | 來源 | 客户来源 |
  客戶來源 | 渠道 | 获客渠道 | 獲客渠道 | 来源渠道 | 來源渠道 | 通路
referred_by:
  referred by | referrer | referral | introduced by | 介绍人 | 介紹人 | 推荐人 |
  推薦人 | 转介绍人 | 轉介紹人 | 引荐人
region:
  region | area | territory | district | province | 省份 | 地区 | 地區 | 区域 | 區域 |
  所在地 | 所在地区 | 省市 | 大区 | 片区 | 销售区域
address:
  address | full address | mailing address | postal address | home address formatted |
  address 1 formatted | 地址 | 详细地址 | 詳細地址 | 联系地址 | 聯絡地址 | 通讯地址 |
  通訊地址 | 公司地址 | 收货地址 | 收貨地址 | 住址 | 家庭地址 | 办公地址 | 辦公地址 |
  注册地址
street:
  street | street address | home address | work address | address line 1 | business street |
  home street | work street | address 1 street | other street | 街道 | 街道地址 | 街
city:
  city | town | business city | home city | work city | address 1 city | other city |
  城市 | 市 | 所在城市 | 市/县 | 县市 | 市/縣 | 市/鎮 | 城市/鎮
state:
  state | business state | home state | work state | other state | address 1 region | 省 | 州 |
  省/市/自治区 | 省/自治区 | 省/市 | 省/縣 |
  縣/市 | 縣市
postcode:
  zip | zip code | postcode | postal code | business postal code | home postal code | home zip |
  work zip | home zipcode | work zipcode | other postal code | address 1 postal code | 邮编 |
  郵編 | 邮政编码 | 郵遞區號
country:
  country | business country/region | business country | home country | home country/region |
  work country | other country | other country/region | address 1 country | 国家 | 國家 |
  国家/地区 | 國家/地區
tax_id:
  tax id | tax number | vat | vat number | vat id | tin | unified social credit code |
  tax no | 税号 | 稅號 | 纳税人识别号 | 納稅人識別號 | 统一社会信用代码 |
  統一社會信用代碼 | 信用代码 | 信用代碼 | 社会信用代码 | 统一编号 | 統一編號 | 统编 |
  統編
tags:
  tags | tag | labels | categories | groups | group membership | keywords | 标签 | 標籤 |
  类别 | 類別 | 客户标签 | 客戶標籤 | 分组 | 分組 | 群组 | 群組 |
  联系组 | 聯絡群組 | 联系人分组
notes:
  notes | note | remark | remarks | comment | comments | description | memo | 备注 |
  備註 | 备注信息 | 附注 | 说明 | 說明 | 描述 | 备忘 | 備忘 | 客户备注 | 客戶備註 |
  附註
since:
  since | customer since | created | created at | created on | date created |
  registration date | signup date | join date | 建立日期 | 创建时间 | 創建時間 |
  创建日期 | 建档日期 | 建檔日期 | 建档时间 | 登记日期 | 登記日期 | 注册日期 |
  註冊日期 | 注册时间 | 成交日期 | 首次成交日期 | 首次合作 | 首次合作日期 |
  入会日期 | 入會日期 | 开始日期 |
  開始日期 | 客户自 | 客戶自 | 合作日期 | 合作时间 | 合作時間 | 往来起始日 | 往來起始日
last_contact:
  last contact | last contacted | last contact date | last activity | last visit |
  last interaction | 最后联系 | 最後聯絡 | 最后联系时间 | 最後聯絡時間 | 最近联系 |
  最近聯絡 | 最近联系时间 | 上次联系 | 上次聯絡 | 最后跟进 | 最后跟进时间 | 最近跟进 |
  最近跟进时间 | 上次跟进时间 | 最后联系日期 | 上次联系日期 | 最近联系日期 |
  最後聯絡日期
birthday:
  birthday | birth date | date of birth | birthdate | born | dob | bday |
  生日 | 出生日期 | 生日日期 | 出生年月日 | 出生年月 | 生辰 |
  客户生日 | 客戶生日 | 会员生日 | 會員生日
contact_birthday:
  birthday of the contact | contact's birthday | contact birthday | 联系人生日 | 聯絡人生日 |
  联系人的生日 | 聯絡人的生日
contact:
  contact | contact name | contact person | primary contact | main contact | 联系人 |
  聯絡人 | 联系人姓名 | 聯絡人姓名 | 主要联系人 | 主要聯絡人 | 对接人 | 對接人 |
  連絡人 | 联络人
contact_position:
  position | job title | contact position | contact title | role | occupation |
  organization title | organization 1 title | 职务 | 職務 | 职位 | 職位 | 岗位 | 崗位 |
  联系人职务 | 聯絡人職務 | 联系人职位 | 职称 | 職稱
wechat:
  wechat | wechat id | weixin | 微信 | 微信号 | 微信號 | 微信id | 微信账号 | wechat no
website:
  website | web site | homepage | home page | url | web | web page | business web page |
  personal web page | web page 1 | web page 2 | website home page | website work |
  website 1 value | 网站 | 網站 | 网址 | 網址 | 官网 | 官網 | 主页 | 主頁 | 网页 | 網頁 | 公司网站 |
  website blog | website other | website profile
email:
  email | e-mail | mail | email address | e-mail address | primary email |
  电子邮件地址 | 電子郵件地址 | 邮件地址 | 郵件地址 | email work |
  email home | work email | personal email | business email | e-mail 1 value |
  email 1 value | 邮箱 | 郵箱 | 电子邮箱 | 電子郵箱 | 电子邮件 | 電子郵件 | 邮件 |
  郵件 | 邮箱地址 | email地址 | 电邮 | 電郵 | 信箱 | 电子信箱
email2:
  email 2 | email2 | second e-mail | second email | email other | other email |
  secondary email | e-mail 2 address | email 2 address | e-mail 2 value | e-mail 3 address |
  e-mail 3 value | 邮箱2 | 郵箱2 | 电子邮件2 | 電子郵件2 |
  备用邮箱 | 備用郵箱 | 其他邮箱 | 电子邮箱2
phone:
  mobile | mobile phone | cell | cell phone | cellphone | mobile number | home mobile |
  mobil | handphone | 手机 | 手機 | 手机号 | 手機號 | 手机号码 | 手機號碼 | 移动电话 |
  移動電話 | 行动电话 | 行動電話 | 联系手机 | 手机1 | phone 1 value
phone2:
  phone | phone number | telephone | tel | primary phone | main phone | business phone |
  work phone | company main phone | contact phone | telephone number | phone no | contact number |
  电话 | 電話 | 电话号码 | 電話號碼 | 联系电话 | 聯絡電話 | 联系方式 | 聯絡方式 | 公司电话 |
  公司電話 | 办公电话 | 辦公電話 | 座机 | 座機 | 商务电话 | 商務電話 | 主要电话 | 主要電話 |
  单位主要电话 | 公司主线电话 | 公司代表線 | 固定电话 | 固話 | 固话 | 市話 | phone 2 value | 电话1
phone3:
  phone 2 | phone 3 | second phone | third phone | phone2 | phone3 | home phone |
  home phone 2 | business phone 2 |
  other phone | car phone | radio phone | callback | home2 |
  商务电话2 | 商務電話2 | 住宅电话2 | 住家電話 | 住家電話2 | 车载电话 | 汽車電話 | 回电话 | 回電 |
  无绳电话 | 無線電話 | phone 3 value | phone 4 value | phone 5 value | 电话2 |
  電話2 | 电话3 | 電話3 | 手机2 | 手機2 | 备用电话 | 備用電話 | 其他电话 | 其他電話 |
  家庭电话 | 家庭電話 | 住宅电话 | 住宅電話 | 第二电话 |
  phone video
at:
  interaction date | interaction time | interaction at | contact date | call date |
  call time | visit date | follow-up date | follow up time | 跟进时间 | 跟進時間 |
  跟进日期 | 跟進日期 | 沟通时间 | 溝通時間 | 沟通日期 | 溝通日期 | 联系时间 | 聯絡時間 |
  联系日期 | 聯絡日期 | 拜访时间 | 拜訪時間 | 拜访日期 | 拜訪日期 | 回访时间 | 回訪時間 |
  回访日期 | 回訪日期 | 通话时间 | 通話時間 | 来电时间 | 來電時間 | 互动时间 | 互動時間 |
  往来时间 | 往來時間 | 往来日期
summary:
  interaction | interaction summary | interaction notes | conversation | call notes |
  call summary | visit notes | follow-up notes | 跟进内容 | 跟進內容 | 跟进记录 | 跟進記錄 |
  跟进情况 | 跟進情況 | 沟通内容 | 溝通內容 | 沟通记录 | 溝通記錄 | 联系内容 | 联系记录 |
  聯絡記錄 | 拜访内容 | 拜訪內容 | 拜访记录 | 拜訪記錄 | 回访内容 | 回訪內容 | 回访记录 |
  回訪記錄 | 通话内容 | 通話內容 | 通话记录 | 洽谈内容 | 洽談內容 | 互动内容 | 互動內容 |
  往来记录 | 往來記錄
channel:
  interaction channel | interaction type | contact method | 跟进方式 | 跟進方式 | 沟通方式 |
  溝通方式 | 拜访方式 | 拜訪方式 | 互动方式 | 互動方式 | 回访方式 | 回訪方式
author:
  interaction by | logged by | interaction owner | called by | visited by | 记录人 |
  記錄人 | 拜访人 | 拜訪人 | 回访人 | 回訪人 | 沟通人 | 溝通人
birth_year:
  birth year | year of birth | 出生年
birth_month:
  birth month | month of birth | 出生月
birth_day:
  birth day | day of birth | 出生日
detail:
  title | prefix | suffix | name prefix | name suffix | initials | maiden name |
  phonetic first name | phonetic middle name | phonetic last name | yomi name | given name yomi |
  additional name yomi | family name yomi | company yomi | department | organization department |
  organization 1 department | organization 1 job description | gender | sex | fax | fax number |
  home fax | business fax | work fax | other fax | pager | pager number | telex | isdn |
  tty/tdd phone | anniversary | spouse | partner | children | manager's name | manager |
  assistant's name | assistant | assistant's phone | location | office location | occupation 2 |
  profession | hobby | interests | billing information | mileage | account |
  government id number | organizational id number | screen name | custom 1 | custom 2 | custom 3 |
  custom 4 | user 1 | user 2 | user 3 | user 4 | aim | icq | msn | skype | jabber | yahoo |
  skype id | msn id | qq | qq号 | qq號 | qq号码 | qq號碼 | im | instant messaging | im address |
  home address 2 | work address 2 | address 2 | 称谓 | 稱謂 | 头衔 | 頭銜 | 后缀 | 後綴 | 字尾 |
  部门 | 部門 | 科室 | 性别 | 性別 | 传真 | 傳真 | 传真号码 | 商务传真 | 商務傳真 | 住宅传真 |
  住家傳真 | 其他传真 | 其他傳真 | 寻呼机 | 呼叫器 | 电报 | 電報 | 纪念日 | 紀念日 | 配偶 | 子女 |
  家人 | 经理姓名 | 經理姓名 | 经理 | 助理姓名 | 助理 | 助理的电话 | 助理電話 | 办公地点 |
  辦公室位置 | 办公室 | 嗜好 | 爱好 | 愛好 | 兴趣 | 職業 | 职业 | 婚姻状况 | 籍贯 | 民族 |
  im aim | im icq | im jabber | im msn | im skype | im yahoo
other:
  file as | photo | event 1 label | qty | quantity | amount | price | total | date | time |
  order | product | label | value | result | review | rating score | language | priority |
  sensitivity | private | directory server | internet free busy | short name 2 | subject |
  e-mail type | e-mail display name | email type | email display name | 序号 |
  序號 | 年龄 | 年齡 | 日期 | 时间 | 時間 | 金额 | 金額 | 数量 | 數量 | 产品 | 產品 | 订单 | 訂單 |
  合计 | 合計 | 单价 | 單價 | 行业 | 行業 | 身份证 | 身分證 | 敏感度 | 优先级 | 優先順序 | 私人 |
  目录服务器 | 电子邮件类型 | 電子郵件類型 | 电子邮件显示名称 | 電子郵件顯示名稱
"""

_TALK_WORDS: Final = """
at:
  date | datetime | date time | date and time | timestamp | when | date received | received |
  received at | date sent | sent | sent at | created | created at | created on |
  date created | start | start date | activity date | event date | completetimestamp |
  日期 | 日期时间 | 日期時間 | 发生时间 | 發生時間 | 发生日期 | 發生日期 | 创建时间 |
  創建時間 | 创建日期 | 建立日期 | 记录时间 | 記錄時間 | 记录日期 | 登记时间 | 登记日期 |
  登記日期 | 受理时间 | 受理日期 | 接待时间 | 接待日期 | 提交时间 | 提交日期 | 反馈时间 |
  反馈日期 | 评价时间 | 评论时间 | 留言时间 | 开始时间 | 開始時間
time:
  time | hour | start time | time of day | 时间 | 時間 | 时刻 | 時刻 | 几点
summary:
  summary | interaction | conversation | text | content | body | message | feedback | review |
  comment | comments | notes | note | details | detail | description | remarks | remark |
  issue | subject | topic | title | activity | what was said | 内容 | 內容 | 摘要 | 纪要 |
  紀要 | 详情 | 詳情 | 情况 | 情況 | 描述 | 问题描述 | 問題描述 | 问题 | 問題 | 反馈内容 |
  反饋內容 | 反馈 | 反饋 | 投诉内容 | 咨询内容 | 留言 | 留言内容 | 评价 | 評價 | 评价内容 |
  评论 | 評論 | 评论内容 | 备注 | 備註 | 说明 | 說明 | 事由 | 主题 | 主題 | 记录 | 記錄
channel:
  channel | type | method | medium | via | submitted via | activity type | how | 渠道 | 方式 |
  类型 | 類型 | 形式 | 途径 | 途徑 | 联系方式 | 聯絡方式 | 来源 | 來源 | 来源渠道 | 受理渠道
direction:
  direction | in/out | in or out | inbound/outbound | call type |
  方向 | 呼叫方向 | 呼入呼出 | 呼叫类型
minutes:
  minutes | duration | length | talk time | call duration | duration seconds |
  duration in seconds | duration minutes | duration sec | 通话秒数 |
  通話秒數 | 时长 | 時長 | 通话时长 | 通話時長 | 分钟 | 分鐘 |
  分钟数 | 用时 | 用時
author:
  author | by | user | agent | staff | employee | logged by | created by | owner |
  assigned to | sales | salesperson | sales rep | handled by | 跟进人 | 跟進人 | 负责人 |
  負責人 | 业务员 | 業務員 | 业务 | 業務 | 销售 | 銷售 | 销售员 | 客服 | 客服人员 | 员工 |
  員工 | 经手人 | 經手人 | 经办人 | 經辦人 | 创建人 | 建立者 | 操作人 | 接待人 | 受理人 |
  客户经理 | 客戶經理 | 我方人员
rating:
  rating | score | stars | satisfaction | satisfaction score | csat | 评分 | 評分 | 满意度 |
  滿意度 | 打分 | 分数 | 分數 | 星级 | 星級 | 满意度评分
unhappy:
  unhappy | sounds unhappy | 不满 | 不滿 | 听起来不高兴 | 聽起來不高興
step:
  step | purchase step | buying step | 购买步骤 | 購買步驟 | 购买阶段 | 購買階段
product:
  product | products | product interest | item | 产品 | 產品 | 商品 | 意向产品 | 意向產品 |
  品名 | 关注产品 | 關注產品
"""

_FORGET: Final = re.compile(r"[\s_\-.:：*#'’]+|[(（【\[].*?[)）】\]]")
_COUNT: Final = re.compile(r"\s*\((\d+)\)$")
_KINDS: Final = {"电子邮件": "email", "電子郵件": "email"}
_NUMBERED: Final = re.compile(
    "(phone|email|website|im|relation|event|customfield|jot|address|organization|externalid"
    "|hobby|language|calendarlink|电子邮件|電子郵件)([1-9][0-9]?)(.+)"
)
_TELLING: Final = frozenset(
    {"value", "address", "formatted", "name", "title", "department", "地址"}
)
_PLACE: Final = re.compile(
    "(business|home|work|other|商务|商務|住宅|住家|其他|其它|家庭|工作|公司|单位)(?:地址)?(.+)"
)
_SECOND_LINE: Final = re.compile("(?:street|街道?|address)[23]|(?:address)?pobox|郵政信箱|邮政信箱")
_PARTS_OF_ADDRESS: Final = frozenset({"country", "state", "city", "street", "postcode"})


def plain(title: str) -> str:
    """A column's title without width, case, spaces, stars and what stands in brackets."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return _FORGET.sub("", folded) or folded.strip()


def _slots(listed: str) -> dict[str, tuple[str, int]]:
    slots: dict[str, tuple[str, int]] = {}
    for entry in re.split(r"\n(?=\w)", listed.strip()):
        slot, _, words = entry.partition(":\n")
        for rank, word in enumerate(words.split("|")):
            slots.setdefault(plain(word), (slot, rank))
    return slots


_SLOTS: Final = _slots(_WORDS)
_TALK_SLOTS: Final = _SLOTS | _slots(_TALK_WORDS)


def is_ours(title: str) -> bool:
    """Whether we wrote the column beside those of the user, to say something about the row."""
    return title.casefold().startswith(OURS.casefold())


def is_known(title: str) -> bool:
    """Whether columns of customers are called that."""
    return slot_of(title) is not None


def is_title(title: str) -> bool:
    """Whether columns of customers or of interactions are called that."""
    return is_known(title) or talk_slot_of(title) is not None


def slot_of(title: str) -> tuple[str, int] | None:
    """What a column of that title is for and how sure (0 is best); None for an unknown title."""
    if is_ours(title):
        return OTHER, 0
    bare = plain(_COUNT.sub("", title))
    return _SLOTS.get(bare) or _numbered(bare) or _of_address(bare)


def talk_slot_of(title: str) -> tuple[str, int] | None:
    """As `slot_of`, in a file whose rows are interactions."""
    bare = plain(_COUNT.sub("", title))
    return _TALK_SLOTS.get(bare) or slot_of(title)


def _numbered(bare: str) -> tuple[str, int] | None:
    """Columns that address books count: Phone 4 - Value, E-mail 3 Address, 电子邮件 2 地址."""
    found = _NUMBERED.fullmatch(bare)
    if found is None:
        return None
    kind, number, what = _KINDS.get(found[1], found[1]), int(found[2]), found[3]
    if what not in _TELLING:
        return OTHER, number
    if kind in ("phone", "email"):
        last = 3 if kind == "phone" else 2
        place = min(number, last)
        return (kind if place == 1 else f"{kind}{place}"), number
    return ("website" if kind == "website" else DETAIL), number


def _of_address(bare: str) -> tuple[str, int] | None:
    """商务地址 街道 and its like; the second line of a street is a detail."""
    found = _PLACE.fullmatch(bare)
    if found is None:
        return None
    if _SECOND_LINE.fullmatch(found[2]):
        return DETAIL, 0
    slot = _SLOTS.get(found[2])
    return slot if slot is not None and slot[0] in _PARTS_OF_ADDRESS else None
