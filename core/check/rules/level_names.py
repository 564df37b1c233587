"""Standard names of levels (一级指标、二级指标) that rules speak of; ``levels.toml`` has them all."""

LEVELS = ("level1", "level2")
"""The columns they stand in, by role."""

OUTPUT, EFFECT, SATISFACTION, COST = "产出指标", "效益指标", "满意度指标", "成本指标"
QUANTITY, QUALITY, TIMELINESS = "数量指标", "质量指标", "时效指标"
OUTPUTS = (QUANTITY, QUALITY, TIMELINESS)
ECONOMY, ECOLOGY = "经济效益指标", "生态效益指标"
SATISFIED = "服务对象满意度指标"
ECONOMIC_COST, SOCIAL_COST, ECOLOGICAL_COST = "经济成本指标", "社会成本指标", "生态环境成本指标"
COSTS = (ECONOMIC_COST, SOCIAL_COST, ECOLOGICAL_COST)
