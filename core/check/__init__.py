"""What can be wrong with a document: records, rules, and an engine that follows every edit.

    checker = read_checker(resources)                           # once: catalogue and rules
    context = read_context(resources, today=date.today())       # once; replaced when something in it changes
    engine = checker.open(document, context)
    engine.findings()                                           # gravest first, then in sheet order
    change = engine.edited([edit])                              # after edit.apply(document)

A check is a **record** (``resources/checks/<family>.toml``: what it says, how grave, why) and a condition:
a rule in ``core/check/rules/<family>.py`` listed in that module's ``RULES``, or an expression that a form
ties to the id. A rule names what it reads and applies to every form that has it; it must read nothing
else.

Four sorts of rules (``core.check.rule``), each answering with hits, ``()`` when all is well::

    def share_above_all(row: RowView, column: str) -> Hits:      # a cell, on its own
        value = row.value(column)
        if value.is_percent and value.number is not None and value.number > row.settings["highest_share"]:
            return (row.hit(column, v=row.text(column), unfinished=value.unfinished),)
        return ()

    def wrong_direction(row: RowView) -> Hits:                   # a row, by some of its columns
        word = row.context.words.name(row.text("name")).lower
        if word and row.value("value").comparison == "≥":
            new = row.text("value").replace("≥", "≤")
            return (row.hit("value", "name", word=word, edits=[row.put("value", new)]),)
        return ()

    def name_key(row: RowView) -> str | None:                    # a table: a fact of each row …
        return row.text("name").strip() or None

    def same_name(table: TableView) -> Hits:                     # … and a judge over all facts
        by_name: dict[str, list[Place]] = {}
        for row, name in table.facts:
            by_name.setdefault(name, []).append(row.place("name"))
        return [table.hit(*places, name=name) for name, places in by_name.items() if len(places) > 1]

    def year_is_there(scene: Scene) -> Hits:                     # the document: fields and facts
        return () if scene.text("year") else (scene.hit("year", missing=True),)

    def weights_make_ninety(table: TableView) -> Hits:           # rows inside a row: asked for each such row,
        total = sum(weight for _, weight in table.facts)         # and table.number("about.amount") is its own
        return () if total == 90 else [table.hit(table.facts[0][0].place("weight"), a=str(total))]

    RULES: tuple[Rule, ...] = (
        CellRule("XX-01", share_above_all, kinds=("value",), role=INDICATORS),
        RowRule("XX-02", wrong_direction, columns=("name", "value")),
        TableRule("XX-03", name_key, same_name, columns=("name",)),
        DocumentRule("XX-04", year_is_there, reads=("year",), blank=True),
    )

and their records::

    [settings]                                                   # names a form, a kit or a person may set
    highest_share = { label = "比例上限", value = 100 }

    [[check]]
    id = "XX-02"
    about = "越低越好的指标应填≤"                                  # a line for lists of checks
    severity = "error"                                           # error · warning · hint
    source = "财预〔2020〕10号"
    say = "{where}：“{word}”越低越好，应填≤，现在填的是{old}。"
    fix = "改为{new}"                                             # only for rules that offer edits
    case.soft = { say = "…。", severity = "hint", fix = "…" }     # row.hit(…, case="soft") speaks like this
    holds = [{ row = { name = "再犯罪率", value = "≤1%" } }]
    fails = [{ row = { name = "再犯罪率", value = "≥1%" }, says = "≤", fix = "≤1%" }]
    silent = [{ row = { name = "再犯罪率" } }, { indicators = [] }]

Rules that compare a document with its counterparts (its 申报, 批复, last year's …) are such rules with
``context=("counterparts",)``. ``core.check.beside`` finds counterparts and gives one in the shape of the
document's own form; ``hit._replace(elsewhere=("FILE#place",))`` names places in it. A new
snapshot in the context has only these rules asked again. Rules about documents handed in together
(``AcrossRule`` in ``core/check/rules/across.py``) are asked by ``Checker.judge_all`` and ``judge_across``
only; each finding stands once, with places in other files as ``FILE#place``.

A check's page for clerks (F1) stands under its id in ``resources/checks/reference/<family>.toml``: ``why``,
``wrong`` and ``right`` examples, the ``settings`` it goes by, ``fill`` when it also speaks about empty cells,
``note``. All else on the page is taken from the record and from what is bound (``core.check.reference``);
``python main.py checks --markdown > docs/checks.md`` writes them all. Every sentence of a record is said by
one of its examples; limits that differ from place to place are settings, each moved by a test.

A form ties its own arithmetic to an id: ``{ id = "AM-13", expect = "part <= basic", mark = ["part"] }``.
A tie without ``expect`` says which check speaks about a marked place: a typed figure where the form
computes one (the record's case ``computed``; ``sign`` when only the sign differs), a required place that is
empty (``missing``). A check that has a rule of its own speaks about such a figure itself.

Holes of a sentence are the hit's params and: ``{where}`` the first place in words (绩效指标第3行
“年度指标值”), ``{field}`` its label, ``{table}``, ``{row}`` (绩效指标第3行), ``{n}`` its row's number,
``{rows}`` the rows of all places (第2、5行), ``{unit}`` 元 or 万元, ``{old}`` and ``{new}`` of the fix.
A Decimal param is written in the form's money format (``{share%}``: as a percentage), a Place in words,
a long text is quoted by its beginning.

Examples are judged on tests/fixtures/forms/practice (or a real form: ``form = "gz-decl"``): keys are
fields, facts and tables; ``row`` is the one row of ``indicators``. One of ``fails`` may state ``says``,
``fix`` (the new text), ``places`` (counted), ``severity``, ``count``; any may state ``settings``,
``today``, ``year``, ``last_year``, ``declared``, ``approved``, ``adjusted``, ``monitored`` (counterparts:
上年.json, 申报.json …), ``together`` (documents handed in with it, 1.json …), ``original`` (another version).

Blank cells: a cell rule is never asked about one; a row rule only when a column it reads (levels aside)
is filled; a table gets no fact of such a row. What a form requires is told by the engine itself (TX-01,
AM-11, IV-01, WT-03; the record's case ``missing``, else its main sentence).
"""
