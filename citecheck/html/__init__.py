"""The static provenance report: a folder of pages that an editor opens from disk, with no server and no network.

`write.write_report(corpus, families, folder, data)` writes it; `check.write_check(checked, file)` writes the findings
of a check as one page. Pages are named tuples made here and printed by the Jinja2 templates in the top-level
`templates/` folder; this package is the only one that knows Jinja2.
"""
