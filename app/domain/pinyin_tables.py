"""Which readings of a character are alive, and which one a surname or a word asks for.

The dictionary of pypinyin lists every reading ever attested (王 is wang and yu), so its first one
counts, and these tables say where more than one is in use or another comes first. Written from
general knowledge of the language; toneless, ü as v.
"""

from typing import Final

# Each character with its living readings, the most usual in names first.
LIVING: Final = """
万wan,mo 不bu 么me,yao 乐le,yue 乘cheng 了le,liao 什shen,shi 仇chou,qiu 仔zi,zai 从cong 会hui,kuai
传chuan,zhuan 伯bo 伺si,ci 似si,shi 佛fo,fu 侗dong,tong 便bian,pian 俩lia,liang 六liu,lu 兹zi,ci
内nei 冯feng 冠guan 几ji 凹ao 刨bao,pao 券quan,xuan 创chuang 刹sha,cha 削xiao,xue 剥bo,bao 剿jiao
劲jin,jing 勒le,lei 匙chi,shi 卒zu 单dan,shan,chan 南nan 卜bu,bo 卡ka,qia 厦xia,sha 参can,shen,cen
区qu,ou 叶ye 吁yu,xu 句ju,gou 召zhao,shao 台tai 吓xia,he 吭keng,hang 否fou,pi 呢ne,ni 员yuan,yun
和he,huo,hu 咖ka,ga 咯ge,lo,ka 傀kui,gui 咳ke,hai 咽yan,ye 哈ha 喝he 哦o,e 哪na,ne 嚼jiao,jue
囤tun,dun 圈quan,juan 坊fang 坏huai 埔pu,bu 堡bao,pu,bu 塞sai,se 壳ke,qiao 夏xia 大da,dai 夹jia,ga
奇qi,ji 姥lao,mu 娜na,nuo 宁ning 宿su,xiu 射she 将jiang,qiang 尉wei,yu 尾wei,yi 屏ping,bing
属shu,zhu 岗gang 差cha,chai,ci 巷xiang,hang 干gan 度du,duo 弄nong,long 弹dan,tan 强qiang,jiang
得de,dei 恶e,wu 扁bian,pian 扎zha,za 扒ba,pa 扛kang,gang 扫sao 折zhe,she 抹mo,ma 拂fu 拓tuo,ta
择ze,zhai 拾shi 挝wo,zhua 挟xie,jia 掺chan 提ti,di 攒zan,cuan 敦dun 数shu,shuo 斗dou 景jing
晟sheng,cheng 暴bao,pu 曝pu,bao 曲qu 曾zeng,ceng 朝chao,zhao 期qi 术shu,zhu 朴pu,piao,po
杉shan,sha 杠gang 柏bai,bo 柞zha,zuo 查cha,zha 栅zha,shan 栖qi,xi 校xiao,jiao 核he,hu 桔ju,jie
椎zhui,chui 槛jian,kan 模mo,mu 殖zhi 殷yin 氏shi,zhi 氓mang,meng 汤tang 沈shen,chen 没mei,mo
泊bo,po 泌mi,bi 洗xi,xian 浚jun,xun 涡wo,guo 混hun 溃kui 溪xi,qi 漂piao 潦liao 澄cheng,deng
澹dan,tan 炮pao 烙lao,luo 爪zhua,zhao 牟mou,mu 率lv,shuai 琢zhuo 瓦wa 畜xu,chu 番fan,pan 疟nve,yao
盖gai,ge 盛sheng,cheng 省sheng,xing 着zhe,zhuo,zhao 石shi,dan 碌lu,liu 磅bang,pang 祭ji,zhai
秘mi,bi 种zhong,chong 称cheng,chen 稽ji 籍ji 粘zhan,nian 粥zhou 糜mi,mei 系xi,ji 繁fan,po 红hong
纤xian,qian 纪ji 纶lun,guan 给gei,ji 络luo,lao 绰chuo 绿lv,lu 缉ji,qi 缝feng 缪miao,mou 翘qiao
翟zhai,di 耙pa,ba 肋lei,le 胖pang 能neng 脉mai,mo 膀bang,pang 臂bi,bei 臭chou,xiu 般ban,bo
色se,shai 艾ai,yi 芍shao 脯pu,fu 炔que 芥jie,gai 若ruo 茄qie,jia 荤hun 荷he 莎sha,suo 莫mo
莘shen,xin 菀wan,yu 落luo,la,lao 著zhu,zhuo 葛ge 蔓man,wan 蔚wei,yu 薄bo,bao 藉ji,jie 藏cang,zang
虾xia,ha 蚌bang,beng 蛇she 蛤ge,ha 血xue,xie 行xing,hang 裳shang,chang 褪tui,tun 覃qin,tan
见jian,xian 觉jue,jiao 角jiao,jue 解jie,xie 识shi,zhi 说shuo,shui 读du 谁shei,shui 调diao,tiao
谷gu,yu 豁huo 貉he,hao 贾jia,gu 赚zhuan 路lu 车che,ju 轧ya,zha 转zhuan 辗zhan,nian 辟pi,bi
还hai,huan 迫po 遂sui 遗yi 适shi 邪xie 那na 郇xun,huan 都du,dou 郗xi,chi 郦li 重zhong,chong
量liang 钥yao,yue 铅qian,yan 铺pu 镐gao,hao 长chang,zhang 阿a,e 降jiang,xiang 陂pi,bei,po 陆lu,liu
隗wei,kui 难nan 雀que,qiao 靓liang,jing 露lu,lou 革ge 鞘qiao,shao 鲜xian 鸟niao 黑hei,he
龟gui,jun,qiu 齐qi 乾qian,gan 伽jia,qie,ga 佴nai,er 俞yu,shu 冼xian 吕lv,lyu 咋za,ze,zha 埋mai,man
场chang 处chu 好hao 少shao 尽jin 应ying 当dang 挑tiao 撒sa 散san 教jiao 曳ye 更geng 正zheng 泥ni
洞dong,tong 浒hu,xu 燕yan 相xiang 空kong 突tu 累lei 胳ge 臊sao 舍she 莞guan,wan 谌chen,shen
贲ben,bi 载zai 逯lu 钉ding 铛dang,cheng 间jian 颉jie,xie 首shou 骠biao,piao 鹄hu,gu 嗯en,ng
宓mi,fu 尹yin 枸gou,ju 歙she,xi 涪fu 监jian 盱xu 眙yi 筑zhu 簿bu 芫yuan,yan 蕃fan,bo 褚chu 郝hao
酵jiao 阙que 隽juan,jun 颤chan,zhan 魄po,tuo 圳zhen 坻di,chi 垚yao 垣yuan 婼ruo,chuo 妫gui 尕ga
岙ao 晁chao 暹xian 朐qu 椹shen,zhen 枞cong,zong 沌dun,zhuan 沔mian 泷long,shuang 浍kuai,hui 湛zhan
湄mei 炅jiong,gui 牂zang 璩qu 瞿qu 硚qiao 綦qi 艮gen 茌chi 荥xing,ying 菏he 蔺lin 藜li 虢guo 衢qu
訾zi 逄pang 郄qie,xi 郅zhi 郧yun 郫pi 郴chen 鄄juan 鄯shan 闵min 阚kan 隰xi 霎sha 顼xu 鬲ge,li
鄢yan 鄞yin 黟yi 黉hong 亳bo 兖yan 佘she 侬nong 俟si,qi 仉zhang 仝tong 亓qi 乜nie,mie 幺yao 昝zan
眭sui 禚zhuo 笪da 綮qi 贠yun 逑qiu 厍she 撖han 嬴ying 嵇ji 麴qu 喆zhe 淼miao 鑫xin 焱yan 犇ben
骉biao 甯ning 堃kun
"""

