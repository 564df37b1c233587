"""Mistakes in what name, level and value of an indicator say together: IX-01 to IX-05, IX-07, IX-10."""

from __future__ import annotations

import random

from bench.accuracy.indicator_rows import (
    COST,
    COUNTED,
    ECONOMIC,
    QUALITY,
    QUANTITY,
    RATES,
    SATISFACTION,
    SOCIAL,
    TIMELINESS,
    any_spot,
)
from bench.accuracy.planting import Plant, Planted
from bench.accuracy.planting_rows import NAME, rows_of
from core.sheet.document import Document

# IX-01 to IX-03: which way is better --------------------------------------------------

TURNED = (
    rows_of(
        "IX-01",
        "a bad rate with ≥",
        "error",
        (SOCIAL, QUALITY),
        ("社区矫正对象再犯罪率", "≥", "0.2", "%"),
        ("当年刑满释放人员重新犯罪率", "≥", "1.8", "%"),
        ("行政诉讼败诉率", ">", "15", "%"),
        ("行政复议被法院撤销率", "≥", "15", "%"),
        ("公租房空置率", "≥", "5", "%"),
        ("义务教育阶段辍学率", "≥", "0.5", "%"),
        ("财务核算差错率", ">", "1", "%"),
        ("项目超支率", "≥", "3", "%"),
        ("资金使用违规率", "≥", "1", "%"),
        ("贷款逾期率", "≥", "2", "%"),
    ),
    rows_of(
        "IX-01",
        "bad things with ≥",
        "error",
        COUNTED,
        ("群众投诉件数", "≥", "5", "件"),
        ("安全生产责任事故发生数", "≥", "2", "起"),
        ("火灾事故死亡人数", "≥", "1", "人"),
        ("社区矫正对象脱管漏管人数", "≥", "1", "人"),
        ("设备故障次数", "≥", "3", "次"),
        ("返贫人口", "≥", "6", "人"),
        ("网络舆情负面事件数", "≥", "2", "起"),
        ("越级上访件数", ">", "3", "件"),
    ),
    rows_of(
        "IX-01",
        "a cost with ≥",
        "error",
        (COST,),
        ("设备采购成本", "≥", "6", "万元"),
        ("单位面积能耗", "≥", "12", "千瓦时/平方米"),
        ("每公里养护成本", "≥", "1.2", "万元/公里"),
        ("活动组织成本", ">", "3", "万元"),
    ),
    rows_of(
        "IX-02",
        "a good rate with ≤",
        "warning",
        (*RATES, SOCIAL),
        ("矛盾纠纷调解成功率", "≤", "98", "%"),
        ("村（社区）法律顾问覆盖率", "≤", "95", "%"),
        ("工程质量验收合格率", "<", "95", "%"),
        ("惠民政策知晓率", "≤", "90", "%"),
        ("窗口事项按时办结率", "≤", "98", "%"),
        ("补贴资金按时发放率", "≤", "100", "%"),
        ("公共设施设备完好率", "≤", "95", "%"),
        ("垃圾日产日清率", "≤", "98", "%"),
        ("农村饮用水水质达标率", "<", "95", "%"),
        ("适龄儿童疫苗接种率", "≤", "95", "%"),
        ("低保对象动态核查准确率", "≤", "98", "%"),
        ("生活垃圾无害化处理率", "≤", "95", "%"),
    ),
    rows_of(
        "IX-03",
        "≤",
        "warning",
        (SATISFACTION,),
        *((name, sign, "95", "%") for name in ("参训学员满意度", "辖区居民满意率") for sign in "≤<"),
    ),
    rows_of("IX-03", "nobody", "warning", (SATISFACTION,), ("参训学员满意度", "≥", "0", "%")),
    rows_of(
        "IX-03",
        "low",
        "hint",
        (SATISFACTION,),
        ("参训学员满意度", "≥", "60", "%"),
        ("企业职工满意度", "≥", "75", "%"),
        ("困难群众满意率", "≥", "9", "%"),
    ),
    rows_of(
        "IX-03",
        "everybody",
        "hint",
        (SATISFACTION,),
        ("参训学员满意度", "=", "100", "%"),
        ("受助学生家长满意度", "≥", "100", "%"),
    ),
)


# IX-04, IX-05: where it stands --------------------------------------------------

