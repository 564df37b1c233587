"""The same mistakes of names and values in other words, written after the checks: IV and IX.

Each line is one plant: check, what the row measures, its name, its value as typed in one cell. Lines that the
checks do not find stay: they are what is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bench.accuracy.indicator_rows import (
    COST,
    ECONOMIC,
    LASTING,
    QUALITY,
    QUANTITY,
    SATISFACTION,
    SOCIAL,
    TIMELINESS,
    Figure,
)
from bench.accuracy.planting import Plant
from bench.accuracy.planting_rows import NAME, VALUE, Wrong, row

SORTS = {
    "数": (QUANTITY,),
    "质": (QUALITY,),
    "时": (TIMELINESS,),
    "成": (COST,),
    "社": (SOCIAL,),
    "经": (ECONOMIC,),
    "持": (LASTING,),
    "满": (SATISFACTION,),
}
SEVERITIES = {
    "error": ("IX-01", "IX-04", "IV-02", "IV-11", "IV-12", "IV-09"),
    "hint": ("IX-17", "IX-18", "IX-20", "IV-16", "IV-19", "IV-20", "IV-23"),
}
LEVELLED = ("IX-04", "IX-05")
_PARTS = re.compile(r"([≥≤=<>]?)([0-9]+(?:\.[0-9]+)?)([^0-9]*)")

LINES = """
IX-01 社 辖区刑事案件发案率 ≥3%
IX-01 社 电信诈骗案件发案数 ≥20起
IX-01 社 道路交通事故死亡人数 ≥2人
IX-01 质 试卷批改差错率 ≥1%
IX-01 社 农产品农药残留超标率 ≥2%
IX-01 社 校园欺凌事件发生数 ≥1起
IX-01 质 工程返工率 ≥2%
IX-01 社 孕产妇死亡率 ≥0.01%
IX-01 社 因病致贫率 ≥1%
IX-01 社 脱贫户返贫率 ≥0.5%
IX-01 质 资料丢失率 ≥1%
IX-01 社 因工程质量引发的投诉次数 ≥2次
IX-02 质 农村公路列养率 ≤95%
IX-02 社 适龄儿童入园率 ≤90%
IX-02 质 公文流转及时率 ≤95%
IX-02 社 城乡居民医保参保率 ≤95%
IX-02 质 课题结题率 <90%
IX-02 质 苗木成活率 ≤90%
IX-02 质 监控设备在线率 ≤95%
IX-02 社 残疾人家庭医生签约服务率 ≤80%
IX-04 满 信访事项办结率 ≥95%
IX-04 满 受益村数 ≥3个
IX-04 满 资金到位率 =100%
IX-05 质 新建公厕座数 ≥3座
IX-05 质 发放宣传单份数 ≥3000份
IX-05 质 清淤河道长度 ≥3公里
IX-05 质 项目完工及时率 ≥95%
IX-05 质 项目前期费用 ≤0.3万元
IX-05 时 宣传活动场次 ≥12场
IX-05 数 村级办公经费 ≤0.3万元
IX-17 数 在册吸毒人员数 ≥300人
IX-17 数 接待来访人次 ≥500人次
IX-17 数 辖区五保户人数 ≥30人
IX-18 质 设备完好率、在线率、利用率 ≥95%
IX-18 质 合格率/及时率 ≥95%
IX-20 数 开展几次培训 ≥3次
IX-20 数 能否按时完工 =1次
IX-20 质 积极配合上级做好各项检查 ≥95%
IX-20 质 切实保障困难群众基本生活 ≥95%
IX-20 数 组织开展技能培训，提升农民技能水平 ≥95%
IV-13 数 参会代表数 ≥60个
IV-13 数 受益人口 ≥1200户
IV-13 数 新增床位数 ≥30人
IV-13 数 清运垃圾量 ≥300个
IV-13 数 服务老年人数量 ≥200次
IV-13 数 完成体检人数 ≥13000户
IV-13 数 举办讲座次数 ≥12人
IV-13 数 铺设管道长度 ≥300亩
IV-13 数 志愿服务时长 ≥300次
IV-14 社 激发乡村文化活力 ≥90%
IV-14 社 保障群众饮水安全 ≥95%
IV-14 持 建立长效机制 ≥90%
IV-14 社 方便群众出行 ≥95%
IV-14 经 带动村集体增收 ≥90%
IV-08 质 辅警持证上岗比率 ≥95
IV-08 社 群众参与比例 ≥80
IV-08 满 村民满意率 ≥90
IV-08 满 群众安全感满意度 ≥95分
IV-16 社 稳步提升 优良中低差
IV-16 社 成效显著 优良中低差
IV-16 数 培训村民人数 300余人
IV-16 数 培训村民人数 近300人
IV-15 社 群众生活质量 明显改善
IV-15 社 社会影响 广泛
IV-15 持 管护机制 长效
IV-02 质 工程验收合格率 ≥九成
IV-02 质 工程验收合格率 百分百
IV-02 数 培训村民人次 三百人次
IV-02 质 工程验收合格率 90%—95%之间
IV-02 质 工程验收合格率 ≥95%或100%
IV-02 数 建设文化广场数量 3+2个
IV-11 数 安置_个小区数 ≥8个
IV-11 数 建设XX工程数量 ≥8个
IV-11 质 工程验收合格率 ≥____%
IV-17 质 工程质量合格率达100% =100%
IV-17 数 培训村民100人次以上 ≥100人次
IV-17 质 工程验收合格率（95%以上） ≥95%
IV-23 时 工程完工时间 2025年第四季度
IV-23 时 工程完工时间 12月中旬
IV-23 时 工程完工时间 2025年6月-8月
IX-01 质 超期事项占比 ≥3%
IX-01 社 闲置厂房面积占比 ≥12%
IX-01 质 果蔬运输损耗率 ≥8%
IX-01 质 采购物资退货率 ≥2%
IX-02 社 肺结核患者治疗成功占比 ≤90%
IX-02 社 文化场馆错时开放率 ≤95%
IX-02 质 图纸实物相符率 ≤98%
IX-02 质 违章行为查处率 ≤90%
IX-02 社 夜间路灯亮灯率 ≤97%
IX-02 社 苗木移栽成活比例 ≤92%
IX-02 社 技改项目达产率 <85%
IX-02 质 执法文书公示率 ≤99%
IV-09 质 台账实物一致率 ≥960%
IV-09 社 白内障患者好转率 ≥180%
IV-13 数 安全知识培训人次 ≥600个
IV-13 数 窗口受理量 ≥3600人
IV-13 数 评查案卷宗数 ≥120户
IV-13 数 走访企业家数 ≥80次
IV-13 数 整治村庄数量 ≥18件
IV-13 数 编发信息篇数 ≥60人
IV-13 数 补植行道树株数 ≥600公里
IV-13 数 盘活闲置校舍 ≥95%
IV-14 质 持续增强基层干部本领 ≥95%
IV-17 数 改造42处危桥险段 ≥42处
"""


def _plants() -> Iterator[Plant]:
    for line in LINES.split("\n"):
        if not line:
            continue
        check, sort, name, text = line.split(" ")
        severity = next((grave for grave, checks in SEVERITIES.items() if check in checks), "warning")
        parts = _PARTS.fullmatch(text)
        wrong = (
            Wrong(SORTS[sort], name, parts[1], parts[2], parts[3])
            if parts is not None and parts[1]
            else Wrong(SORTS[sort], name, text=text, meant=Figure("≥", "95", "%"))
        )
        needs = "level2" if check in LEVELLED else "value"
        yield row(check, f"{name} {text}", severity, [wrong], at=(*NAME, *VALUE), needs=needs)


PLANTS = tuple(_plants())
