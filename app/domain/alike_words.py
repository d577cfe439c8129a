"""Words in the names of firms that say where they are, what they do and what form they have.

Written from general knowledge; folded as `app.domain.script.fold` leaves them, so in simplified
characters and small letters without dots. Words stand between spaces.
"""

from typing import Final

PLACES: Final = """
中国 中华 全国 北京 天津 上海 重庆 河北 山西 内蒙古 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东
河南 湖北 湖南 广东 广西壮族 广西 海南 四川 贵州 云南 西藏 陕西 甘肃 青海 宁夏回族 宁夏 新疆维吾尔
新疆 台湾 香港 澳门 石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水 太原 大同 阳泉
长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 沈阳 大连
鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 葫芦岛 长春 四平 辽源 通化 白山 松原 白城 延边
哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 南京 无锡 徐州 常州 苏州
南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁 昆山 江阴 张家港 常熟 太仓 宜兴 丹阳 靖江 杭州 宁波 温州
嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水 义乌 慈溪 余姚 诸暨 海宁 桐乡 永康 温岭 乐清 瑞安 东阳
合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城 福州 厦门 莆田
三明 泉州 漳州 南平 龙岩 宁德 晋江 石狮 福清 南安 南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春
抚州 上饶 济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽 寿光
郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 武汉
黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施 长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德
张家界 益阳 郴州 永州 怀化 娄底 广州 深圳 珠海 汕头 韶关 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾
河源 阳江 清远 东莞 中山 潮州 揭阳 云浮 顺德 南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色
贺州 河池 来宾 崇左 海口 三亚 儋州 成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山
宜宾 广安 达州 雅安 巴中 资阳 贵阳 六盘水 遵义 安顺 毕节 铜仁 昆明 曲靖 玉溪 保山 昭通 丽江 普洱
临沧 大理 拉萨 日喀则 西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛 兰州 嘉峪关 金昌 白银 天水
武威 张掖 平凉 酒泉 庆阳 定西 陇南 西宁 银川 石嘴山 吴忠 固原 中卫 乌鲁木齐 克拉玛依 吐鲁番 哈密
喀什 台北 新北 桃园 台中 台南 高雄 基隆 新竹 嘉义 苗栗 彰化 南投 云林 屏东 宜兰 花莲 台东 澎湖
金门 浦东新 浦东 徐汇 静安 黄浦 长宁 普陀 虹口 杨浦 闵行 嘉定 松江 青浦 奉贤 宝山 崇明 海淀 朝阳
丰台 石景山 通州 昌平 大兴 顺义 南山 福田 罗湖 宝安 龙岗 龙华 天河 越秀 海珠 荔湾 白云 番禺 黄埔
花都 增城 从化 西湖 滨江 萧山 余杭 拱墅 鄞州 海曙 江宁 鼓楼 玄武 建邺 雨花台 吴中 相城 姑苏 吴江
滨湖 新吴 锡山 惠山 武侯 锦江 金牛 青羊 成华 渝北 渝中 江北 沙坪坝 九龙坡 思明 湖里 集美 海沧 蜀山
包河 瑶海 庐阳 禅城 南海 鹿城 瓯海 龙湾 滨海新 江岸 江汉 武昌 洪山 汉阳 雁塔 碑林 未央 岳麓
"""
"""Provinces, cities and well-known districts and county towns."""

LATIN_PLACES: Final = """
china prc shanghai beijing peking tianjin chongqing guangzhou shenzhen dongguan foshan zhuhai
huizhou zhongshan hangzhou ningbo wenzhou jiaxing yiwu suzhou nanjing wuxi changzhou nantong
kunshan hefei xiamen fuzhou quanzhou jinan qingdao yantai zhengzhou wuhan changsha nanchang
chengdu kunming guiyang nanning haikou xian lanzhou shenyang dalian changchun harbin guangdong
zhejiang jiangsu shandong fujian sichuan hunan hubei henan hebei anhui hk hongkong macau taiwan
taipei taichung tainan kaohsiung hsinchu usa us uk eu europe asia apac emea deutschland germany
france italia italy espana spain nederland netherlands japan korea singapore malaysia thailand
vietnam india canada australia london berlin hamburg muenchen munchen munich paris milano tokyo
osaka york chicago boston texas california
"""

