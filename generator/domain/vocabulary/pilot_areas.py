"""试点领域: the areas of 国办发〔2019〕54号 for which ministries have issued a standard catalogue of items."""

from generator.domain.vocabulary.likeness import nearest

PILOT_AREAS: tuple[str, ...] = (
    *("国土空间规划", "重大建设项目", "公共资源交易", "财政预决算", "安全生产", "税收管理", "征地补偿"),
    *("国有土地上房屋征收与补偿", "保障性住房", "农村危房改造", "生态环境", "公共文化服务", "公共法律服务", "扶贫"),
    *("救灾", "食品药品监管", "城市综合执法", "就业", "社会保险", "社会救助", "养老服务", "户籍管理", "涉农补贴"),
    *("义务教育", "医疗卫生", "市政服务"),
)
_ALSO = {
    "国有土地上房屋征收": "国有土地上房屋征收与补偿",
    "环境保护": "生态环境",
    "财政预算决算": "财政预决算",
    "就业创业": "就业",
    "公共就业服务": "就业",
    "社保": "社会保险",
    "卫生健康": "医疗卫生",
    "城市管理综合执法": "城市综合执法",
    "城市管理": "城市综合执法",
    "征地": "征地补偿",
    "土地征收": "征地补偿",
    "自然灾害救助": "救灾",
    "农村集体土地征收": "征地补偿",
    "乡村振兴": "扶贫",
    "规划": "国土空间规划",
}


def pilot_area(text: str) -> str:
    """Return the standard name of an area as a catalogue names it; empty for one that is not among them."""
    plain = "".join(text.split()).removesuffix("领域")
    return plain if plain in PILOT_AREAS else _ALSO.get(plain, "")


def nearest_area(text: str) -> str:
    """Return the name of the area that is nearest to a text; empty for none."""
    return nearest(text, PILOT_AREAS) or ""