# One-character surnames whose reading as a surname is not, or should stay, the first above.
SURNAMES: Final = """
仇qiu 任ren 区ou 单shan 尉wei 朴piao 查zha 盖ge 缪miao 翟zhai 覃qin 解xie 种chong 冼xian 曾zeng
员yun 郇xun 郗xi 隗wei 谌chen 牟mou 宓mi 逄pang 乜nie 佴nai 祭zhai 繁po 秘bi 折she 召shao 句gou
哈ha 晁chao
"""

# Surnames of two characters where one of them is read otherwise than alone.
COMPOUND_SURNAMES: Final = """
万俟mo,qi 尉迟yu,chi 长孙zhang,sun 单于chan,yu 澹台tan,tai 令狐ling,hu 夏侯xia,hou 皇甫huang,fu
鲜于xian,yu 钟离zhong,li 亓官qi,guan 子车zi,ju 乐正yue,zheng 拓跋tuo,ba 夹谷jia,gu 宰父zai,fu
谷梁gu,liang 段干duan,gan 澹臺tan,tai 吐谷tu,yu
"""

# Words in which a character is read otherwise than its first reading: places, trades, firms.
WORDS: Final = """
重庆chong,qing 重阳chong,yang 重组chong,zu 重生chong,sheng 重启chong,qi 重新chong,xin
九重jiu,chong 银行yin,hang 商行shang,hang 洋行yang,hang 车行che,hang 分行fen,hang 支行zhi,hang
总行zong,hang 央行yang,hang 投行tou,hang 药行yao,hang 金行jin,hang 琴行qin,hang 米行mi,hang
行业hang,ye 行情hang,qing 同行tong,hang 行长hang,zhang 会长hui,zhang 校长xiao,zhang 院长yuan,zhang
厂长chang,zhang 事长shi,zhang 组长zu,zhang 部长bu,zhang 处长chu,zhang 局长ju,zhang 科长ke,zhang
市长shi,zhang 店长dian,zhang 班长ban,zhang 队长dui,zhang 成长cheng,zhang 生长sheng,zhang
增长zeng,zhang 家长jia,zhang 船长chuan,zhang 站长zhan,zhang 所长suo,zhang 社长she,zhang 大厦da,sha
广厦guang,sha 六安lu,an 六合lu,he 番禺pan,yu 东莞dong,guan 乐清yue,qing 音乐yin,yue 乐器yue,qi
乐团yue,tuan 乐队yue,dui 蔚县yu,xian 会计kuai,ji 会稽kuai,ji 财会cai,kuai 人参ren,shen
海参hai,shen 参茸shen,rong 党参dang,shen 西藏xi,zang 藏族zang,zu 藏药zang,yao 藏医zang,yi
空调kong,tiao 调味tiao,wei 协调xie,tiao 调料tiao,liao 调节tiao,jie 调试tiao,shi 调理tiao,li
模具mu,ju 模板mu,ban 模样mu,yang 校对jiao,dui 校准jiao,zhun 铅山yan,shan 泌阳bi,yang 涡阳guo,yang
蚌埠beng,bu 莘庄xin,zhuang 柏林bo,lin 黄埔huang,pu 大埔da,bu 黄陂huang,pi 洪洞hong,tong 东阿dong,e
阿胶e,jiao 浚县xun,xian 尉犁yu,li 便宜pian,yi 石家shi,jia 传记zhuan,ji 自传zi,zhuan 奇数ji,shu
龟兹qiu,ci 大夫dai,fu 大黄dai,huang 可汗ke,han 巷道hang,dao 朝霞zhao,xia 朝晖zhao,hui 朝夕zhao,xi
今朝jin,zhao 弹簧tan,huang 弹性tan,xing 强制qiang,zhi 给水ji,shui 自给zi,ji 供给gong,ji 给排ji,pai
旅差lv,chai 出差chu,chai 差旅chai,lv 屏蔽ping,bi 提防di,fang 扎啤zha,pi 包扎bao,za 首都shou,du
血液xue,ye 转角zhuan,jiao 主角zhu,jue 角色jue,se 觉醒jue,xing 睡觉shui,jiao 盛饭cheng,fan
省亲xing,qin 反省fan,xing 尾巴wei,ba 解元jie,yuan 似的shi,de 削减xue,jian 剥削bo,xue 薄荷bo,he
单位dan,wei 单车dan,che 单元dan,yuan 单独dan,du 单品dan,pin 区域qu,yu 区块qu,kuai 区间qu,jian
解放jie,fang 解决jie,jue 解码jie,ma 解析jie,xi 解忧jie,you 盖世gai,shi 盖板gai,ban 查询cha,xun
查理cha,li 朴素pu,su 朴实pu,shi 种子zhong,zi 种植zhong,zhi 种业zhong,ye 种苗zhong,miao
曾经ceng,jing 员工yuan,gong 任务ren,wu 折扣zhe,kou 折叠zhe,die 折纸zhe,zhi 繁星fan,xing
繁荣fan,rong 繁华fan,hua 秘密mi,mi 秘书mi,shu 召唤zhao,huan 句子ju,zi 祭祀ji,si 哈尔ha,er
翟志zhai,zhi 仇恨chou,hen 尉氏wei,shi
"""
