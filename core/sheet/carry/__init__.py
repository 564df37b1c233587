"""A new document from an old one: stage to stage, year to year, edition to edition.

``Carrier(levels, grammar).carry(old, form, stage=…, year=…)`` gives what was made, and every text of the old
document that is not in it. Nothing is dropped, rounded or repaired in silence.
"""

from core.sheet.carry.carrier import Carrier
from core.sheet.carry.plan import begins_from
from core.sheet.carry.result import Carried, Left, Remark
from core.sheet.carry.telling import Telling

__all__ = ["Carried", "Carrier", "Left", "Remark", "Telling", "begins_from"]
