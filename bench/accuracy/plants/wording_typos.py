"""Slips of the pen and of the input method in texts and names: TX-06."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import any_spot
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_texts import sentence
from core.sheet.document import Document

PUBLISHED = (
    "加快建设法只政府。",
    "围绕绕区委中心工作抓落实。",
    "加强对转管员的业务培训。",
    "为志愿者纪律个人档案。",
    "加强矫正人对象的日常管理。",
    "落实谁执法准普法责任制。",
    "年未，组织一次全面考核。",
    "法律顾问参与论证，病督促落实。",
    "完成全部工程，力争年未前验收。",
)
SAME_SOUND = (
    "合理按排工作经费。",
    "周密布署防汛工作。",
    "紧紧围饶乡村振兴抓产业。",
    "严格贯切落实上级要求。",
    "建立公平竟争的采购机制。",
    "既使遇到困难也要按期完成。",
    "召开群众坐谈会12次。",
    "举办法治讲坐6场。",
    "组织村干部陪训4期。",
    "不断巩故脱贫攻坚成果。",
    "措施落实倒位，责任落实到人。",
    "进一步题高服务质量。",
    "做为年度重点工作推进。",
    "完善考合办法，按季通报。",
    "加强对食品安全的监菅。",
    "工程已按期俊工验收。",
    "营造良好的法治份围。",
    "设置意见箱，及时反溃群众意见。",
    "严励打击非法采砂行为。",
    "建立常态话管护机制。",
    "推进基层治理网格话。",
    "打好污染防治攻坚站。",
    "全年无重大安全事故，社会大局稳订。",
    "做到全复盖、无死角。",
    "及时答覆群众来信。",
    "对老旧小区进行修膳。",
    "保障特因人员基本生活。",
    "提高农村底保标准。",
    "落实疫情访控各项措施。",
    "因地治宜发展特色产业。",
)
SAME_SHAPE = (
    "资金及时拔付到位。",
    "全年财政拔款收入按时到账。",
    "开展农村环境整冶。",
    "维护社会冶安稳定。",
    "清运生活拉圾2000吨。",
    "精准识别贫因人口。",
    "落实绩郊管理要求。",
    "严格执行预箅管理制度。",
    "做好道路养沪工作。",
    "全面推行河长治。",
    "提升群众获得惑。",
    "排查安全隐惠120处。",
    "化解矛盾纠纷，防止事态漫延扩大。",
    "印发宣传材科3000份。",
    "落实党风廉正建设责任。",
    "组织消防演炼2次。",
    "增强群众防犯意识。",
    "发挥党员模犯带头作用。",
    "规犯办事流程。",
    "为困难群众提供医辽救助。",
    "接收群众投拆件件有回音。",
    "加大宣传力渡。",
    "配备必要的防护设倍。",
    "购买办公没备8台。",
    "改善人居环竟。",
    "新建文化广埸1处。",
    "开展农业技木培训。",
    "确保按时完成工程进渡。",
)
TWICE_OR_LOST = (
    "进一步加强强管理。",
    "不断提升升服务水平。",
    "认真落落实主体责任。",
    "做好好各项保障工作。",
    "开展展专项整治行动。",
    "深入推推进依法行政。",
    "完成年度目标任务务。",
    "群众众满意度稳步提升。",
    "严格按照照规定使用资金。",
    "加强对项目的监督管管理。",
)
IN_NAMES = (
    "法律缓助案件办结率",
    "贫因户帮扶措施落实率",
    "资金拔付及时率",
    "矛盾纠分调解成功率",
    "安全隐惠整改率",
    "社区娇正对象教育率",
    "生活拉圾清运率",
    "技能陪训合格率",
    "惠民政策知哓率",
    "设施维沪及时率",
)


def _in_a_name(document: Document, chance: random.Random) -> Planted | None:
    spot = any_spot(document, chance, fits=lambda one: one.figure.unit == "%" and one.name.endswith("率"))
    if spot is None:
        return None
    name = chance.choice(IN_NAMES)
    spot.put("name", name)
    if spot.has("description"):
        spot.put("description", f"按台账统计的{name.removesuffix('率')}比例")
    return Planted("TX-06", spot.places("name"))


PLANTS = (
    *(
        sentence("TX-06", text, "hint", (text,))
        for text in (*PUBLISHED, *SAME_SOUND, *SAME_SHAPE, *TWICE_OR_LOST)
    ),
    Plant("TX-06", "in a name", "hint", _in_a_name),
)