PLACES = (
    rows_of(
        "IX-04",
        "another thing",
        "error",
        (SATISFACTION,),
        ("法律顾问受理案件率", "≥", "98", "%"),
        ("组织主题教育活动场次", "≥", "5", "场"),
        ("刑满释放人员重新犯罪率", "≤", "1", "%"),
        ("制度建设和实施效果", "≥", "95", "%"),
        ("项目资金使用合规率", "=", "100", "%"),
        ("受益群众人数", "≥", "1200", "人"),
        ("群众知晓率", "≥", "90", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "a count as quality",
        "warning",
        (QUALITY,),
        ("法律援助案件受理数", "≥", "100", "件"),
        ("普法宣传场次", "≥", "15", "场"),
        ("培训基层干部人次", "≥", "300", "人次"),
        ("排查安全隐患数量", "≥", "120", "处"),
        ("调解案件数", "≥", "200", "件"),
        ("建设文化广场个数", "≥", "3", "个"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "being on time as quality",
        "warning",
        (QUALITY,),
        ("案件办结及时率", "≥", "95", "%"),
        ("补贴资金发放及时率", "=", "100", "%"),
        ("工程按期完工率", "≥", "95", "%"),
        ("事项按时办结率", "≥", "98", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "satisfaction as quality",
        "warning",
        (QUALITY,),
        ("群众满意率", "≥", "90", "%"),
        ("培训学员满意度", "≥", "92", "%"),
        ("受援人满意度", "≥", "95", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "satisfaction as anything else",
        "warning",
        (QUANTITY, TIMELINESS, COST),
        ("受助群众满意率", "≥", "90", "%"),
        ("居民对物业服务的满意度", "≥", "92", "%"),
        ("参训农民满意度", "≥", "95", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "satisfaction as an effect",
        "hint",
        (SOCIAL, ECONOMIC),
        ("帮扶对象满意率", "≥", "90", "%"),
        ("辖区居民对治安的满意度", "≥", "92", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "a cost as timeliness or quality",
        "warning",
        (TIMELINESS, QUALITY),
        ("项目总成本", "≤", "0.2", "万元"),
        ("会务成本", "≤", "260", "元/人"),
        ("资料印刷单价", "≤", "12", "元/册"),
        ("工程造价", "≤", "0.3", "万元"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "a price as quantity",
        "warning",
        (QUANTITY,),
        ("资料印刷单价", "≤", "12", "元/册"),
        ("人均体检费用", "≤", "260", "元/人"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "how well as how fast, or as a cost",
        "warning",
        (TIMELINESS, COST),
        ("工程验收合格率", "≥", "98", "%"),
        ("纠纷调解成功率", "≥", "96", "%"),
        ("数据录入准确率", "≥", "99", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "a count as timeliness",
        "warning",
        (TIMELINESS,),
        ("举办培训班期数", "≥", "4", "期"),
        ("慰问困难家庭户数", "≥", "60", "户"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "being on time as quantity",
        "hint",
        (QUANTITY,),
        ("补贴资金兑付及时率", "=", "100", "%"),
        ("事项按时反馈率", "≥", "98", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "money as quantity",
        "warning",
        (QUANTITY,),
        ("法律援助补助资金", "≤", "0.3", "万元"),
        ("会议费", "≤", "0.2", "万元"),
        ("宣传资料印刷费用", "≤", "0.5", "万元"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "a rate as quantity",
        "hint",
        (QUANTITY,),
        ("司法社工配备率", "=", "100", "%"),
        ("年度检查任务完成率", "=", "100", "%"),
        ("村级档案建档率", "≥", "98", "%"),
        at=NAME,
    ),
    rows_of(
        "IX-05",
        "coverage as an effect",
        "hint",
        (SOCIAL, ECONOMIC),
        ("村（社区）法律顾问覆盖率", "=", "100", "%"),
        ("农村养老服务站覆盖率", "≥", "60", "%"),
        at=NAME,
    ),
)


# IX-07 in one row; IX-10: the year beside the period --------------------------------------------------


def _of_the_period(
    name: str, severity: str, *pairs: tuple[str, str, str], sorts: tuple[str, ...] = COUNTED
) -> Plant:
    """Give another value of the year than of the period: name, 年度, 实施周期."""

    def put(document: Document, chance: random.Random) -> Planted | None:
        spot = any_spot(document, chance, sorts, lambda one: one.has("period_value"))
        if spot is None:
            return None
        title, year, period = chance.choice(pairs)
        spot.put("name", title)
        spot.put("value", year)
        spot.put("period_value", period)
        return Planted("IX-10", spot.places("value", "period_value"))

    return Plant("IX-10", name, severity, put)


PERIODS = (
    _of_the_period(
        "more than the period",
        "warning",
        ("慰问困难群众户数", "≥900户", "≥300户"),
        ("开展巡查次数", "≥48次", "≥12次"),
        ("新增造林面积", "≥1200亩", "≥400亩"),
    ),
    _of_the_period(
        "another rate",
        "warning",
        ("补贴资金发放准确率", "≥90%", "≥98%"),
        ("设施设备完好率", "≥95%", "≥90%"),
        sorts=RATES,
    ),
    _of_the_period(
        "another sign",
        "error",
        ("补贴资金发放准确率", "=98%", "≥98%"),
        ("设施设备完好率", "≤95%", "≥95%"),
        sorts=RATES,
    ),
    _of_the_period(
        "another unit",
        "warning",
        ("开展业务培训场次", "≥12场", "≥12人次"),
        ("走访服务企业家数", "≥60家", "≥60次"),
    ),
    _of_the_period(
        "how often",
        "warning",
        ("每季度开展安全检查次数", "≥1次", "≥1次"),
        ("每月组织志愿服务场次", "≥2场", "≥2场"),
        ("每半年举办招聘会场次", "≥1场", "≥1场"),
    ),
)
CONTRADICTIONS = (
    rows_of(
        "IX-07",
        "a mean of a share",
        "warning",
        RATES,
        ("人均案件调解成功率", "≥", "85", "%"),
        ("户均垃圾分类参与率", "≥", "90", "%"),
        ("人均培训考核合格率", "≥", "95", "%"),
    ),
    rows_of(
        "IX-07",
        "a count in %",
        "warning",
        COUNTED,
        ("调解案件数量", "≥", "85", "%"),
        ("开展活动场次", "≥", "95", "%"),
        ("走访困难家庭户数", "=", "100", "%"),
        ("培训村干部人数", "≥", "90", "%"),
    ),
)


PLANTS = (*TURNED, *PLACES, *PERIODS, *CONTRADICTIONS)
