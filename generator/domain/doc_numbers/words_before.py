"""The words behind which a 文号 begins in running text, where nothing else separates the two."""

import re


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a list that is written as one text."""
    return tuple(re.findall(r"\S+", text))


# Never part of a 机关代字: everything up to the last of them is cut off, even from a number that no document has.
_CERTAIN = words_of(
    """
    根据 依据 按照 参照 依照 遵照 比照 对照 仿照 修改 修订 修正 废止 失效 停止 终止 撤销 取消 替代 取代 代替 执行
    落实 贯彻 印发 转发 下发 发布 公布 颁布 颁发 制发 关于 以及 以下 通过 引用 援引 参见 详见 参阅 参考 遵循 结合
    围绕 针对 适用 符合 违反 纳入 列入 包括 包含 涉及 通知 文件 规定 办法 意见 决定 要求 精神 批准 报送 提出 明确
    实施 施行 生效 开始 继续 沿用 保留 衔接 宣布 确认 认定 名为 题为 编号 文号 字号 号为 其中 例如 比如 诸如 譬如
    尤其 特别 分别 同时 此前 此后 之前 之后 以前 以后 目前 现行 现有 上述 下列 前述 所述 所称 以上 一并 附件 附上
    随文 原文 全文 正文 载于 刊登 登载 收到 来自 源自 出自 最新 重新 仍按 仍以 不再 应当 必须 可以 已被 已由 已经
    业经 业已 曾经 均由 均以 现将 现就 即为 系指 是指 属于 称为 简称 为准 按规定 说明 解读 我局 本局 该局 贵局 我厅
    本厅 我委 本委 我部 本部 我办 本办 我院 我处 本处 我省 本省 我市 本市 我县 本县 我区 本区 全省 全市 全国 我国
    该文 该件 此文 此件 号文
    """
)

# The others may be part of a 机关代字 (为 in 无为, 原 in 原平), so that they only let a shorter number be looked up.
_POSSIBLE_CHARACTERS = (
    "曾据照按以和与及或暨对将把被由从依为即至见止于在替等原经系属自如是有到因凭令使随同向往则而其之的得所就仍也还"
    "又再均皆都已未不无非指称像比跟给让当若虽但故此该本各每某这那前后上下内中外另第附载含号起文名首除并且连拟须应"
    "可能需要请待过了着"
)
_POSSIBLE = words_of(
    """
    各国 本国 该国 他国 共和国 可贵 珍贵 收藏 储藏 不甘 安宁 自治区 部门 单位 机关 局 厅 委 署 院 府 室 处 会 部
    公司 中心 新 旧 老 首先 第一 第二 第三 今年 去年 当年 年度 近日 昨日 今日 当日 即日 依法 严格 认真 切实 全面
    深入 进一步 制定 出台 起草 拟定 形成 补充 完善 调整 更正 变更 延续 延长 续期 有效 无效 有关 相关 以来 传达 学习
    宣传 公开 查阅 查看 查询 阅读 点击 访问 使用 采用 采纳 沿袭 承接 承继 配套 类似 区别 区分 比较 不符 抵触 冲突
    一致 统一 整合 拆分 分解 细化 量化 优化 简化 强化 突破 超出 违背 遵守 坚持 依托 立足 借鉴 吸收 体现 反映 答复
    回复 批复 函复 抄送 抄报 主送 发送 送达 移送 请示 报告 汇报 通报 公告 通告 函告 告知 公示 刊发 登记 备案 归档
    存档 保存 收录 汇编 编入 摘录 节选 或者 原来 原先 本来 仅限 只限 一律 一直 一般 一次 一份 两份 三份 数份 若干
    部分 任何 每个 各项 各级 各类 各地 各区 各县 各市 之一 之间 期间 期满 到期 届满 至今 迄今 当时 现时 如今 近期
    近年 早先 后来 后续 最终 最近 最早 最初 起初 初次 再次 多次 首次 首份 首个 另行 除去 附带 带头 牵头 联合 配合
    协助 支持 支撑 保障 保证 确保 加强 加快 推进 推动 推行 推广 开展 组织 举办 承办 主办 办理 处理 处置 解决 研究
    审议 审查 审核 审定 审批 审阅 核准 核定 核实 复核 复查 检查 督查 督办 监督 指导 领导 管理 服务 建立 建设 设立
    成立 构建 创建 打造 做好 抓好 抓紧 抓住 把握 掌握 了解 理解 认识 记录 记入 计入 载入 录入 标题 题目 名字 主题
    内容 条款 章节 附录 附表 附注 注释 备注 说明书 通知书 函件 信函 来函 去函 发函 致函 电函 致电 来电 复电
    """
)

# Characters before a 机关代字 that make it another body's. Not 新: 新例某发 and 最新例某发 are no numbers of 新疆.
PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁国")
_CUTS = re.compile(rf"{'|'.join(sorted(_CERTAIN, key=len, reverse=True))}|号[和与及或]|[的、]")
_ENDS = frozenset(_POSSIBLE_CHARACTERS)
_WORDS = {
    last: tuple(sorted(word for word in _POSSIBLE if word[-1] == last)) for last in {word[-1] for word in _POSSIBLE}
}
"""The possible words by their last character."""
_ALL_WORDS = (*sorted(_POSSIBLE), *_CERTAIN)
_NEVER_FIRST = "以按据由对等与及已被且见原经系属自曾仍均"
_FIRST = re.compile(rf"(?:(?!经济|经开|自然|自贸|自治|自由贸易|自贡|原平|原州|原阳|对外)[{_NEVER_FIRST}])+")


def cut_places(code: str) -> list[int]:
    """Return the places in a code behind words that are never part of one."""
    return [word.end() for word in _CUTS.finditer(code) if word.end() < len(code) - 1]


def possible_places(code: str) -> list[int]:
    """Return the places in a code at which the number may begin, those of ``cut_places`` too."""
    places = {place for place in range(1, len(code)) if _may_begin(code, place)}
    return sorted({0, *places, *cut_places(code)})


def _may_begin(code: str, place: int) -> bool:
    """Whether a number may begin at a place: behind a word."""
    last = code[place - 1]
    return last in _ENDS or code.endswith(_WORDS.get(last, ()), 0, place)


def without_first_words(code: str) -> str:
    """Return a code without characters at its beginning with which none begins."""
    first = _FIRST.match(code)
    return code[first.end() :] if first else code


def ends_with_word(text: str) -> bool:
    """Whether a text ends with a word behind which a number may begin."""
    return text[-1:] in _ENDS or text.endswith(_ALL_WORDS)