TRADES: Final = """
tec:
信息技术 信息科技 网络科技 网络技术 电子科技 电子技术 智能科技 数字科技 生物科技 科技 技术 信息
资讯 网络 软件 数码 数字 智能 系统 计算机 电脑 互联网 物联网 数据 电子 电器 电气 自动化 通信 通讯
光电 半导体 微电子 科学
technology technologies tech software systems system digital network networks information data it
electronics electronic electric electrical computer computers computing labs lab laboratories
automation telecom communications semiconductor
tra:
国际贸易 进出口贸易 进出口 贸易 商贸 经贸 工贸 国贸 外贸 贸 商行 商社 百货 批发 经销部 经营部 经销
代理 供应链 商业 商务 行销 营销 销售 采购 电商 电子商务 商城 超市 便利店 零售
trading trade traders trader import imports export exports importers exporters distribution
distributors wholesale brokers supply supplies merchants commerce ecommerce retail sales store
stores shop
foo:
食品 饮食 餐饮 餐厅 饭店 酒楼 饭馆 餐馆 小吃 火锅 面馆 茶业 茶叶 茶 酒业 乳业 粮油 水产 饮料 咖啡
烘焙 农业 农产品 农牧 牧业 果业 生鲜
food foods catering restaurant cafe coffee bakery beverage beverages farm farms agriculture tea
bui:
建材 建筑 建设 装饰 装修 装潢 工程 园林 地产 房地产 置业 物业 家居 家具 门窗 陶瓷 石材 水泥 钢铁
钢材 钢构 幕墙 设计 安装
construction building builders materials engineering property properties estate design furniture
interiors decoration steel contractors architects architecture
mac:
机械 机电 精密 设备 制造 五金 模具 汽车 汽配 配件 零部件 仪器 仪表 工具 轴承 阀门 泵业 电机 重工
铸造 金属 制品
machinery machine machines equipment manufacturing hardware tools instruments instrument precision
motor motors automotive auto parts metal metals works
tex:
服饰 服装 纺织 制衣 鞋业 皮具 针织 织造 印染 布业 家纺 时装 内衣
textile textiles garment garments apparel fashion clothing shoes leather
che:
化工 化学 塑料 塑胶 橡胶 新材料 材料 涂料 环保 能源 新能源 电力 石油 燃气 矿业 包装 包装材料 印刷
纸业 造纸 玻璃
chemical chemicals plastics plastic rubber packaging printing paper energy power environmental
glass oil gas mining
med:
医疗 医药 药业 制药 医院 诊所 医疗器械 生物 生技 健康 大药房 药房 药店 美容 口腔 牙科
medical pharma pharmaceutical pharmaceuticals health healthcare clinic hospital dental biotech bio
pharmacy
log:
物流 运输 货运 货代 快递 速递 仓储 航运 航空 船务 速运
logistics transport transportation freight shipping express forwarding delivery airlines courier
cul:
文化 传媒 广告 影视 教育 培训 学校 大学 学院 中学 小学 幼儿园 出版 文具 图书 体育 娱乐 旅游 旅行社
旅行 酒店 宾馆 会展 传播 动漫
media culture advertising education school training travel tours tourism hotel hotels
entertainment publishing books film films sports
fin:
投资 金融 资产 基金 银行 保险 证券 担保 典当 财务 会计 税务 律师 法律 咨询 顾问 人力资源 管理
企业管理 代账
investment investments capital finance financial bank insurance fund consulting consultants
consultancy advisory law legal accounting management ventures partners
"""
"""What firms do, in a dozen classes: after the mark of each its words, Chinese and English."""

FORMS: Final = """
有限责任 有限 责任 股份 集团 控股 公司 总公司 分公司 子公司 企业社 企业 实业 工业 产业 发展 开发
国际 株式会社 会社 合伙 普通合伙 特殊普通合伙 个体工商户 个人独资 合作社 工作室 事务所 办事处
办公室 中心 研究院 研究所 工厂 总厂 分厂 厂 门市部 专卖店 旗舰店 总店 分店 商店 店 服务部 服务
连锁 加盟
"""
"""Words with which the part of a firm's name begins that tells little."""

LATIN_FORMS: Final = """
ltd limited llc aktiengesellschaft gesellschaft anonyme inc incorporated corp corporation co
company gmbh mbh ag kg kgaa ohg ug sa sas sarl srl spa sl bv nv oy oyj ab as aps plc llp lp pte
pty pvt private sdn bhd kk kabushiki kaisha group holding holdings the and of et und y
international intl global industrial industries industry enterprise enterprises services service
solutions solution development cooperation
"""

TITLES: Final = """
先生 女士 小姐 太太 老师 总经理 副总经理 经理 总监 董事长 董事 主任 老板 师傅 医生 律师 博士 教授
总
"""

LATIN_TITLES: Final = """
dr frau herr jr madam mba miss mr mrs ms phd prof sir sr
"""

SYLLABLES: Final = """
- ai an ang ao en er ou
b a ai an ang ao ei en eng i ian iao ie in ing o u
c a ai an ang ao e en eng i ong ou u uan ui un uo
ch a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo
d a ai an ang ao e eng i ian iao ie ing iu ong ou u uan ui un uo
f a an ang ei en eng o ou u
g a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
h a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo
j i ia ian iang iao ie in ing iong iu u uan ue un
k a ai an ang ao e en eng ong ou u ua uai uan uang ui un uo
l a ai an ang ao e ei en eng i ia ian iang iao ie in ing iu ong ou u uan un uo v ve
m a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u
n a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo v ve
p a ai an ang ao ei en eng i ian iao ie in ing o ou u
q i ia ian iang iao ie in ing iong iu u uan ue un
r an ang ao e en eng i ong ou u uan ui un uo
s a ai an ang ao e en eng i ong ou u uan ui un uo
sh a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo
t a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo
w a ai an ang ei en eng o u
x i ia ian iang iao ie in ing iong iu u uan ue un
y a an ang ao e i in ing ong ou u uan ue un
z a ai an ang ao e ei en eng i ong ou u uan ui un uo
zh a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo
"""
"""Syllables of pinyin in use: an initial (- for none) and the finals that follow it."""
