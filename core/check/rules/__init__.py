"""The rules in Python, one module per family of the rule book; ``core.check.rulebook`` lists them all."""
