"""Documents beside the one that is judged: its 批复, its 申报, last year's, those handed in with it.

``relations`` finds them, ``precedent`` gives one in the shape of the other's form, ``together`` judges
several as a set, ``last_year`` tells what stood at a place. The rules that compare are ``rules/across*.py``.
"""
