"""Places of sample customers: districts with their own streets, dialling and postal codes."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class District:
    """`code`: place of registration (GB/T 2260) on the mainland, postal code elsewhere."""

    name: str
    code: str
    streets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """`region` as the list shows it, `city` as it stands in an address; `area` dials it."""

    region: str
    city: str
    area: str
    weight: float
    districts: tuple[District, ...]


def _places(text: str) -> tuple[Place, ...]:
    """Lines of `region|city|area|weight|district code street street, district …`."""
    found: list[Place] = []
    for line in text.strip().splitlines():
        region, city, area, weight, districts = line.split("|")
        made: list[District] = []
        for one in districts.split(","):
            name, code, *streets = one.split()
            words = tuple(street.replace("_", " ") for street in streets)
            made.append(District(name.replace("_", " "), code, words))
        found.append(Place(region, city, area, float(weight), tuple(made)))
    return tuple(found)


MAINLAND: Final = _places(
    """
上海|上海市|021|22|浦东新区 310115 张江路 世纪大道,徐汇区 310104 漕溪北路 肇嘉浜路,静安区 310106 南京西路 江场路,闵行区 310112 七莘路 沪闵路,嘉定区 310114 曹安公路 博乐路,松江区 310117 新松江路 荣乐东路
浙江杭州|杭州市|0571|14|西湖区 330106 文三路 天目山路,滨江区 330108 江南大道 江陵路,余杭区 330110 文一西路 良睦路,萧山区 330109 市心北路 金城路
江苏苏州|苏州市|0512|10|姑苏区 320508 人民路 干将东路,昆山市 320583 前进东路 长江中路
江苏南京|南京市|025|7|鼓楼区 320106 中山北路 中央路,江宁区 320115 双龙大道 天元东路,建邺区 320105 江东中路 河西大街
浙江宁波|宁波市|0574|6|鄞州区 330212 中山东路 天童北路,海曙区 330203 中山西路 望童路
江苏无锡|无锡市|0510|5|滨湖区 320211 太湖大道 蠡湖大道,新吴区 320214 长江北路 旺庄路
浙江温州|温州市|0577|4|鹿城区 330302 车站大道 人民东路,瓯海区 330304 瓯海大道
浙江金华|金华市|0579|3|义乌市 330782 稠州北路 江滨北路
安徽合肥|合肥市|0551|4|蜀山区 340104 长江西路 黄山路,包河区 340111 徽州大道 马鞍山南路
北京|北京市|010|8|海淀区 110108 中关村大街 知春路,朝阳区 110105 建国路 朝阳北路,丰台区 110106 南四环西路 丰台北路
天津|天津市|022|3|南开区 120104 白堤路 红旗南路,滨海新区 120116 洞庭路 黄海路
广东深圳|深圳市|0755|8|南山区 440305 科苑路 深南大道,福田区 440304 福华路 滨河大道,宝安区 440306 宝安大道 创业二路,龙岗区 440307 龙岗大道 坂雪岗大道
广东广州|广州市|020|8|天河区 440106 天河路 中山大道西,越秀区 440104 环市东路 东风中路,番禺区 440113 番禺大道北 迎宾路,白云区 440111 机场路 白云大道北
广东佛山|佛山市|0757|3|禅城区 440604 季华五路 汾江南路,顺德区 440606 南国东路
福建厦门|厦门市|0592|3|思明区 350203 湖滨南路 厦禾路,湖里区 350206 湖里大道 长岸路
福建福州|福州市|0591|2|鼓楼区 350102 五四路 八一七北路
四川成都|成都市|028|6|武侯区 510107 人民南路四段 武侯大道,锦江区 510104 红星路三段
重庆|重庆市|023|4|渝北区 500112 金开大道 红锦大道,九龙坡区 500107 科园一路 石杨路
湖北武汉|武汉市|027|5|洪山区 420111 珞喻路 雄楚大道,江汉区 420103 解放大道 建设大道
湖南长沙|长沙市|0731|3|岳麓区 430104 枫林三路 麓谷大道,雨花区 430111 韶山南路 万家丽中路
陕西西安|西安市|029|3|雁塔区 610113 科技路 小寨东路,未央区 610112 未央路 凤城五路
河南郑州|郑州市|0371|3|金水区 410105 花园路 农业路,二七区 410103 大学路 航海中路
山东青岛|青岛市|0532|3|市南区 370202 香港中路 东海西路,崂山区 370212 海尔路 深圳路
山东济南|济南市|0531|2|历下区 370102 经十路 泺源大街
辽宁沈阳|沈阳市|024|2|和平区 210102 南京南街 三好街
云南昆明|昆明市|0871|2|五华区 530102 人民西路 学府路
"""  # noqa: E501 - a table
)
TAIWAN: Final = _places(
    """
台北市|台北市|02|9|大安區 106 忠孝東路四段 信義路四段,信義區 110 松仁路 基隆路一段,內湖區 114 瑞光路 港墘路,中山區 104 南京東路二段 民生東路三段
新北市|新北市|02|6|板橋區 220 文化路一段 縣民大道二段,新店區 231 北新路三段,三重區 241 重新路五段
桃園市|桃園市|03|3|桃園區 330 中正路 復興路,中壢區 320 中央西路二段 環中東路
新竹市|新竹市|03|2|東區 300 光復路二段 公道五路二段
台中市|台中市|04|5|西屯區 407 台灣大道三段 市政路,南屯區 408 公益路二段 五權西路二段
台南市|台南市|06|3|東區 701 中華東路三段 東門路二段,永康區 710 中正北路
高雄市|高雄市|07|4|前鎮區 806 中華五路 擴建路,左營區 813 博愛二路 自由二路
"""  # noqa: E501 - a table
)
HONG_KONG: Final = _places(
    """
香港|香港|852|1|九龍觀塘 0 觀塘道 開源道,灣仔 0 軒尼詩道 告士打道,九龍旺角 0 彌敦道 亞皆老街,新界荃灣 0 青山公路 沙咀道
"""  # noqa: E501 - a table
)
AMERICA: Final = _places(
    """
Seattle, WA|Seattle|206|4|WA 98101 Pine_St 4th_Ave
San Francisco, CA|San Francisco|415|4|CA 94103 Mission_St Howard_St
Los Angeles, CA|Los Angeles|213|4|CA 90015 S_Hill_St S_Figueroa_St
New York, NY|New York|212|4|NY 10018 W_38th_St 7th_Ave
Chicago, IL|Chicago|312|3|IL 60607 W_Madison_St W_Lake_St
Boston, MA|Boston|617|2|MA 02110 Summer_St Franklin_St
Austin, TX|Austin|512|2|TX 78701 Congress_Ave E_6th_St
Houston, TX|Houston|713|2|TX 77002 Main_St Travis_St
Portland, OR|Portland|503|2|OR 97209 NW_Lovejoy_St NW_13th_Ave
Denver, CO|Denver|303|1|CO 80202 Larimer_St Blake_St
Atlanta, GA|Atlanta|404|1|GA 30309 Peachtree_St_NE Spring_St_NW
Minneapolis, MN|Minneapolis|612|1|MN 55401 N_Washington_Ave N_2nd_St
"""
)
